"""The pages of an executed notebook, one a language."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from helpers.errors import UsageError
from helpers.export.glossary import glossary
from helpers.export.provenance import provenance
from helpers.export.reading import Sheet, read
from helpers.export.stage_record import claims_document
from helpers.export.story import tell
from helpers.html import Look, View, environment, language_names
from helpers.wording import Words

_SHOWN = re.compile(r'data-claim="([^"]*)"')


@dataclass(frozen=True)
class Link:
    """The page in one language: file name, code and name of the language, whether it is the one being read."""

    address: str
    code: str
    name: str
    is_here: bool


def pages(notebook: Any, languages: Sequence[str] | None = None) -> dict[str, str]:
    """Return the page of an executed notebook in each language of the run, or in those asked for.

    Raises
    ------
    RunError
        If the notebook failed, was not run to its end, or holds what is no valid block.
    UsageError
        If a language is asked for that the run does not have.
    """
    sheet = read(notebook)
    wanted = list(languages or sheet.head.languages)
    unknown = [language for language in wanted if language not in sheet.head.languages]
    if unknown:
        raise UsageError(
            "the notebook was not run in this language",
            seen=unknown[0],
            next_step=f"Ask for one of: {', '.join(sheet.head.languages)}.",
        )
    return {language: _page(sheet, language) for language in wanted}


def _page(sheet: Sheet, language: str) -> str:
    index = sheet.head.languages.index(language)
    view = View(index, language)
    story = tell(sheet, language)
    period = view.plain(sheet.head.period)
    content = _rendered("story.html.j2", view=view, story=story)
    said = shown(content)
    document = claims_document(sheet, index + 1)
    document["claims"] = [claim for claim in document["claims"] if claim["id"] in said]
    body = _rendered(
        "body.html.j2",
        view=view,
        head=sheet.head,
        record=sheet.record,
        story=story,
        content=content,
        terms=glossary(document["claims"], Words(language)),
        made=provenance(sheet),
        links=links(sheet.head.stage, sheet.head.languages, language),
    )
    metrics = {claim["metric"] for claim in document["claims"]}
    made_from = document["made_from"]
    # A page leads to those of the other languages of its run; to make it again takes them all.
    made_from["languages"] = sheet.head.languages
    defined = made_from["definitions"]
    made_from["definitions"] = {name: text for name, text in defined.items() if name in metrics}
    return whole(
        language=language,
        title=f"{story.name} · {sheet.head.name} · {period}",
        look=Look(sheet.head.brand.accent, f"{sheet.head.name} · {period}"),
        body=body,
        claims=document,
    )


def _rendered(template: str, **parts: Any) -> Markup:
    return Markup(environment().get_template(template).render(parts))  # noqa: S704  made by the escaping environment


def shown(body: str) -> set[str]:
    """The ids of the claims that a body shows."""
    return {html.unescape(name) for name in _SHOWN.findall(body)}


def whole(**parts: Any) -> str:
    """The document around a body: language, title, look, body and claims."""
    return environment().get_template("page.html.j2").render(parts)


def links(name: str, languages: Sequence[str], here: str) -> list[Link]:
    """The page of the same name in every language."""
    names = language_names(languages)
    return [
        Link(f"{name}.{code}.html", code, shown, code == here) for code, shown in zip(languages, names, strict=True)
    ]
