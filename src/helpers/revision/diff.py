"""What changed between two runs of a client: restated figures, goals, definitions, campaigns, files, and what moved."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from helpers.claims import CHANGE, RESTATED, SCOPE_ORDER
from helpers.clients import Client
from helpers.errors import UsageError
from helpers.kpis import METRICS
from helpers.revision.changes import Difference, differences, goals, in_both
from helpers.revision.compare import is_same
from helpers.revision.forms import ClaimForm
from helpers.revision.runs import RunRead, find_run
from helpers.units import Period, Unit

SCHEMA = "cuaderno.diff/1"

Scope: TypeAlias = tuple[tuple[str, str], ...]
Key: TypeAlias = tuple[str, Scope, Period]
"""Metric, scope and days: what a figure is about, whoever states it."""

_EARLIER = {"previous": Period.previous, "previous_year": Period.year_before}


@dataclass(frozen=True)
class Stated:
    """A figure as a run states it; `source` is the claim, or what a claim is compared to."""

    value: float
    unit: Unit
    currency: str | None
    source: str


@dataclass(frozen=True)
class Moved:
    """A figure before and after.

    Parameters
    ----------
    period
        The days that both are about; None where each is about its own run's.
    verdict, against
        Of the later run, where it has one, and what that was compared to.
    """

    metric: str
    scope: Scope
    period: Period | None
    old: Stated
    new: Stated
    verdict: str | None = None
    against: str | None = None

    @property
    def difference(self) -> float:
        """New less old, in the metric's unit."""
        return self.new.value - self.old.value

    @property
    def change(self) -> float | None:
        """The difference as a share of the old value; None where that is nought."""
        return self.difference / abs(self.old.value) if self.old.value else None

    def as_json(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {
            "metric": self.metric,
            "scope": dict(self.scope),
            "period": self.period.as_json() if self.period else None,
            "unit": self.new.unit,
            "currency": self.new.currency,
            "old": self.old.value,
            "new": self.new.value,
            "difference": self.difference,
            "change": self.change,
            "verdict": self.verdict,
            "against": self.against,
            "stated_by": [self.old.source, self.new.source],
        }


@dataclass(frozen=True)
class Diff:
    """Everything that changed from one run to the other; None where a run did not record it."""

    client: str
    old: RunRead
    new: RunRead
    restated: tuple[Moved, ...]
    goals: tuple[Difference, ...] | None
    definitions: tuple[Difference, ...]
    versions: tuple[Difference, ...]
    campaigns: tuple[Difference, ...] | None
    files: tuple[Difference, ...]
    moved: tuple[Moved, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the whole."""
        lists = ("restated", "goals", "definitions", "versions", "campaigns", "files", "moved")
        found: dict[str, Any] = {
            "schema": SCHEMA,
            "client": self.client,
            "runs": [{"period": run.name, "start": run.start, "end": run.end} for run in (self.old, self.new)],
        }
        for name in lists:
            part = getattr(self, name)
            found[name] = None if part is None else [one.as_json() for one in part]
        return found


def diff(client: Client, first: str, second: str) -> Diff:
    """Hold two runs against each other.

    Parameters
    ----------
    first, second
        The earlier and the later: periods, or folders of runs.

    Raises
    ------
    UsageError
        If a run is missing, or both are the same.
    """
    if first == second:
        raise UsageError(
            "both runs are the same",
            where=client.id,
            seen=first,
            next_step="Only the newest run of a period is kept. Copy its folder before you run the period again, then "
            f"name the copy: cuaderno diff {client.id} ./copies/{second.rpartition('/')[2]} {second}",
        )
    old, new = find_run(client, first), find_run(client, second)
    return Diff(
        client=client.id,
        old=old,
        new=new,
        restated=tuple(_restated(old, new)),
        goals=None if old.goals is None or new.goals is None else differences(goals(old.goals), goals(new.goals)),
        definitions=in_both(old.definitions, new.definitions),
        versions=differences(old.versions, new.versions),
        campaigns=_campaigns(old, new),
        files=differences(old.files, new.files),
        moved=tuple(_moved(old, new)),
    )


def _campaigns(old: RunRead, new: RunRead) -> tuple[Difference, ...] | None:
    if old.campaigns is None or new.campaigns is None:
        return None
    named = ({f"{name} ({platform})": name for platform, name in run} for run in (old.campaigns, new.campaigns))
    return differences(*named)


def _restated(old: RunRead, new: RunRead) -> Iterator[Moved]:
    """Figures about the same days that the runs state differently, then what exports since have restated."""
    before, after = _statements(old), _statements(new)
    for key in sorted(before.keys() & after.keys(), key=lambda key: (key[0], key[2], _rank(key[1]))):
        pair = _comparable(before[key], after[key])
        if pair and not is_same(pair[0].value, pair[1].value):
            yield Moved(*key, *pair)
    yield from _restated_by_exports(new)


def _restated_by_exports(run: RunRead) -> Iterator[Moved]:
    """What the run says of facts that an earlier export stated otherwise; stages that read one table say the same."""
    found: dict[Key, Moved] = {}
    for document in run.documents.values():
        for claim in document.claims:
            if claim.metric == RESTATED and claim.compared_to and isinstance(claim.value, float):
                scope = {key: value for key, value in claim.scope.items() if key != "parameter"}
                key = (claim.scope["parameter"], _ordered(scope), claim.period.period)
                before = Stated(claim.compared_to.value, claim.unit, claim.currency, f"{claim.id} compared_to previous")
                found.setdefault(key, Moved(*key, before, _stated(claim)))
    yield from (found[key] for key in sorted(found, key=lambda key: (key[0], key[2], _rank(key[1]))))


def _comparable(old: Mapping[str, Stated], new: Mapping[str, Stated]) -> tuple[Stated, Stated] | None:
    """The statements of a stage that both runs have; else of any, where the stages of each run agree."""
    for stage in old:
        if stage in new:
            return old[stage], new[stage]
    sides = [list(side.values()) for side in (old, new)]
    if all(is_same(side[0].value, one.value) for side in sides for one in side):
        return sides[0][0], sides[1][0]
    return None


def _statements(run: RunRead) -> dict[Key, dict[str, Stated]]:
    """What a run says of which days, by stage; a claim's own value comes before what another is compared to."""
    found: dict[Key, dict[str, Stated]] = {}
    for states in (_values, _bases):
        for stage, document in run.documents.items():
            for claim in document.claims:
                for key, stated in states(claim):
                    found.setdefault(key, {}).setdefault(stage, stated)
    return found


def _values(claim: ClaimForm) -> Iterator[tuple[Key, Stated]]:
    # A change is about two periods, and a restatement about some facts of its days.
    if isinstance(claim.value, float) and claim.metric not in {CHANGE, RESTATED}:
        key = (claim.metric, _ordered(claim.scope), claim.period.period)
        yield key, Stated(claim.value, claim.unit, claim.currency, claim.id)


def _bases(claim: ClaimForm) -> Iterator[tuple[Key, Stated]]:
    """What a claim is compared to is a statement about the days of that comparison."""
    compared = claim.compared_to
    if compared is None or compared.what not in _EARLIER or claim.metric == RESTATED:
        return
    metric, scope, unit = claim.metric, dict(claim.scope), claim.unit
    if metric == CHANGE:
        metric = scope.pop("parameter", "")
        if metric not in METRICS:
            return
        unit = METRICS[metric].unit
    days = _EARLIER[compared.what](claim.period.period)
    yield (
        (metric, _ordered(scope), days),
        Stated(compared.value, unit, claim.currency, f"{claim.id} compared_to {compared.what}"),
    )


def _moved(old: RunRead, new: RunRead) -> Iterator[Moved]:
    """The KPIs of the client and its platforms, each run's over its own days, widest scope first."""
    before, after = _main(old), _main(new)
    for metric, scope in sorted(
        before.keys() & after.keys(), key=lambda key: (_rank(key[1]), list(METRICS).index(key[0]))
    ):
        first, last = before[metric, scope], after[metric, scope]
        if is_same(first.value, last.value):
            continue
        verdict, against = _verdict(new, last)
        yield Moved(metric, scope, None, _stated(first), _stated(last), verdict, against)


def _main(run: RunRead) -> dict[tuple[str, Scope], ClaimForm]:
    """The claims of each KPI over the whole period, for the client and for each platform; the first stage's counts."""
    found: dict[tuple[str, Scope], ClaimForm] = {}
    for document in run.documents.values():
        for claim in document.claims:
            is_kpi = claim.metric in METRICS and METRICS[claim.metric].additivity != "none"
            is_wide = set(claim.scope) <= {"platform"} and claim.period == document.period
            if is_kpi and is_wide and isinstance(claim.value, float) and math.isfinite(claim.value):
                found.setdefault((claim.metric, _ordered(claim.scope)), claim)
    return found


def _verdict(run: RunRead, claim: ClaimForm) -> tuple[str | None, str | None]:
    """The verdict on a figure: of its change where the run claims one, else of the figure itself."""
    of_change = {"parameter": claim.metric, **claim.scope}
    for document in run.documents.values():
        for one in document.claims:
            is_own = one.metric == CHANGE and one.scope == of_change and one.period == claim.period
            if is_own and one.verdict and one.compared_to:
                return one.verdict, one.compared_to.what
    return claim.verdict, claim.compared_to.what if claim.compared_to and claim.verdict else None


def _stated(claim: ClaimForm) -> Stated:
    return Stated(float(claim.value), claim.unit, claim.currency, claim.id)


def _ordered(scope: Mapping[str, str]) -> Scope:
    return tuple(sorted(scope.items()))


def _rank(scope: Scope) -> tuple[int, list[int], Scope]:
    """Fewer keys first, then those that the contract names first."""
    return len(scope), [SCOPE_ORDER.index(key) if key in SCOPE_ORDER else len(SCOPE_ORDER) for key, _ in scope], scope
