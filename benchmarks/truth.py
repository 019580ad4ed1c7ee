"""Fresh simulated worlds: is what was planted found, is nothing found on the twin, are the totals true.

    python -m benchmarks.truth [--quick] [--seeds 101,102]

For each seed a world with all faults is written as raw exports and read back like any client; each fault's twin is the
same world without it. A fault counts as found if the stage that watches for it warns with its code and place; a twin
counts as silent if it does not. A world without any fault must not bring one of these warnings anywhere. Totals are
compared with the truth to the cent.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import stages
from helpers.clients import Parameters, Roots, open_client
from helpers.page import inputs_of, load
from helpers.simulate import FAULTS, write_client
from helpers.stages.parts import Caveat

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


@dataclass(frozen=True)
class World:
    """One simulated client, read and analysed: its truth and the Results of the stages."""

    truth: dict[str, Any]
    results: dict[str, Any]

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


def world(seed: int, without: Sequence[str] = ()) -> World:
    """Write a world, read it back, run both stages."""
    with tempfile.TemporaryDirectory() as folder:
        roots = Roots(Path(folder, "clients"), Path(folder, "reports"))
        truth = write_client(roots.clients / "fresh", seed=seed, without=without)
        client = open_client("fresh", roots)
        loaded = load(client, Parameters(client="fresh", period=PERIOD))
        results = {
            name: stages.stage(name).analyse(inputs_of(stages.stage(name), client, loaded))
            for name in ("audit", "post_campaign")
        }
    return World(truth, results)


def _names(caveat: Caveat, code: str, place: dict[str, Any]) -> bool:
    scope = dict(caveat.scope)
    return caveat.code == code and all(scope.get(key) == value for key, value in place.items())


def judge(seed: int) -> dict[str, tuple[str, bool]]:
    """What was found of each fault and its twin, of a world without faults and of the totals; whether it holds."""
    full, clean = world(seed), world(seed, FAULTS).raised()
    said = {}
    for fault in full.truth["faults"]:
        twin = world(seed, [fault["name"]])
        found = "found" if full.warns(fault["name"], fault["where"]) else "MISSED"
        silent = "FALSE ALARM" if twin.warns(fault["name"], fault["where"]) else "silent"
        said[fault["name"]] = (f"{found}, twin {silent}", (found, silent) == ("found", "silent"))
    said["no fault at all"] = (f"FALSE ALARM: {', '.join(clean)}" if clean else "silent", not clean)
    wrong = full.wrong_totals()
    return said | {"totals": (f"WRONG: {', '.join(wrong)}" if wrong else "to the cent", not wrong)}


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 if anything falls short."""
    parser = argparse.ArgumentParser(description="Hold the workbook against simulated worlds whose truth is known.")
    parser.add_argument("--quick", action="store_true", help="one seed")
    parser.add_argument("--seeds", help="other seeds, separated by commas")
    given = parser.parse_args(arguments)
    seeds = [int(seed) for seed in given.seeds.split(",")] if given.seeds else list(SEEDS)
    held = judged = 0
    print(f"bars: every one of {len(FAULTS)} faults found, none on its twin, {len(TOTALS)} totals to the cent")
    for seed in seeds[:1] if given.quick else seeds:
        for what, (verdict, holds) in judge(seed).items():
            print(f"seed {seed}  {what:22} {verdict}", flush=True)
            held, judged = held + holds, judged + 1
    print(f"{held} of {judged} hold on {1 if given.quick else len(seeds)} seeds")
    return 0 if held == judged else 1


if __name__ == "__main__":
    sys.exit(main())
