"""Personas on fresh data: refused where there are none, found where there are, their value covered, in little time.

    python -m benchmarks.personas [--quick]

Each function returns rows of what was looked at, what was found, and whether the bar is held. Every planted world is
held beside the best that anyone could do: the classification by the true model, whose parameters no method knows.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pandas as pd

from helpers.claims import Ledger
from helpers.methods import segments
from helpers.methods.mixture import rand
from helpers.stages.parts import Gap
from helpers.stages.persona import value as persona_value
from helpers.stages.persona.people import people
from helpers.tables import TABLES
from helpers.units import Period

Row = tuple[str, str, bool]
Shape = Callable[[np.random.Generator, int], pd.DataFrame]

REFUSED, FOUND, REACHED, COVERED = 0.95, 0.80, 0.95, (0.75, 0.85)
CPU_SECONDS = {1_000: 3.0, 20_000: 20.0}
LEVELS = (3, 4, 5, 2)
END = date(2026, 10, 31)


def _mixed(rng: np.random.Generator, count: int) -> pd.DataFrame:
    numbers = pd.DataFrame(np.exp(0.5 * rng.normal(size=(count, 5)))).add_prefix("n")
    words = {f"c{i}": rng.choice(level, count, p=rng.dirichlet([0.8] * level)) for i, level in enumerate(LEVELS)}
    return numbers.assign(**{name: values.astype(str) for name, values in words.items()})


def _correlated(rng: np.random.Generator, count: int) -> pd.DataFrame:
    cloud = pd.DataFrame(rng.normal(size=(count, 7)) @ rng.normal(size=(7, 7))).add_prefix("n")
    return cloud.assign(**{f"c{i}": pd.qcut(cloud[f"n{i}"], [0, 0.2, 0.5, 0.8, 1]).astype(str) for i in (5, 6)}).drop(
        columns=["n5", "n6"]
    )


def _counts(rng: np.random.Generator, count: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "orders": rng.poisson(rng.gamma(1.0, 2.0, count)),
            "items": rng.poisson(2.0, count),
            "value": np.exp(rng.normal(4.0, 0.5, count)),
            "age": rng.integers(18, 80, count),
        }
    )


STRUCTURELESS: dict[str, Shape] = {
    "normal": lambda rng, count: pd.DataFrame(rng.normal(size=(count, 8))),
    "lognormal": lambda rng, count: pd.DataFrame(np.exp(rng.normal(size=(count, 5)))),
    "uniform": lambda rng, count: pd.DataFrame(rng.uniform(size=(count, 3))),
    "heavy tails": lambda rng, count: pd.DataFrame(rng.standard_t(5, size=(count, 5))),
    "gamma": lambda rng, count: pd.DataFrame(rng.gamma(1.5, size=(count, 4))),
    "mixed": _mixed,
    "correlated": _correlated,
    "counts": _counts,
}
"""Clouds without groups, of every shape that exports have."""


def refusals(runs: int = 100, count: int = 1_000) -> list[Row]:
    """How often no persona is published on data without groups; the shapes take turns."""
    refused = 0
    shapes = list(STRUCTURELESS.values())
    for seed in range(runs):
        table = shapes[seed % len(shapes)](np.random.default_rng([7001, seed]), count)
        refused += segments.find(table, seed=seed).verdict != "found"
    text = f"{refused} of {runs} refused, bar {REFUSED:.0%}"
    return [("structureless data", text, refused >= REFUSED * runs)]


def world(seed: int, count: int = 1_000) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Four groups in five skewed numbers and four categories: the people, their groups, and the true model's guess."""
    rng = np.random.default_rng(seed)
    share = rng.dirichlet([6.0] * 4)
    group = rng.choice(4, count, p=share)
    centre = rng.normal(size=(4, 5))
    places = centre[group] + rng.normal(size=(count, 5))
    belief = np.log(share) - 0.5 * ((places[:, None] - centre) ** 2).sum(axis=2)
    columns: dict[str, np.ndarray] = {f"n{i}": np.exp(0.5 * column) for i, column in enumerate(places.T)}
    for i, level in enumerate(LEVELS):
        chances = rng.dirichlet([0.8] * level, 4)
        answer = (rng.uniform(size=count)[:, None] > chances.cumsum(axis=1)[group]).sum(axis=1).clip(0, level - 1)
        belief += np.log(chances[:, answer].T + 1e-300)
        columns[f"c{i}"] = answer.astype(str)
    return pd.DataFrame(columns), group, belief.argmax(axis=1)


