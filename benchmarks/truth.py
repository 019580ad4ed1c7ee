"""Fresh simulated worlds: is what was planted found, is nothing found on the twin, are the totals true.

    python -m benchmarks.truth [--quick] [--seeds 101,102]

For each seed a world with all faults is written as raw exports and read back like any client; each fault's twin is the
same world without it. A fault counts as found if the stage that watches for it warns with its code and place; a twin
counts as silent if it does not. A world without any fault must not bring one of these warnings anywhere. Totals are
compared with the truth to the cent.

What else is true of a world must come out too: the level shift of search interest, the groups of the customers, the
saturated channel, the best format; and in the seasonal world, where all spend moves in step, that channels cannot be
told apart and that no format is best. Last come the intervals and refusals of market, personas and forecast, on worlds
of their own (`benchmarks.market`, `benchmarks.personas`, `benchmarks.strategy`).
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import market, personas
from helpers import stages
from helpers.claims import Claim
from helpers.clients import Parameters, Roots, open_client
from helpers.page import inputs_of, load
from helpers.quality import examine
from helpers.simulate import FAULTS, write_client
from helpers.stages.parts import Caveat
from helpers.tables import TABLES

SEEDS = (503, 509, 521, 523, 541)
PERIOD = "2026-10"

WATCHED = {
    "tracking_outage": ("audit", "tracking_outage", ("platform",)),
    "bid_spike": ("audit", "cost_spike", ("platform", "campaign")),
    "creative_fatigue": ("audit", "fatigue", ("platform", "ad")),
    "duplicated_export": ("audit", "overlap", ("platform",)),
    "foreign_currency": ("audit", "mixed_currencies", ("platform",)),
    "sample_ratio_mismatch": ("post_campaign", "sample_ratio_mismatch", ("experiment",)),
}
"""By fault: the stage that looks for it, the code of its warning, and what of its place the warning names."""

WATCHING = tuple(dict.fromkeys(stage for stage, _, _ in WATCHED.values()))
ALL = (*WATCHING, "market_research", "persona", "strategy", "community")

TOTALS = {
    "spend": ("ads", "spend"),
    "impressions": ("ads", "impressions"),
    "clicks": ("ads", "clicks"),
    "conversions": ("ads", "conversions"),
    "conversion_value": ("ads", "conversion_value"),
    "orders": ("ledger", "orders"),
    "revenue": ("ledger", "total"),
    "customers": ("ledger", "customers"),
    "new_customers": ("ledger", "new_customers"),
}
"""By metric of the audit: where the truth has it."""


GROUPS_AGREE = 0.05
"""How far the share of a persona may lie from that of its true group."""
FORTNIGHT = 14

Rows = dict[str, tuple[str, bool]]


@dataclass(frozen=True)
class World:
    """One simulated client, read and analysed: its truth, the Results of the stages, and what checks of the data find.

    `suspected` names the checks of data quality that speak on pages; the faults planted are not theirs to find.
    """

    truth: dict[str, Any]
    results: dict[str, Any]
    suspected: tuple[str, ...] = ()

    def warns(self, fault: str, where: dict[str, Any]) -> bool:
        """Whether the stage that watches for a fault warns of it at its place."""
        stage, code, keys = WATCHED[fault]
        place = {key: where[key] for key in keys}
        return any(_names(caveat, code, place) for caveat in self.results[stage].caveats)

    def raised(self) -> list[str]:
        """The codes of planted faults that any stage warns of, wherever."""
        codes = {code for _, code, _ in WATCHED.values()}
        return sorted({c.code for result in self.results.values() for c in result.caveats if c.code in codes})

    def wrong_totals(self) -> list[str]:
        """Metrics of the period whose claim is not the truth to the cent."""
        claims = {claim.metric.id: claim.value for claim in self.results["audit"].claims if not claim.scope}
        true = self.truth["totals"][PERIOD]
        return [m for m, (part, name) in TOTALS.items() if abs(claims[m] - true[part][name]) > 0.0051]

    def claims(self, stage: str, metric: str) -> list[Claim]:
        """What a stage claims of a metric."""
        return [claim for claim in self.results[stage].claims if claim.metric.id == metric]


def world(seed: int, without: Sequence[str] = (), *, seasonal: bool = False, watching: Sequence[str] = ALL) -> World:
    """Write a world, read it back, run the stages that watch."""
    with tempfile.TemporaryDirectory() as folder:
        roots = Roots(Path(folder, "clients"), Path(folder, "reports"))
        truth = write_client(roots.clients / "fresh", seed=seed, without=without, seasonal=seasonal)
        client = open_client("fresh", roots)
        loaded = load(client, Parameters(client="fresh", period=PERIOD))
        results = {name: stages.stage(name).analyse(inputs_of(stages.stage(name), client, loaded)) for name in watching}
        suspected = tuple(one.code for one in examine(loaded.material, read=TABLES))
    return World(truth, results, suspected)


def _names(caveat: Caveat, code: str, place: dict[str, Any]) -> bool:
    scope = dict(caveat.scope)
    return caveat.code == code and all(scope.get(key) == value for key, value in place.items())


def judge(seed: int) -> Rows:
    """What was found of each fault and its twin, of worlds without faults, of totals, and of what else is true."""
    full, clean = world(seed), world(seed, FAULTS, watching=WATCHING).raised()
    said = {}
    for fault in full.truth["faults"]:
        twin = world(seed, [fault["name"]], watching=[WATCHED[fault["name"]][0]])
        found = "found" if full.warns(fault["name"], fault["where"]) else "MISSED"
        silent = "FALSE ALARM" if twin.warns(fault["name"], fault["where"]) else "silent"
        said[fault["name"]] = (f"{found}, twin {silent}", (found, silent) == ("found", "silent"))
    said["no fault at all"] = (f"FALSE ALARM: {', '.join(clean)}" if clean else "silent", not clean)
    wrong = full.wrong_totals()
    said["totals"] = (f"WRONG: {', '.join(wrong)}" if wrong else "to the cent", not wrong)
    season = world(seed, seasonal=True, watching=("persona", "strategy", "community"))
    return said | {
        "level shift": _level_shift(full),
        "personas": _personas(full),
        "personas, seasonal": _personas(season),
        "saturated channel": _saturated(full),
        "channels told apart": _separable(full),
        "in step, seasonal": _separable(season),
        "best format": _best_format(full),
        "no format, seasonal": _best_format(season),
    }


def _level_shift(world: World) -> tuple[str, bool]:
    """The shift of the searched term is dated within two weeks, and no other is seen."""
    true = world.truth["trends"]
    found = world.claims("market_research", "level_shift")
    days = [abs((date.fromisoformat(str(one.value)) - date.fromisoformat(true["level_shift"])).days) for one in found]
    holds = len(found) == 1 and days[0] <= FORTNIGHT and dict(found[0].scope)["term"] == true["term"]
    return f"{len(found)} found, {min(days, default=-1)} days away", holds


def _personas(world: World) -> tuple[str, bool]:
    """As many personas as there are groups, each of the size of its group; or none, and said so."""
    true = sorted(group["share"] for group in world.truth["members"]["groups"].values())
    found = sorted(float(claim.value) for claim in world.claims("persona", "segment_share"))
    if not found:
        is_said = any(caveat.code == "low_stability" for caveat in world.results["persona"].caveats)
        return "refused" if is_said else "MISSED", is_said
    apart = max((abs(a - b) for a, b in zip(true, found, strict=False)), default=1.0)
    return f"{len(found)} of {len(true)}, shares off by {apart:.3f}", len(found) == len(true) and apart <= GROUPS_AGREE


def _saturated(world: World) -> tuple[str, bool]:
    """The channel with the lowest true return on one more euro gets less than now."""
    channels = world.truth["channels"]
    worst = min(channels, key=lambda name: channels[name]["marginal_roas"])
    spend = {
        one.metric.id: float(one.value)
        for metric in ("current_spend", "recommended_spend")
        for one in world.claims("strategy", metric)
        if dict(one.scope).get("platform") == worst
    }
    moved = spend["recommended_spend"] / spend["current_spend"] - 1
    return f"{worst} {moved:+.0%}", moved < 0


def _separable(world: World) -> tuple[str, bool]:
    """Channels are called inseparable where they move in step, and only there."""
    is_said = any(caveat.code == "not_separable" for caveat in world.results["strategy"].caveats)
    return "not separable" if is_said else "separable", is_said != world.truth["separable"]


def _best_format(world: World) -> tuple[str, bool]:
    """The format that engages more, and no other, is called better; none where none is."""
    true = {(platform, post["best_format"]) for platform, post in world.truth["posts"].items() if post["best_format"]}
    found = {
        (scope["platform"], scope["format"])
        for claim in world.claims("community", "format_effect")
        if claim.verdict == "better" and (scope := dict(claim.scope))
    }
    return ", ".join(" ".join(one) for one in sorted(found)) or "none", found == true


def measured() -> Iterator[tuple[str, str, bool]]:
    """Intervals and refusals on worlds of their own."""
    yield from market.measure()
    yield from personas.judge()


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 if anything falls short."""
    parser = argparse.ArgumentParser(description="Hold the workbook against simulated worlds whose truth is known.")
    parser.add_argument("--quick", action="store_true", help="one seed, and none of the measured intervals")
    parser.add_argument("--seeds", help="other seeds, separated by commas")
    given = parser.parse_args(arguments)
    seeds = [int(seed) for seed in given.seeds.split(",")] if given.seeds else list(SEEDS)
    seeds = seeds[:1] if given.quick else seeds
    held = judged = 0
    print(f"bars: every one of {len(FAULTS)} faults found, none on its twin, {len(TOTALS)} totals to the cent,")
    print("what else is true of a world comes out or is refused, intervals at 80 % cover 75 to 85 %")
    told = ((f"seed {seed}", what, *verdict) for seed in seeds for what, verdict in judge(seed).items())
    further = () if given.quick else (("measured", *row) for row in measured())
    for where, what, verdict, holds in itertools.chain(told, further):
        print(f"{where:9} {what:40} {verdict}{'' if holds else '  FALLS SHORT'}", flush=True)
        held, judged = held + holds, judged + 1
    print(f"{held} of {judged} hold on {len(seeds)} seeds")
    return 0 if held == judged else 1


if __name__ == "__main__":
    sys.exit(main())
