"""The index pages of one client: its periods, and the reports of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from helpers import blocks
from helpers.claims import Claim, fixed
from helpers.site import figures
from helpers.site.frame import Frame, drop_others, write_page, written
from helpers.site.labels import LABELS
from helpers.site.runs import Run, Stage, runs_of, without_place
from helpers.site.state import STAGES, STATUSES, State, stage_name, state
from helpers.stages.sentences import BESIDE
from helpers.wording import Message, Name, Value, Words, msg

OPEN = 6
"""Periods whose reports the client's page lists; those before are one line each, their own page has the rest."""

_COLOURS = {"ok": "good", "cached": "good", "failed": "bad", "refused": "bad"}


@dataclass(frozen=True)
class Line:
    """One report of a period as a list shows it.

    Parameters
    ----------
    address
        Of the page in the language of the list, else in another; empty where there is none.
    others
        Language and address of all further pages.
    said, said_in
        The conclusion, or why there is no page, and its language.
    """

    name: Message
    address: str
    language: str
    others: tuple[tuple[str, str], ...]
    status: Message
    colour: str
    said: list[blocks.Run]
    said_in: str
    is_error: bool
    warnings: int
    files: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """One period as the client's page shows it."""

    run: Run
    title: Message
    address: str
    state: State
    lines: tuple[Line, ...]

    @property
    def conclusion(self) -> str:
        """The first conclusion of its reports, as plain text; empty where there is none."""
        said = ("".join(run.text for run in line.said) for line in self.lines if not line.is_error)
        return next(filter(None, said), "")


def write_client_index(reports: Path, client: str) -> list[Path]:
    """Write the list of a client's periods, and for each period that of its reports, in every language of its runs.

    A page that was made before in another language or view is removed. Nothing on a client's page comes from the
    folder of another.

    Returns
    -------
    The files that were written; none where the client has no run.
    """
    folder = reports / client
    runs, last = runs_of(folder), without_place(folder)
    written_pages = [path for run in runs for path in write_period(folder / run.key, run)]
    everything = [last, *runs] if last else runs
    if not everything:
        return written_pages
    languages = tuple(dict.fromkeys(language for run in runs or everything for language in run.languages))
    made = [_write_client(folder, runs, last, language, languages) for language in languages]
    drop_others(folder, made)
    return [*written_pages, *made]


def title_of(run: Run) -> Message:
    """The period of a run as people call it."""
    return msg("{period}", period=run.period or Name(run.key or "–"))


def _write_client(folder: Path, runs: Sequence[Run], last: Run | None, language: str, languages: Sequence[str]) -> Path:
    newest = last or runs[0]
    goals = _seen_from_above(runs[0], figures.goals(runs[0])) if runs else ()
    shown = runs[:OPEN]
    claims = [claim for run in shown for claim in _seen_from_above(run, _all_claims(run))]
    name = next((run.name for run in runs if run.name != run.client), newest.name)
    frame = Frame(
        newest.client, LABELS["reports"], languages, kicker=name, period=runs[0].period if runs else newest.period
    )
    return write_page(
        folder,
        frame,
        language,
        "client.html.j2",
        claims,
        state=state(last) if last else _seen(runs[0]),
        newest=runs[0] if runs else None,
        cards=_cards(runs, Words(language)) if runs else None,
        goals=sorted(goals, key=figures.distance),
        periods=[_block(run, language, above=True) for run in shown],
        earlier=[_block(run, language, above=True) for run in runs[OPEN:]],
    )


def write_period(folder: Path, run: Run, *, is_alone: bool = False) -> list[Path]:
    """Write the list of a run's reports in each of its languages.

    Parameters
    ----------
    folder
        Where the lists go; the pages that they lead to lie beside them.
    is_alone
        Whether the folder goes out by itself, the pages without the files behind them, and no page stands above it.
    """
    frame = Frame(
        run.client,
        title_of(run),
        run.languages,
        kicker=run.name,
        period=run.period,
        above=None if is_alone else LABELS["reports"],
    )
    made = [
        write_page(
            folder,
            frame,
            language,
            "period.html.j2",
            _all_claims(run),
            period=_block(run, language, above=False),
            with_files=not is_alone,
            files=run.shared,
        )
        for language in run.languages
    ]
    drop_others(folder, made)
    return made


