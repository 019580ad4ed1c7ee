"""Index pages: written beside and renamed, without the time of their run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from helpers.claims import SCHEMA
from helpers.clients.files import write_whole
from helpers.export.publishing import links, whole
from helpers.html import Look, View, environment
from helpers.site.runs import Run, Stage, clients_in, runs_of
from helpers.site.state import STATUSES, stage_name, state
from helpers.wording import Message, Name, Words, msg

_COLOURS = {"ok": "good", "cached": "good", "failed": "bad", "refused": "bad"}


@dataclass(frozen=True)
class Row:
    """One line of a list: what it leads to, its state in a word, and what there is to say about it."""

    name: str
    address: str
    state: str
    colour: str
    said: str
    said_in: str = ""
    is_name: bool = False


@dataclass(frozen=True)
class Listing:
    """An index page: for whom, its title, the heads of its table, its rows and the page above it."""

    client: str
    kicker: str
    title: Message
    head: Message
    rows: tuple[Row, ...]
    above: tuple[str, Message] | None = None


def write_client_index(reports: Path, client: str) -> list[Path]:
    """Write the list of a client's periods, and for each period that of its reports, in each language of the run.

    Returns
    -------
    The files that were written; none where the client has no run.
    """
    runs = runs_of(reports / client)
    written = [path for run in runs for path in write_period(reports / client / run.key, run)]
    if not runs:
        return written
    for language in runs[0].languages:
        rows = tuple(_period_row(run, language) for run in runs)
        listing = Listing(client, runs[0].name, msg("All reports"), msg("Period"), rows)
        written.append(_write(reports / client, language, runs[0].languages, listing, runs[0]))
    return written


def write_portfolio(reports: Path) -> list[Path]:
    """Write the overview of all clients in every language that any of them has; `index.html` is the first again.

    Returns
    -------
    The files that were written; none where there is no run at all.
    """
    newest = [runs_of(folder)[0] for folder in clients_in(reports)]
    if not newest:
        return []
    languages = list(dict.fromkeys(language for run in newest for language in run.languages))
    days = [date.fromisoformat(run.as_of) for run in newest if run.as_of]
    latest = max(newest, key=lambda run: (run.period.end if run.period else date.min, run.client))
    written = []
    for language in languages:
        rows = tuple(_client_row(run, language, max(days, default=None)) for run in newest)
        listing = Listing("*", "", msg("Portfolio"), msg("Client"), rows)
        written.append(_write(reports, language, languages, listing, latest))
    write_whole(reports / "index.html", written[0].read_bytes())
    return [*written, reports / "index.html"]


def write_period(folder: Path, run: Run, *, is_alone: bool = False) -> list[Path]:
    """Write the list of a run's reports in each of its languages.

    Parameters
    ----------
    folder
        Where the lists go; the pages that they lead to lie beside them.
    run
        The run.
    is_alone
        Whether the folder goes out by itself, so that no page stands above it.
    """
    written = []
    for language in run.languages:
        rows = tuple(_stage_row(stage, language) for stage in run.stages if stage.status != "skipped" or stage.pages)
        above = None if is_alone else (f"../index.{language}.html", msg("All reports"))
        listing = Listing(run.client, run.name, _period_title(run), msg("Report"), rows, above)
        written.append(_write(folder, language, run.languages, listing, run))
    return written


def _stage_row(stage: Stage, language: str) -> Row:
    words = Words(language)
    page = stage.pages.get(language) or next(iter(stage.pages.values()), "")
    status = words.text(STATUSES[stage.status]) if stage.status in STATUSES else stage.status
    colour = _COLOURS.get(stage.status, "mute")
    # Errors are written for the analyst, in English.
    said, said_in = (stage.error, "en") if stage.error else (_headline(stage, language), language)
    return Row(words.text(stage_name(stage.name)), page, status, colour, said, said_in)


def _period_row(run: Run, language: str) -> Row:
    words = Words(language)
    judged = state(run, None)
    said = next((text for stage in run.stages if (text := _headline(stage, language))), "")
    name = words.text(_period_title(run))
    address = f"{run.key}/index.{language if language in run.languages else run.languages[0]}.html"
    return Row(name, address, words.text(judged.word), judged.colour, said or words.text(judged.reason))


def _client_row(run: Run, language: str, newest: date | None) -> Row:
    words = Words(language)
    judged = state(run, newest)
    address = f"{run.client}/index.{language if language in run.languages else run.languages[0]}.html"
    return Row(run.name, address, words.text(judged.word), judged.colour, words.text(judged.reason), is_name=True)


def _headline(stage: Stage, language: str) -> str:
    return stage.headline.get(language) or next(iter(stage.headline.values()), "")


def _period_title(run: Run) -> Message:
    return msg("{period}", period=run.period or Name(run.key))


def _write(folder: Path, language: str, languages: Sequence[str], listing: Listing, run: Run) -> Path:
    words = Words(language)
    title = words.text(listing.title)
    body = (
        environment()
        .get_template("index.html.j2")
        .render(
            view=View(0, language),
            listing=listing,
            title=title,
            head=words.text(listing.head),
            above=listing.above and (listing.above[0], words.text(listing.above[1])),
            links=links("index", languages, language),
        )
    )
    name = " · ".join(filter(None, (title, listing.kicker)))
    page = whole(
        language=language,
        title=name,
        look=Look(None, name),
        body=Markup(body),  # noqa: S704  made by the escaping environment
        claims=_claims(listing.client, run),
    )
    path = folder / f"index.{language}.html"
    write_whole(path, page)
    return path


def _claims(client: str, run: Run) -> dict[str, Any]:
    """An index states no figure of its own; the block says whose and which days it lists."""
    period = run.period.as_json() if run.period else {"start": run.as_of, "end": run.as_of}
    return {"schema": SCHEMA, "client": client, "stage": "index", "period": period, "claims": [], "warnings": []}