def planted(runs: int = 40) -> list[Row]:
    """How well planted groups are found.

    Some worlds draw groups that lie on each other, so that not even the true model tells them apart. The bar is held
    where it does; over all worlds, what counts is how much of the true model's agreement is reached.
    """
    ours, best, published = [], [], 0
    for seed in range(8001, 8001 + runs):
        table, group, guess = world(seed)
        found = segments.find(table, seed=seed)
        published += found.verdict == "found"
        ours.append(rand(group, found.labels))
        best.append(rand(group, guess))
    reached, possible = np.array(ours), np.array(best)
    is_clear = possible >= FOUND
    clear, whole, most = reached[is_clear].mean(), reached.mean(), possible.mean()
    return [
        (
            "four planted groups, told apart",
            f"ARI {clear:.3f} in {is_clear.sum()} worlds, bar {FOUND:.2f}",
            bool(clear >= FOUND),
        ),
        (
            "four planted groups, all worlds",
            f"ARI {whole:.3f} of {most:.3f} possible, {published} of {runs} published, bar {REACHED:.0%} of it",
            bool(whole >= REACHED * most),
        ),
    ]


_HABITS = ((0.5, 8.0, 0.8, 2.4), (0.9, 8.0, 0.6, 3.0), (0.4, 10.0, 0.8, 2.4))
_SPENDS = ((6.0, 5.0, 25.0), (6.0, 5.0, 40.0), (4.0, 4.0, 25.0))
_PEOPLE = (500, 250, 150)


def _trade(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.Series, dict[str, float]]:
    """A year of orders of three personas, and what one customer of each pays in the half year after."""
    rows, group, later = [], {}, {}
    weeks = persona_value.HORIZON
    for label, (habit, money, size) in enumerate(zip(_HABITS, _SPENDS, _PEOPLE, strict=True), start=1):
        r, alpha, a, b = habit
        paid = 0.0
        for number in range(size):
            customer, rate, leaving = f"{label}-{number}", rng.gamma(r, 1 / alpha), rng.beta(a, b)
            price, clock, age = rng.gamma(money[1], 1 / money[2]), 0.0, rng.uniform(4, 52)
            group[customer] = str(label)
            while clock < age + weeks:
                amount = rng.gamma(money[0]) / price
                if clock <= age:
                    rows.append((customer, END - timedelta(days=int(7 * (age - clock))), amount))
                else:
                    paid += amount
                if clock > 0 and rng.random() < leaving:
                    break
                clock += rng.exponential(1 / rate)
        later[str(label)] = paid / size
    orders = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "revenue"])
    orders["ordered_at"] = pd.to_datetime(orders["ordered_at"])
    return TABLES["orders"].conform(orders.assign(file="x", sha256="x")), pd.Series(group), later


def cover(runs: int = 100) -> list[Row]:
    """How often the interval of a persona's value holds what its customers then pay."""
    held = 0
    period = Period(END, END)
    for seed in range(runs):
        orders, group, later = _trade(np.random.default_rng([9001, seed]))
        who = people(orders, TABLES["order_lines"].empty(), TABLES["customers"].empty(), period)
        found = persona_value.worth(Ledger("persona", period, "EUR"), who, period, group)
        if isinstance(found, Gap):
            continue
        intervals = {label: found.value[label].interval for label in later}
        held += sum(interval is not None and interval.holds(later[label]) for label, interval in intervals.items())
    share = held / (runs * len(_PEOPLE))
    text = f"{share:.1%} of {runs * len(_PEOPLE)} held, bar {COVERED[0]:.0%} to {COVERED[1]:.0%}"
    return [("80 % interval of persona value", text, COVERED[0] <= share <= COVERED[1])]


def cpu() -> list[Row]:
    """CPU seconds of looking for personas among so many people."""
    rows = []
    for count, limit in CPU_SECONDS.items():
        table, _, _ = world(8101, count)
        before = time.process_time()
        segments.find(table, seed=1)
        spent = time.process_time() - before
        rows.append((f"{count:,} people", f"{spent:.1f} CPU-s, bar {limit:g}", spent <= limit))
    return rows


def judge(*, quick: bool = False) -> list[Row]:
    """All rows."""
    return [
        *refusals(16 if quick else 100),
        *planted(6 if quick else 40),
        *cover(6 if quick else 100),
        *cpu(),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Print the rows; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description="Hold the personas against fresh data whose truth is known.")
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    rows = judge(quick=parser.parse_args(arguments).quick)
    for what, verdict, holds in rows:
        print(f"{what:32} {verdict}{'' if holds else '  FALLS SHORT'}", flush=True)
    print(f"{sum(holds for *_, holds in rows)} of {len(rows)} bars hold")
    return 0 if all(holds for *_, holds in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
