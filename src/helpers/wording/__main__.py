"""Bring the catalogs up to date with the code and the notebooks: `python -m helpers.wording` (or `make words`).

New texts come in untranslated, texts that are gone go out, nothing is guessed. A catalog that is only an overlay of the
language's home country keeps what it says, and gets nothing new. Texts that would use a word of another country, such
as media instead of promedio in Mexico, are printed: they want an entry in es-419.po, or in that country's catalog.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from helpers.wording.extract import notebook
from helpers.wording.lookup import CATALOGS, LANGUAGES, is_overlay, template_of
from helpers.wording.message import Message
from helpers.wording.terms import foreign

ROOT = Path(__file__).resolve().parents[3]
KEYWORDS = {"msg": None, "counted": (1, 2)}
WIDTH = 120


def template(root: Path = ROOT) -> Catalog:
    """Every text of the code and the notebooks, as a catalog without translations."""
    catalog = Catalog(project="cuaderno", charset="utf-8")
    for place, text in _texts(root):
        catalog.add(text, locations=[(place, 0)])
    return catalog


def updated(language: str, source: Catalog) -> Catalog:
    """The catalog of a language with exactly the texts of the source; an overlay holds only those that it says."""
    with (CATALOGS / f"{language}.po").open("rb") as file:
        catalog = read_po(file, locale=language.replace("-", "_"))
    catalog.update(source, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    if is_overlay(language):
        for message in [message for message in catalog if message.id and not any(message.string or "")]:
            catalog.delete(message.id)
    return catalog


def strange(source: Catalog) -> Iterator[tuple[str, str, list[str]]]:
    """Language, text and words of everything that a country would read in the words of another."""
    for language in LANGUAGES:
        for message in every(source):
            words = foreign(template_of(message, language), language)
            if words:
                yield language, message.text, words


def every(source: Catalog) -> Iterator[Message]:
    """Every text of a catalog without its values, singular and plural apart."""
    for entry in source:
        if isinstance(entry.id, str) and entry.id:
            yield Message(entry.id)
        elif entry.id:
            yield from (Message(entry.id[0], plural=entry.id[1], n=n) for n in (1, 2))


def _texts(root: Path) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    package = root / "src" / "helpers"
    found = extract_from_dir(package, [("**.py", "python")], keywords=KEYWORDS)
    places = sorted(((name, line, text) for name, line, text, *_ in found), key=lambda place: place[:2])
    yield from ((f"src/helpers/{name}", text) for name, _, text in places)
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        with path.open("rb") as file:
            yield from ((f"notebooks/{path.name}", text) for _, _, text, _ in notebook(file, {}, (), {}))


def main() -> None:
    """Rewrite every catalog."""
    source = template()
    for path in sorted(CATALOGS.glob("*.po")):
        catalog = updated(path.stem, source)
        with path.open("wb") as file:
            write_po(file, catalog, width=WIDTH, include_lineno=False, omit_header=False)
    for language, text, words in strange(source):
        print(f"{language}: {', '.join(words)} in {text!r}")  # noqa: T201  a developer's command


if __name__ == "__main__":
    main()
