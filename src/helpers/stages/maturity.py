"""Days whose conversions are not all in: how much is still to come, and which verdicts would outlive it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from helpers.claims import Ledger, scope_label
from helpers.kpis import within
from helpers.methods import development
from helpers.methods.development import Development, Seen
from helpers.stages.checks import Findings
from helpers.stages.parts import Caveat, Mark
from helpers.units import Period
from helpers.wording import msg

LATE = frozenset({"conversions", "conversion_value"})
"""What is counted on the day of the click, but days after it."""

FINAL = 0.95
"""A day of which this share has arrived is as good as complete."""

_SAME_MONEY = 0.01
# Two exports of a day with other spend hold other campaigns, and say nothing of what came in late.


@dataclass(frozen=True)
class Arrivals:
    """How conversions come in on each platform.

    Parameters
    ----------
    curves
        By platform; one of which too little is known is left out.
    taken
        Day of each export, by digest.
    """

    curves: Mapping[str, Development] = field(default_factory=dict)
    taken: Mapping[str, pd.Timestamp] = field(default_factory=dict)

    def ages(self, rows: pd.DataFrame) -> pd.Series:
        """Days from each row's day to its export; NaN where either is not known."""
        taken = pd.to_datetime(rows["sha256"].map(dict(self.taken)))
        return (taken - rows["date"]).dt.days.astype(float)

    def expected(self, ads: pd.DataFrame) -> pd.DataFrame | None:
        """The table with conversions and their value as they are likely to become; None where nothing is known."""
        if not self.curves:
            return None
        ages = self.ages(ads)
        factor = pd.Series(1.0, index=ads.index)
        for platform, curve in self.curves.items():
            own = ages.notna() & ads["platform"].eq(platform)
            factor[own] = 1 / curve.arrived(ages[own].to_numpy())
        return ads.assign(**{name: ads[name] * factor for name in sorted(LATE)})


def arrivals(snapshots: pd.DataFrame) -> Arrivals:
    """Find out how conversions come in from all exports that say something of the same days.

    Parameters
    ----------
    snapshots
        As `store.snapshots` gives them.
    """
    curves = {}
    for platform, rows in snapshots.groupby("platform", observed=True):
        curve = development.fit(_seen(rows))
        if curve is not None:
            curves[str(platform)] = curve
    digests = snapshots.drop_duplicates("sha256")
    return Arrivals(curves, dict(zip(digests["sha256"], digests["taken"], strict=True)))


def still_to_come(ledger: Ledger, ads: pd.DataFrame, period: Period, known: Arrivals) -> Findings:
    """The last days of the period whose conversions are not all in, beyond doubt, on each platform."""
    found = Findings()
    for platform, curve in known.curves.items():
        rows = within(ads[ads["platform"].eq(platform) & ads["period_grain"].eq("day")], period)
        ages = known.ages(rows)
        rows, ages = rows[ages.notna()], ages[ages.notna()]
        is_early = curve.arrived(ages.to_numpy()) < FINAL
        rows, ages = rows[is_early], ages[is_early]
        counts = rows["conversions"].fillna(0.0).to_numpy(dtype=float)
        share = curve.share(ages.to_numpy(), counts)
        if share.interval is None or share.interval.high >= 1:
            continue
        days = Period(_day(rows["date"].min()), _day(rows["date"].max()))
        scope = {"platform": platform}
        claim = ledger.add("maturity", share, scope=scope, rows=rows, period=days)
        name = scope_label("platform", platform)
        text = msg(
            "{platform}: about {share} of the conversions of {days} are in (between {low} and {high}); no verdict "
            "rests on those to come.",
            platform=name,
            share=claim.figure,
            low=claim.low,
            high=claim.high,
            days=days,
        )
        mark = Mark(days.start, days.end, msg("still coming in: {platform}", platform=name))
        found += Findings((Caveat("immature_outcomes", text, tuple(scope.items())),), (), (mark,))
    return found


def _seen(rows: pd.DataFrame) -> Seen:
    """Each day in two exports, one after the other, that hold the same money."""
    known = rows[rows["conversions"].notna() & rows["spend"].notna()]
    sums = known.groupby(["date", "taken"], observed=True)[["spend", "conversions"]].sum().reset_index()
    sums = sums.sort_values(["date", "taken"])
    later = sums.groupby("date")[["taken", "spend", "conversions"]].shift(-1)
    is_alike = (later["spend"] - sums["spend"]).abs() <= _SAME_MONEY * later["spend"]
    pairs, later = sums[is_alike], later[is_alike]
    return Seen(
        day=np.asarray(pairs["date"].astype("int64"), dtype=np.int64),
        age=np.asarray((pairs["taken"] - pairs["date"]).dt.days, dtype=np.float64),
        later_age=np.asarray((later["taken"] - pairs["date"]).dt.days, dtype=np.float64),
        count=np.asarray(pairs["conversions"], dtype=np.float64),
        later_count=np.asarray(later["conversions"], dtype=np.float64),
    )


def _day(stamp: pd.Timestamp) -> date:
    return stamp.date()
