"""The words that the page itself brings, whatever the stage."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.wording import locale_of, msg

LABELS = {
    "skip": msg("Skip to the content"),
    "contents": msg("Contents"),
    "languages": msg("Language"),
    "summary": msg("In short"),
    "data": msg("Show the data"),
    "more": msg("Show all rows"),
    "more_caption": msg("further rows"),
    "no_value": msg("no value"),
    "row": msg("Row"),
    "gap": msg("Not answered by the data"),
    "cheapest": msg("What would answer it"),
    "changes": msg("What changed"),
    "causes": msg("Why, as far as the data tell"),
    "steps": msg("What to do"),
    "actions": msg("What to do, most valuable first"),
    "what": msg("Action"),
    "expected": msg("Expected effect"),
    "owner": msg("Who"),
    "due": msg("Until"),
    "reversal": msg("Undo it if"),
    "comment": msg("Comment"),
    "comment_by": msg("Comment by"),
    "unchecked": msg("Written by a person; its figures were not checked against the data."),
    "checked": msg("Written by a person."),
    "sources": msg("How this page was made"),
    "files": msg("Files it was made from"),
    "file": msg("File"),
    "rows": msg("Rows"),
    "fingerprint": msg("Fingerprint"),
    "earlier_export": msg("earlier export, for comparison only"),
    "as_of": msg("Counted as today"),
    "undated": msg("The data hold no date."),
    "glossary": msg("What the words mean"),
    "report": msg("Report"),
    "parameters": msg("Parameters"),
    "versions": msg("Versions"),
    "state": msg("State"),
    "conclusion": msg("Conclusion"),
    "prepared_by": msg("Prepared by"),
}
"""All of them by the name that the template uses."""


def language_names(codes: Sequence[str]) -> list[str]:
    """Name each language in itself, with its country where two would read the same."""
    locales = [locale_of(code) for code in codes]
    short = [str(locale.get_language_name(locale)) for locale in locales]
    full = [str(locale.get_display_name(locale)) for locale in locales]
    names = [long if short.count(name) > 1 else name for name, long in zip(short, full, strict=True)]
    return [name[:1].upper() + name[1:] for name in names]
