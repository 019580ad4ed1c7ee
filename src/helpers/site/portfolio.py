"""All clients beside each other: how each stands, what it spent, how old its data are; and the same as a document."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args
from urllib.parse import quote

from helpers.claims import Claim
from helpers.site import figures
from helpers.site.runs import INDEX, Run, clients_in, newest_run, without_place
from helpers.site.state import KINDS, Kind, State, state
from helpers.wording import Words

SCHEMA = "cuaderno.portfolio/1"

By: TypeAlias = Literal["state", "name", "spend"]

ORDERS: tuple[By, ...] = get_args(By)
"""What clients can be ordered by; the first is the one that is shown unless another is asked for."""

_ALSO = 2
"""Goals that are shown beside those that the reason names."""


@dataclass(frozen=True)
class Client:
    """One client of the portfolio; its claims are named as the portfolio's pages show them.

    Parameters
    ----------
    run
        Of its newest period; of a client whose only run has left none, that run.
    state
        How it stands, with the reason.
    spend
        What was spent in the newest period, in the client's currency; None where no report says.
    also
        Further goals, the one that is nearest to being missed first.
    """

    id: str
    name: str
    run: Run
    state: State
    spend: Claim | None
    also: tuple[Claim, ...]

    def page(self, language: str) -> str:
        """Address of the client's page, in another language where it has none in this one."""
        return f"{quote(self.id)}/{INDEX}.{self.page_language(language)}.html"

    def page_language(self, language: str) -> str:
        """The language of that page."""
        return language if language in self.run.languages else self.run.languages[0]


@dataclass(frozen=True)
class Portfolio:
    """All clients, in order of their folders' names."""

    clients: tuple[Client, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language that any client's pages are in; English where there is no client."""
        return tuple(dict.fromkeys(code for client in self.clients for code in client.run.languages)) or ("en",)

    @property
    def counts(self) -> dict[Kind, int]:
        """How many clients are in each state, most severe first, states without any included."""
        found = Counter(client.state.kind for client in self.clients)
        return {kind: found[kind] for kind in KINDS}

    def ordered(self, by: By) -> list[Client]:
        """The clients in one order.

        By state: most severe first, and in a state by name. By spend: currency by currency, the one of most clients
        first, most spend first; money of two currencies is not compared. Clients without a known spend come last.
        """
        named = sorted(self.clients, key=lambda client: (_folded(client.name), client.id))
        return sorted(named, key=self._keys()[by])

    def as_json(self, by: By = "state") -> dict[str, Any]:
        """The document `cuaderno.portfolio/1`; reasons in English."""
        words = Words("en")
        return {
            "schema": SCHEMA,
            "by": by,
            "counts": self.counts,
            "clients": [_as_json(client, words) for client in self.ordered(by)],
        }

    def _keys(self) -> dict[By, Callable[[Client], Any]]:
        held = Counter(client.spend.currency for client in self.clients if client.spend)

        def spend(client: Client) -> tuple[bool, int, str, float]:
            if client.spend is None:
                return True, 0, "", 0.0
            currency = client.spend.currency
            return False, -held[currency], str(currency), -client.spend.figure.value

        return {"state": lambda client: KINDS.index(client.state.kind), "name": lambda _: 0, "spend": spend}


def overview(reports: Path) -> Portfolio:
    """Read how all clients stand, from what lies in the reports folder alone."""
    found = [_newest(folder) for folder in clients_in(reports)]
    days = [placed.newest for placed, _ in found if placed and placed.newest]
    newest = max(days, default=None)
    return Portfolio(tuple(_client(placed, last, newest) for placed, last in found))


def dump(portfolio: Portfolio) -> str:
    """The document as it is written: clients by name, so that it changes only where a client does."""
    return json.dumps(portfolio.as_json("name"), ensure_ascii=False, indent=1) + "\n"


def _newest(folder: Path) -> tuple[Run | None, Run | None]:
    return newest_run(folder), without_place(folder)


def _client(placed: Run | None, last: Run | None, newest: date | None) -> Client:
    run = placed or last
    if run is None:
        raise ValueError("a client without a run is none of the portfolio")
    judged = state(last or run, newest)
    named = {claim.id for claim in judged.decisive}
    further = [claim for claim in figures.goals(run) if figures.is_judged(claim) and claim.id not in named]
    spend = figures.whole(run, "spend")

    def above(claims: Iterable[Claim]) -> tuple[Claim, ...]:
        return figures.named(tuple(claims), run.client, f"{quote(run.client)}/{quote(run.key)}")

    return Client(
        id=run.client,
        name=run.name if run.name != run.client or last is None else last.name,
        run=run,
        state=replace(judged, decisive=above(judged.decisive)),
        spend=next(iter(above([spend] if spend else [])), None),
        also=above(sorted(further, key=figures.distance)[:_ALSO]),
    )


def _as_json(client: Client, words: Words) -> dict[str, Any]:
    run, spend = client.run, client.spend
    return {
        "client": client.id,
        "name": client.name,
        "state": client.state.kind,
        "reason": words.text(client.state.reason),
        "error": client.state.error or None,
        "period": {"key": run.key, **(run.period.as_json() if run.period else {"start": None, "end": None})},
        "as_of": run.as_of.isoformat() if run.as_of else None,
        "data_until": run.newest.isoformat() if run.newest else None,
        "spend": {"value": spend.value, "currency": spend.currency, "claim": spend.id} if spend else None,
        "figures": [_figure(claim) for claim in (*client.state.decisive, *client.also)],
        "pages": {language: client.page(language) for language in run.languages},
    }


def _figure(claim: Claim) -> dict[str, Any]:
    form = claim.as_json()
    return {key: form[key] for key in ("id", "metric", "scope", "value", "unit", "currency", "compared_to", "verdict")}


def _folded(name: str) -> str:
    """A name for sorting: accents and case do not count."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold() or name.casefold()
