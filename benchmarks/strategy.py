"""Budgets on simulated clients whose response curves are known: what is lost, and whether the intervals are true.

    python -m benchmarks.strategy [--quick] [--seeds 7001,7002]

Each world (benchmarks/worlds.py) is five channels seen for 16, 52 or 104 weeks. The engine fits it, splits the same
weekly total within ±50 % and within 20 to 300 % of last spend, and is held against the best split that the true
curves allow: regret is the share of the achievable media response that is lost. Beside it stand keeping the last
split, splitting by the revenue that the platforms credit themselves (spend times attributed ROAS; the stronger of the
two ways to split by ROAS), and the same priors without any data. Then the same worlds with a benchmark half as high
again as the truth, with Weibull carry-over, with promotions that nobody tells of, and with the wide prior of channels
of which nothing is known: printed, not judged.

Settings of the engine were chosen on the seeds 1000 to 1149 and 2000 to 2005; the seeds here are others. The share of
plans that lose over 1 % is printed beside what was once measured on 24 to 40 worlds, and is not judged: three worlds
in a hundred decide it. The mean regret of 80 worlds has a standard error of 0.2 pp, and at 52 weeks there is little
left to gain: on 120 worlds (seeds 3000 to 3119) the engine lost 1.7 %, and 1.6 % when told the very distributions that
the worlds are drawn from.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from benchmarks.worlds import CARRIED, START, World, world
from helpers.methods.response import Allocation, History, Prior, Response, allocate, channel_prior, fit

SEEDS = tuple(range(7001, 7081))
QUICK = SEEDS[:6]
JUDGED = "as described"
UNINFORMED = "no benchmark and no attribution"
LIMITS = {"±50 %": (0.5, 1.5), "20–300 %": (0.2, 3.0)}
OURS, KEEP, BY_ROAS, PRIORS_ONLY = "response curves", "keep last split", "split by ROAS", "same priors, no data"
KINDS: dict[str, dict[str, Any]] = {
    JUDGED: {},
    "benchmark x 1.5": {"bias": 1.5},
    "Weibull carry-over": {"lags": "weibull"},
    "unknown promotions": {"promotions": True},
    UNINFORMED: {},
}
COVERS = ("channel", "media", "uplift", "forecast")


@dataclass(frozen=True)
class Bars:
    """What one length of history is held to: shares, and CPU seconds of fit and one allocation."""

    regret: float
    ninetieth: float
    wide: float
    covers: dict[str, tuple[float, float]]
    promise: float
    seconds: float
    losing: float


FORECAST = {"forecast": (0.75, 0.85)}
BARS = {
    16: Bars(
        0.029, 0.06, 0.055, {"channel": (0.75, 0.92), "media": (0.70, 0.92), "uplift": (0.75, 0.95)}, 0.025, 0.25, 0.05
    ),
    52: Bars(
        0.014, 0.04, 0.027, {"channel": (0.75, 0.92), "media": (0.70, 0.92), "uplift": (0.72, 0.92)}, 0.015, 0.5, 0.03
    ),
    104: Bars(
        0.014, 0.04, 0.025, {"channel": (0.75, 0.90), "media": (0.75, 0.95), "uplift": (0.74, 0.92)}, 0.015, 0.8, 0.0
    ),
}


@dataclass(frozen=True)
class Outcome:
    """One world: regret by method and limits, share of truths inside the 80 % intervals, uplift promised and true."""

    regret: dict[str, tuple[float, float]]
    cover: dict[str, float]
    promised: float
    true: float
    seconds: float


@dataclass(frozen=True)
class Table:
    """All worlds of one length and kind."""

    weeks: int
    kind: str
    outcomes: Sequence[Outcome]

    def regret(self, method: str, wide: int = 0) -> np.ndarray:
        """Regret of each world under the narrow limits (0) or the wide ones (1)."""
        return np.array([outcome.regret[method][wide] for outcome in self.outcomes])

    def cover(self, what: str) -> float:
        """Share of truths inside the 80 % intervals."""
        return float(np.mean([outcome.cover[what] for outcome in self.outcomes]))

    @property
    def promise(self) -> float:
        """Mean uplift promised less the true one."""
        return float(np.mean([outcome.promised - outcome.true for outcome in self.outcomes]))

    @property
    def losing(self) -> float:
        """Share of plans whose true uplift is below -1 %."""
        return float(np.mean([outcome.true < -0.01 for outcome in self.outcomes]))

    @property
    def seconds(self) -> float:
        """Median CPU seconds of a fit and one allocation."""
        return float(np.median([outcome.seconds for outcome in self.outcomes]))

    def judged(self) -> Iterator[tuple[str, bool]]:
        """Each bar in words, and whether it holds."""
        bars = BARS[self.weeks]
        ours, narrow, wide = self.regret(OURS), *(float(self.regret(OURS, limits).mean()) for limits in (0, 1))
        yield f"regret ±50 % {narrow:.1%} <= {bars.regret:.1%}", narrow <= bars.regret
        yield f"its 90th percentile <= {bars.ninetieth:.1%}", float(np.quantile(ours, 0.9)) <= bars.ninetieth
        yield f"regret 20–300 % {wide:.1%} <= {bars.wide:.1%}", wide <= bars.wide
        if self.weeks >= 52:
            yield "below keeping the last split", narrow < float(self.regret(KEEP).mean())
            yield "below the split by ROAS", narrow < float(self.regret(BY_ROAS).mean())
        else:
            yield "not above the split by ROAS", narrow <= float(self.regret(BY_ROAS).mean())
        for what, (least, most) in (bars.covers | FORECAST).items():
            yield f"{what} cover {least:.0%} to {most:.0%}", least <= self.cover(what) <= most
        yield f"promise within {100 * bars.promise:.1f} pp", abs(self.promise) <= bars.promise
        yield f"{bars.seconds} s", self.seconds <= bars.seconds


def priors(seen: World, *, informed: bool) -> list[Prior]:
    """What an analyst would believe: benchmarks, and what the platforms claim, or neither."""
    revenue, spend = float(seen.sales.sum()), float(seen.spend.sum()) / len(CARRIED)
    return [
        channel_prior(
            attributed_roas=float(attributed) if informed else None,
            benchmark=float(benchmark) if informed else None,
            revenue=revenue,
            spend=spend,
            channels=len(CARRIED),
            retention=float(carried),
        )
        for attributed, benchmark, carried in zip(seen.attributed, seen.benchmark, CARRIED, strict=True)
    ]


def judge(seed: int, weeks: int, kind: str) -> Outcome:
    """Fit one world, plan, and compare with its truth."""
    seen = world(seed, weeks, **KINDS[kind])
    believed = priors(seen, informed=kind != UNINFORMED)
    started = time.process_time()
    response = fit(History(seen.sales, seen.spend, START, seen.before), believed, seed=seed)
    narrow = _plan(response, seen, LIMITS["±50 %"], seed)
    seconds = time.process_time() - started
    unseen = np.full(weeks, np.nan)
    guess = fit(History(unseen, seen.spend, START, seen.before), believed, seed=seed)
    rows = [_regrets(seen, limits, response, guess, seed) for limits in LIMITS.values()]
    true = seen.response(narrow.spend) / seen.response(seen.current) - 1
    return Outcome(
        regret={method: (rows[0][method], rows[1][method]) for method in rows[0]},
        cover=_covers(response, narrow, seen, true),
        promised=float(narrow.uplift.mean()),
        true=true,
        seconds=seconds,
    )


def _plan(response: Response, seen: World, limits: tuple[float, float], seed: int) -> Allocation:
    low, high = (limit * seen.current for limit in limits)
    return allocate(response, seen.current, total=float(seen.current.sum()), low=low, high=high, seed=seed)


def _regrets(
    seen: World, limits: tuple[float, float], response: Response, guess: Response, seed: int
) -> dict[str, float]:
    low, high = (limit * seen.current for limit in limits)
    splits = {
        OURS: _plan(response, seen, limits, seed).spend,
        KEEP: seen.current,
        BY_ROAS: _in_proportion(seen.current * seen.attributed, float(seen.current.sum()), low, high),
        PRIORS_ONLY: _plan(guess, seen, limits, seed).spend,
    }
    best = max(seen.best(low, high), *map(seen.response, splits.values()))
    return {method: 1 - seen.response(split) / best for method, split in splits.items()}


def _in_proportion(weights: np.ndarray, total: float, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Split a total in proportion to weights, as far as the limits allow."""
    under, over = 0.0, float((high / weights).max())
    for _ in range(60):
        factor = (under + over) / 2
        under, over = (factor, over) if np.clip(factor * weights, low, high).sum() < total else (under, factor)
    return np.asarray(np.clip(over * weights, low, high))


