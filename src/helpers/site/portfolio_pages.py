"""The pages of the portfolio: the same clients by state, by name and by spend, each order in files of its own.

A page without a script cannot hide what it holds, and must be small enough to be mailed and read on a phone: an order
of many clients is cut into pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from helpers.claims import Claim, Evidence
from helpers.clients.files import write_whole
from helpers.kpis import METRICS
from helpers.site.client_pages import write_client_index
from helpers.site.frame import UNDATED, Frame, drop_others, write_page
from helpers.site.labels import LABELS
from helpers.site.portfolio import ORDERS, By, Client, Portfolio, dump, overview
from helpers.site.runs import INDEX
from helpers.site.state import STATES, Kind
from helpers.units import Period
from helpers.wording import Message, Name, msg

DOCUMENT = "portfolio.json"

MOST: dict[By, int] = {"state": 50, "name": 500, "spend": 200}
"""Clients on one page: the more figures a client has there, the fewer; a page stays below 300 kB."""


@dataclass(frozen=True)
class Group:
    """Clients that stand together; `is_continued` where the page before holds the first of them."""

    id: str
    title: Message | Name | None
    clients: tuple[Client, ...]
    is_continued: bool = False


@dataclass(frozen=True)
class Sheet:
    """One page of one order: the name of its file without language, and its groups."""

    by: By
    name: str
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Tile:
    """How many clients are in a state; the page (its file without language) where they begin, None for no client."""

    kind: Kind
    word: Message
    count: Claim
    page: str | None


@dataclass(frozen=True)
class _Book:
    """All pages of the portfolio."""

    portfolio: Portfolio
    sheets: dict[By, list[Sheet]]


def write_portfolio(reports: Path, portfolio: Portfolio | None = None) -> list[Path]:
    """Write the overview of all clients in every language that any of them has; `index.html` is the first again.

    A page that was made before and is no more is removed, and a client without a page of its own gets one. Beside the
    pages lies the same as `portfolio.json`. Every file appears whole; two writers must take turns.

    Parameters
    ----------
    portfolio
        How all clients stand, where that was read already.

    Returns
    -------
    The pages that were written; without a client they say so.
    """
    portfolio = portfolio or overview(reports)
    for client in portfolio.clients:
        if not all((reports / client.page(language)).is_file() for language in client.run.languages):
            write_client_index(reports, client.id)
    document = dump(portfolio)
    write_whole(reports / DOCUMENT, document)
    book = _Book(portfolio, {by: list(_sheets(portfolio, by)) for by in ORDERS})
    tiles = _tiles(book, Evidence(DOCUMENT, hashlib.sha256(document.encode()).hexdigest(), len(portfolio.clients)))
    made = [
        _write(reports, book, sheet, language, tiles)
        for language in portfolio.languages
        for sheets in book.sheets.values()
        for sheet in sheets
    ]
    write_whole(reports / f"{INDEX}.html", made[0].read_bytes())
    drop_others(reports, [*made, reports / f"{INDEX}.html"])
    return [*made, reports / f"{INDEX}.html"]


def _write(reports: Path, book: _Book, sheet: Sheet, language: str, tiles: Sequence[Tile]) -> Path:
    clients = [client for group in sheet.groups for client in group.clients]
    frame = Frame("*", LABELS["portfolio"], book.portfolio.languages, sheet.name, period=_period(book.portfolio))
    return write_page(
        reports,
        frame,
        language,
        "portfolio.html.j2",
        [*(tile.count for tile in tiles), *(claim for client in clients for claim in _claims(client))],
        sheet=sheet,
        views=[(sheets[0].name, sheets[0].by) for sheets in book.sheets.values()],
        pages=[one.name for one in book.sheets[sheet.by]],
        tiles=tiles,
        largest={group.id: _largest(book, group.id) for group in sheet.groups} if sheet.by == "spend" else {},
    )


def _sheets(portfolio: Portfolio, by: By) -> Iterator[Sheet]:
    """An order cut into pages; the first page of the first order is the portfolio's own."""
    ordered = portfolio.ordered(by)
    begun: set[str] = set()
    for number, start in enumerate(range(0, len(ordered) or 1, MOST[by]), start=1):
        groups = []
        for (group, title), clients in groupby(ordered[start : start + MOST[by]], key=lambda one: _group(one, by)):
            groups.append(Group(group, title, tuple(clients), is_continued=group in begun))
            begun.add(group)
        view = "" if by == ORDERS[0] and number == 1 else f".by-{by}"
        yield Sheet(by, f"{INDEX}{view}" + (f".{number}" if number > 1 else ""), tuple(groups))


def _group(client: Client, by: By) -> tuple[str, Message | Name | None]:
    """The group that a client belongs to in an order: its place on the page and its heading."""
    if by == "state":
        return client.state.kind, client.state.word
    if by == "name":
        return "all", None
    if client.spend is None:
        return "unknown", LABELS["unknown_spend"]
    return str(client.spend.currency), Name(str(client.spend.currency))


def _tiles(book: _Book, evidence: Evidence) -> list[Tile]:
    """One tile a state, most severe first, whose count is a claim that rests on the portfolio's document."""
    pages = {group.id: sheet.name for sheet in reversed(book.sheets["state"]) for group in sheet.groups}
    period = _period(book.portfolio) or UNDATED
    return [
        Tile(kind, STATES[kind], _count(kind, count, period, evidence), pages.get(kind))
        for kind, count in book.portfolio.counts.items()
    ]


def _count(kind: Kind, count: int, period: Period, evidence: Evidence) -> Claim:
    claim = Claim(
        id=f"{INDEX}.clients.segment-{kind}",
        metric=METRICS["clients"],
        scope=(("segment", kind),),
        period=period,
        value=count,
        unit="count",
        currency=None,
        evidence=(evidence,),
    )
    subject = msg("{label} · {part}", label=claim.metric.label, part=STATES[kind])
    return replace(claim, sentence=msg("{subject}: {value}", subject=subject, value=claim.figure))


def _claims(client: Client) -> tuple[Claim, ...]:
    return (*client.state.decisive, *client.also, *([client.spend] if client.spend else []))


def _period(portfolio: Portfolio) -> Period | None:
    """The newest period of any client."""
    return max((client.run.period for client in portfolio.clients if client.run.period), key=_end, default=None)


def _end(period: Period) -> tuple[object, object]:
    return period.end, period.start


def _largest(book: _Book, currency: str) -> float:
    """The greatest spend of a currency, which the bars of its group are held against."""
    spent = [client.spend for client in book.portfolio.clients if client.spend and client.spend.currency == currency]
    return max((claim.figure.value for claim in spent), default=0.0)
