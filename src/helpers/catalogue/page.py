"""The catalogue: every sample of every chart, wide and narrow, with its description and its data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from helpers.blocks import Figure
from helpers.catalogue.samples import samples
from helpers.charts import CHARTS
from helpers.export.publishing import whole
from helpers.html import Look, View, environment
from helpers.html.look import TEMPLATES
from helpers.page.scribe import Scribe
from helpers.svg.tokens import TOKENS, USES, Token

_TITLE = "Catalogue of charts"


class _Look(Look):
    """The look of a report, and a little more for two drawings side by side."""

    @property
    def style(self) -> str:
        """The whole style sheet."""
        return super().style + "\n" + (TEMPLATES / "catalogue.css").read_text(encoding="utf-8").strip()


@dataclass(frozen=True)
class Shown:
    """A sample as the page shows it; the number keeps the ids of drawings apart."""

    number: int
    situation: str
    figure: Figure


@dataclass(frozen=True)
class Chapter:
    """A chart: its name, what it says of itself, its samples."""

    chart: str
    about: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class Swatch:
    """A colour by name, in both themes, and where it stands."""

    name: str
    token: Token
    use: str


def page(drawn: str = "en", language: str | None = None) -> str:
    """Return the catalogue as one file.

    Parameters
    ----------
    drawn
        The language in which the charts are drawn.
    language
        That in which they are read; None for the same.
    """
    read = language or drawn
    swatches = [Swatch(name, token, USES.get(name, "")) for name, token in TOKENS.items()]
    body = (
        environment()
        .get_template("catalogue.html.j2")
        .render(title=_TITLE, view=View(0, read), chapters=list(_chapters(drawn, read)), swatches=swatches)
    )
    return whole(
        language="en",
        title=_TITLE,
        look=_Look(margin=_TITLE),
        body=Markup(body),  # noqa: S704  made by the escaping environment
        claims={},
    )


def _chapters(drawn: str, read: str) -> Iterator[Chapter]:
    scribe = Scribe(drawn, (read,))
    number = 0
    for name, chart in CHARTS.items():
        shown = []
        for situation, part in samples(name).items():
            number += 1
            shown.append(Shown(number, situation, scribe.figure(chart, part)))
        yield Chapter(name, _first_line(chart), tuple(shown))


def _first_line(chart: Any) -> str:
    return (chart.__doc__ or "").partition("\n")[0]