def _covers(response: Response, plan: Allocation, seen: World, true: float) -> dict[str, float]:
    contribution = response.contribution()
    return {
        "channel": _inside(contribution, seen.contribution),
        "media": _inside(contribution.sum(axis=1, keepdims=True), seen.contribution.sum(keepdims=True)),
        "uplift": _inside(plan.uplift[:, None], np.array([true])),
        "forecast": _inside(response.forecast(seen.later), seen.later_sales),
    }


def _inside(draws: np.ndarray, truth: np.ndarray) -> float:
    low, high = np.quantile(draws, [0.1, 0.9], axis=0)
    return float(np.mean((low <= truth) & (truth <= high)))


def show(table: Table) -> None:
    """Print the figures of one table."""
    print(f"\n{table.weeks} weeks, {table.kind}, {len(table.outcomes)} worlds: regret, and its 90th percentile")
    for method in (OURS, KEEP, BY_ROAS, PRIORS_ONLY):
        cells = [
            f"{limits} {table.regret(method, wide).mean():6.1%} {np.quantile(table.regret(method, wide), 0.9):6.1%}"
            for wide, limits in enumerate(LIMITS)
        ]
        print(f"  {method:22} {'   '.join(cells)}")
    true = float(np.mean([outcome.true for outcome in table.outcomes]))
    print(f"  cover of 80 %          {', '.join(f'{what} {table.cover(what):.0%}' for what in COVERS)}")
    print(f"  uplift                 promised minus true {100 * table.promise:+.1f} pp (true {true:.1%})")
    print(f"  losing over 1 %        {table.losing:.1%} (measured before: {BARS[table.weeks].losing:.0%})")
    print(f"  fit and allocate       {table.seconds:.2f} s", flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description="Hold budgets against simulated clients whose curves are known.")
    parser.add_argument("--quick", action="store_true", help=f"{len(QUICK)} worlds of each length")
    parser.add_argument("--seeds", help="other seeds, separated by commas")
    given = parser.parse_args(arguments)
    seeds = [int(seed) for seed in given.seeds.split(",")] if given.seeds else list(QUICK if given.quick else SEEDS)
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    verdicts: list[bool] = []
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        for kind in KINDS:
            for weeks in BARS:
                found = list(pool.map(partial(judge, weeks=weeks, kind=kind), seeds, chunksize=2))
                table = Table(weeks, kind, found)
                show(table)
                if kind == JUDGED and not given.quick:
                    verdicts += [_said(words, holds=holds) for words, holds in table.judged()]
    if given.quick:
        print(f"\nno bar is stated: {len(seeds)} worlds of each length decide nothing")
        return 0
    print(f"\n{sum(verdicts)} of {len(verdicts)} bars hold on {len(seeds)} worlds of each length")
    return 0 if all(verdicts) else 1


def _said(words: str, *, holds: bool) -> bool:
    print(f"  {'held  ' if holds else 'MISSED'} {words}", flush=True)
    return holds


if __name__ == "__main__":
    sys.exit(main())
