"""Whether there are personas at all: the groups that the data bear out, or one audience and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from helpers.claims import Claim, Comparison, Ledger
from helpers.methods import experiments, segments
from helpers.methods.segments import Groups
from helpers.stages.parts import Caveat
from helpers.stages.persona.people import People, joined
from helpers.units import Estimate
from helpers.wording import Message, Value, msg

SEED = 3
ALPHA = 0.05
MIN_JOINED = 50
"""Fewer people with orders than these bear no test of an outcome."""

_WHY: dict[str, Message] = {
    "too_few": msg("Too few people or attributes are known to look for personas: this is one audience."),
    "one_group": msg("One audience describes these people better than any number of groups."),
    "unstable": msg(
        "Groups do not come back when people are drawn anew (agreement {stability}): this is one audience."
    ),
    "like_chance": msg("Data without any groups split as readily (p = {p}): this is one audience."),
    "no_difference": msg("Groups do not differ in what they spend (p = {p}): this is one audience."),
}


@dataclass(frozen=True)
class Audience:
    """The people, and their persona where there are any.

    Parameters
    ----------
    of
        Persona of each person, named by its number from the largest down; empty where there is one audience.
    sizes
        Claims of the personas' sizes.
    differs
        How chance would do at making personas spend so differently; None where that is not known otherwise.
    evidence
        What speaks for the personas, or against.
    """

    of: pd.Series
    sizes: dict[str, Claim]
    shares: dict[str, Claim]
    count: Claim
    differs: Claim | None
    evidence: tuple[Message, ...]
    caveats: tuple[Caveat, ...]

    @property
    def is_one(self) -> bool:
        """Whether there are no personas."""
        return not self.sizes


def audience(ledger: Ledger, people: People) -> Audience:
    """Look for personas; they must be stable, more than chance, and differ in spend where that is known otherwise."""
    attributes = people.attributes
    found = segments.find(attributes, seed=SEED)
    rows = people.evidence
    values: dict[str, Value] = {}
    if np.isfinite(found.stability):
        claim = ledger.add("segment_stability", found.stability, rows=rows, n=len(attributes))
        values["stability"] = claim.figure
    if np.isfinite(found.p_value):
        values["p"] = ledger.add("p_value", found.p_value, scope={"parameter": "segments"}, rows=rows).figure
    if found.verdict != "found":
        return _one(ledger, people, found.verdict, values)
    named = pd.Series((found.labels + 1).astype(str), index=attributes.index)
    differs = _differ(ledger, people, found, named)
    if differs is not None and differs.figure.value > ALPHA:
        return _one(ledger, people, "no_difference", {"p": differs.figure})
    return _several(ledger, people, named, values, differs)


def _differ(ledger: Ledger, people: People, found: Groups, named: pd.Series) -> Claim | None:
    """How chance would do at telling apart what people spend, which was not used to find the groups."""
    if people.basis == "behaviour":
        return None
    paid = joined(people, named.index)
    if np.isfinite(paid).sum() < MIN_JOINED:
        return None
    # No id decides the order, so the same people give the same number.
    order = np.lexsort((paid, found.labels))
    p_value = segments.differ(found.labels[order], paid[order], seed=SEED)
    return ledger.add("p_value", p_value, scope={"parameter": "revenue"}, rows=people.orders)


def _one(ledger: Ledger, people: People, why: str, values: dict[str, Value]) -> Audience:
    said = replace(_WHY[why], values=tuple(sorted(values.items())))
    count = ledger.add("segments", 1.0, rows=people.evidence, n=len(people.attributes))
    caveat = Caveat("small_sample" if why == "too_few" else "low_stability", said)
    return Audience(pd.Series(dtype="str"), {}, {}, count, None, (said,), (caveat,))


def _several(
    ledger: Ledger, people: People, named: pd.Series, values: dict[str, Value], differs: Claim | None
) -> Audience:
    sizes, shares = {}, {}
    for label, members in named.groupby(named).groups.items():
        rows = people.evidence[people.evidence["customer_id"].isin(members)]
        scope = {"segment": str(label)}
        sizes[str(label)] = ledger.add("segment_size", len(members), scope=scope, rows=rows)
        shares[str(label)] = ledger.add(
            "segment_share", len(members) / len(named), scope=scope, rows=rows, n=len(named)
        )
    count = ledger.add("segments", len(sizes), rows=people.evidence, n=len(named))
    said = [
        msg(
            "{n} personas come back when people are drawn anew (agreement {stability}), and data without any groups do "
            "not split as readily (p = {p}).",
            n=count.figure,
            **values,
        )
    ]
    if differs is not None:
        text = msg("They also differ in what they spend, which was not used to find them (p = {p}).", p=differs.figure)
        said.append(text)
    return Audience(named, sizes, shares, count, differs, tuple(said), _assumed(people, differs))


def _assumed(people: People, differs: Claim | None) -> tuple[Caveat, ...]:
    if differs is not None:
        return ()
    if people.basis == "behaviour":
        text = msg("The personas come from how people buy; nothing else than that has confirmed them.")
    else:
        text = msg("The personas come from what people told; no order confirms that they buy differently.")
    return (Caveat("assumption", text),)


def order_values(ledger: Ledger, people: People, of: pd.Series) -> dict[str, Claim]:
    """The average order value of each persona, held against that of all other people; the error is shared by all.

    What is compared is the mean of the people's own averages, so that one who buys often counts once.
    """
    orders = people.orders[people.orders["customer_id"].isin(of.index)]
    # Sorted by what they paid, so that no id decides the last digit of a mean.
    each = orders.groupby("customer_id", observed=True)["revenue"].mean().dropna().sort_values()
    group = of.reindex(each.index)
    values = {str(label): (each[group == label], each[group != label]) for label in sorted(set(group))}
    values = {label: pair for label, pair in values.items() if min(map(len, pair)) >= segments.SMALLEST}
    changes = [experiments.compare_means(others.to_numpy(), own.to_numpy()) for own, others in values.values()]
    adjusted = experiments.adjust(np.array([change.p_value for change in changes]))
    found = {}
    for (label, (own, others)), change, p_value in zip(values.items(), changes, adjusted, strict=True):
        is_told = p_value <= ALPHA and not change.depends_on_outliers
        found[label] = ledger.add(
            "aov",
            Estimate(float(own.mean()), None, len(own)),
            scope={"segment": label},
            rows=orders[orders["customer_id"].isin(own.index)],
            compared_to=Comparison("peers", float(others.mean())),
            verdict=("better" if change.difference.value > 0 else "worse") if is_told else "not_shown",
        )
    return found