def _block(run: Run, language: str, *, above: bool) -> Block:
    """A period for its own page, or for the client's, from where its folder lies one down."""
    place = f"{quote(run.key)}/" if above else ""
    prefix = f"{run.key}." if above else ""
    code = language if language in run.languages else run.languages[0]
    stages = sorted(run.stages, key=lambda stage: list(STAGES).index(stage.name) if stage.name in STAGES else 0)
    lines = (_line(stage, language, place, prefix) for stage in stages if stage.status != "skipped" or stage.pages)
    judged = _seen(run) if above else state(run)
    return Block(run, title_of(run), f"{place}index.{code}.html", judged, tuple(lines))


def _line(stage: Stage, language: str, place: str, prefix: str) -> Line:
    said, said_in = _said(stage, language, prefix)
    code = language if language in stage.pages else next(iter(stage.pages), "")
    return Line(
        name=stage_name(stage.name) if stage.name else LABELS["run"],
        address=place + stage.pages[code] if code else "",
        language=code,
        others=tuple((other, place + page) for other, page in stage.pages.items() if other != code),
        status=STATUSES[stage.status],
        colour=_COLOURS.get(stage.status, "mute"),
        said=said,
        said_in=said_in,
        is_error=bool(stage.error),
        warnings=len(stage.warnings),
        files=tuple(place + name for name in stage.files),
    )


def _said(stage: Stage, language: str, prefix: str) -> tuple[list[blocks.Run], str]:
    """What there is to say of a stage and its language: errors are the analyst's, in English."""
    if stage.error:
        return [blocks.Run(text=stage.error, name=True)], "en"
    known = {claim.id for claim in stage.claims}
    said_in = language if language in stage.conclusion else next(iter(stage.conclusion), language)
    runs = stage.conclusion.get(said_in, [])
    return [
        run.model_copy(update={"claim": prefix + run.claim if run.claim in known else None}) if run.claim else run
        for run in runs
    ], said_in


def _all_claims(run: Run) -> tuple[Claim, ...]:
    return tuple(claim for stage in run.stages for claim in stage.claims)


def _seen_from_above(run: Run, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return figures.named(tuple(claims), run.key, quote(run.key))


def _seen(run: Run) -> State:
    """How a period stands, with its figures as the client's page names them."""
    judged = state(run)
    return replace(judged, decisive=_seen_from_above(run, judged.decisive))


def _cards(runs: Sequence[Run], words: Words) -> blocks.Cards | None:
    """The main KPIs of the newest run, each with its line over the periods; None where it holds none."""
    cards = [_card(claim, runs, words) for claim in figures.main(runs[0])]
    return blocks.Cards(cards=cards) if cards else None


def _card(claim: Claim, runs: Sequence[Run], words: Words) -> blocks.Card:
    def text(value: Value) -> blocks.Text:
        return [written(value, words)]

    changed = figures.change(runs[0], claim)
    spark = figures.series(runs, claim)
    (claim,) = _seen_from_above(runs[0], [claim])
    compared, change = claim.compared_to, None
    if changed and compared:
        (changed,) = _seen_from_above(runs[0], [changed])
        change = text(msg("{change} {beside}", change=changed.figure, beside=BESIDE[compared.what]))
    return blocks.Card(
        label=text(claim.metric.label),
        value=text(claim.figure),
        change=change,
        verdict=claim.verdict,
        target=text(msg("{what}: {target}", what=fixed(compared.what), target=claim.other)) if compared else None,
        spark=spark,
    )
