"""What all index pages have in common: one file a language with its style, its policy and the claims that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from helpers import blocks
from helpers.claims import SCHEMA, Claim
from helpers.clients.files import write_whole
from helpers.export.publishing import links, shown, whole
from helpers.html import Look, View, environment, language_names
from helpers.site.figures import against, bullet
from helpers.site.labels import LABELS
from helpers.site.runs import INDEX
from helpers.units import Period
from helpers.wording import Message, Value, Words

UNDATED = Period(date.min, date.min)
"""Stands in a claims block where no run came to know any day."""

_INDEX = re.compile(rf"{INDEX}(\..+)?\.html")


@dataclass(frozen=True)
class Frame:
    """What stands around a list.

    Parameters
    ----------
    client
        Whose page it is; `*` for the portfolio.
    title
        The heading.
    languages
        In which the page of this name exists.
    name
        Of the file, without language and ending.
    kicker
        The client as people call it; empty for the portfolio.
    period
        The days of the newest run.
    above
        Name of the index in the folder above, which is in every language of this one; None where there is none.
    """

    client: str
    title: Message
    languages: Sequence[str]
    name: str = INDEX
    kicker: str = ""
    period: Period | None = None
    above: Message | None = None


def write_page(
    folder: Path, frame: Frame, language: str, template: str, claims: Iterable[Claim], **content: Any
) -> Path:
    """Write one index page in one language.

    Parameters
    ----------
    claims
        Those that the page may show; its block holds the ones that it does.
    content
        What the template lists.
    """
    words = Words(language)
    title = " · ".join(filter(None, (words.text(frame.title), frame.kicker)))
    body = (
        environment()
        .get_template(template)
        .render(
            content,
            frame=frame,
            view=View(0, language),
            say=lambda value: written(value, words),
            plain=words.inside,
            word=lambda name: words.inside(LABELS[name]),
            against=against,
            bullet_of=bullet,
            language_name=dict(zip(frame.languages, language_names(frame.languages), strict=True)).get,
            links=links(frame.name, frame.languages, language),
        )
    )
    named = shown(body)
    page = whole(
        language=language,
        title=title,
        look=Look(None, title, ("index.css",)),
        body=Markup(body),  # noqa: S704  made by the escaping environment
        claims=_document(frame, [claim for claim in claims if claim.id in named], words),
    )
    path = folder / f"{frame.name}.{language}.html"
    write_whole(path, page)
    return path


def written(value: Value, words: Words) -> list[blocks.Run]:
    """A value in one language, as the macros of the templates take it; words keep the letter that they stand with."""
    return [blocks.Run.model_validate(run.as_json()) for run in words.runs(value, begins=False)]


def drop_others(folder: Path, made: Sequence[Path]) -> None:
    """Remove index pages that were not made again: those in a language, or of a view, that there is no more."""
    for path in folder.glob(f"{INDEX}*.html"):
        if _INDEX.fullmatch(path.name) and path not in made:
            path.unlink()


def _document(frame: Frame, claims: Sequence[Claim], words: Words) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "client": frame.client,
        "stage": INDEX,
        "period": (frame.period or UNDATED).as_json(),
        "claims": [claim.as_json() | {"text": words.text(claim.text)} for claim in claims],
        "warnings": [],
    }
