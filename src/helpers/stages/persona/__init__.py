"""The persona report: who buys, and what is that worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from helpers.claims import Claim, Ledger
from helpers.stages import checks
from helpers.stages.context import Context
from helpers.stages.parts import Action, Bar, Bars, Caption, Card, Caveat, Forest, Gap, Measure, Table
from helpers.stages.persona import value as persona_value
from helpers.stages.persona.cards import Personas, overview
from helpers.stages.persona.groups import Audience, audience, order_values
from helpers.stages.persona.people import People, people
from helpers.stages.persona.trade import Trade, trade
from helpers.stages.persona.value import WHOLE, Worth, worth
from helpers.units import Period
from helpers.wording import Message, Name, Value, msg

if TYPE_CHECKING:
    from helpers.store import Notice

_NOBODY = Gap(
    msg("No order names its customer and there is no table of customers, so nobody can be told apart."),
    msg("The orders of the last thirteen months with a customer number or e-mail address, from the shop."),
)


@dataclass(frozen=True)
class Inputs:
    """What the report reads; tables are canonical and may be empty."""

    context: Context
    notices: tuple[Notice, ...]
    orders: pd.DataFrame
    order_lines: pd.DataFrame
    customers: pd.DataFrame


@dataclass(frozen=True)
class Result:
    """Who buys; a part that the data cannot fill is a gap.

    `personas` holds one card each, or one of everyone; `segments` and `worth` are None where there is one audience.
    """

    summary: tuple[Message, ...]
    cards: tuple[Card, ...] | Gap
    trade: Bars | Gap
    trade_words: tuple[Message, ...]
    classes: Table | Gap
    value: tuple[Message, ...] | Gap
    models: Table | Gap
    evidence: tuple[Message, ...] | Gap
    segments: Table | Gap
    worth: Forest | Gap | None
    personas: tuple[Table, ...]
    actions: tuple[Action, ...]
    caveats: tuple[Caveat, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class _Now:
    """Everything that the parts are made of."""

    context: Context
    people: People
    basics: dict[str, Claim]
    audience: Audience
    trade: Trade
    worth: Worth | Gap
    personas: Personas


def analyse(inputs: Inputs) -> Result:
    """Say who the customers of one client are, as of the end of a period."""
    context = inputs.context
    ledger = Ledger(context.stage, context.period, context.currency)
    who = people(inputs.orders, inputs.order_lines, inputs.customers, context.period)
    caveats = checks.from_notices(inputs.notices, ledger).caveats
    if who.attributes.empty:
        return _nobody(caveats, ledger)
    basics = _basics(ledger, who)
    groups = audience(ledger, who)
    brings = worth(ledger, who, context.period, groups.of)
    classes = trade(ledger, who, context.period, context.currency)
    known = None if isinstance(brings, Gap) else brings
    spent = {} if groups.is_one or who.basis == "behaviour" else order_values(ledger, who, groups.of)
    personas = Personas(who, groups, known, spent, context.currency)
    now = _Now(context, who, basics, groups, classes, brings, personas)
    return Result(
        summary=_summary(now),
        cards=_cards(now),
        trade=classes.bars,
        trade_words=classes.said,
        classes=classes.table,
        value=brings if isinstance(brings, Gap) else persona_value.sentences(brings),
        models=brings if isinstance(brings, Gap) else brings.table,
        evidence=groups.evidence,
        segments=_segments(now),
        worth=_forest(now),
        personas=now.personas.cards(),
        actions=_actions(now),
        caveats=(*caveats, *groups.caveats, *_caveats(now)),
        claims=ledger.claims,
    )


def _nobody(caveats: tuple[Caveat, ...], ledger: Ledger) -> Result:
    return Result(
        (_NOBODY.what,),
        _NOBODY,
        _NOBODY,
        (),
        _NOBODY,
        _NOBODY,
        _NOBODY,
        _NOBODY,
        _NOBODY,
        None,
        (),
        (),
        caveats,
        ledger.claims,
    )


def _basics(ledger: Ledger, who: People) -> dict[str, Claim]:
    """Customers, how many came back and what an order is worth, over all history until the end of the period."""
    orders = who.orders
    if orders.empty:
        return {}
    span = Period(orders["date"].min().date(), orders["date"].max().date())
    each = orders.groupby("customer_id", observed=True).size()
    values = {
        "customers": float(len(each)),
        "repeat_share": float((each >= 2).mean()),
        "aov": float(orders["revenue"].mean()),
    }
    return {name: ledger.add(name, value, rows=orders, period=span, n=len(each)) for name, value in values.items()}


# The first screen


def _summary(now: _Now) -> tuple[Message, ...]:
    said = [_first(now.audience)]
    best = _best(now)
    if best is not None and isinstance(now.worth, Worth):
        value = now.worth.value[best]
        text = msg(
            "{persona} is worth most: {value} for each in the next half year, against {other} for all customers.",
            persona=now.personas.name(best),
            value=value.figure,
            other=value.other,
        )
        said.append(text)
    if isinstance(now.worth, Worth):
        said.append(persona_value.sentences(now.worth)[-1])
    if "repeat_share" in now.basics:
        text = msg(
            "{customers} customers are known by their orders; {share} of them have bought more than once.",
            customers=now.basics["customers"].figure,
            share=now.basics["repeat_share"].figure,
        )
        said.append(text)
    return tuple(said)


def _first(found: Audience) -> Message:
    """The conclusion: personas, or one audience and why."""
    if found.is_one:
        return found.evidence[0]
    largest = next(iter(found.shares.values()))
    values: dict[str, Value] = {"n": found.count.figure, "share": largest.figure}
    if found.differs is None:
        return msg("{n} personas hold up; the largest holds {share} of the people.", **values)
    return msg("{n} personas hold up and spend differently; the largest holds {share} of the people.", **values)


def _best(now: _Now) -> str | None:
    """The persona that is worth most, where one is clearly worth more than all customers."""
    if not isinstance(now.worth, Worth) or not now.worth.above:
        return None
    value = now.worth.value
    return max(now.worth.above, key=lambda label: value[label].figure.value)


def _cards(now: _Now) -> tuple[Card, ...]:
    known = [now.audience.count, *now.basics.values()]
    shown = [Card(claim.metric.label, claim.figure) for claim in known if claim.is_known]
    if isinstance(now.worth, Worth):
        ahead = [now.worth.purchases[WHOLE], now.worth.value[WHOLE]]
        shown += [_ahead(claim) for claim in ahead if claim.is_known]
    return tuple(shown)


def _ahead(claim: Claim) -> Card:
    note = msg("in half a year, between {low} and {high}", low=claim.low, high=claim.high)
    return Card(claim.metric.label, claim.figure, note=note)


# The personas


def _segments(now: _Now) -> Table:
    if not now.audience.is_one:
        return overview(now.personas, now.audience.sizes, now.audience.shares)
    people_ = Measure("count").of(len(now.people.attributes))
    return Table(msg("The personas"), (msg("Persona"), msg("People")), ((msg("Everyone"), people_),))


def _forest(now: _Now) -> Forest | Gap | None:
    """The value of each persona against that of all customers."""
    if now.audience.is_one:
        return None
    if isinstance(now.worth, Gap):
        return now.worth
    whole = now.worth.value[WHOLE]
    known = {label: claim for label, claim in now.worth.value.items() if label != WHOLE and claim.interval}
    if not known or not whole.is_known:
        return None
    bars = tuple(
        Bar(msg("Persona {number}", number=Name(label)), claim.figure.value, claim.low.value, claim.high.value)
        for label, claim in known.items()
    )
    title = (
        msg("The personas are not worth the same")
        if now.worth.above or now.worth.below
        else msg("No persona is clearly worth more than the others")
    )
    subtitle = msg("Expected payments of a customer in the next half year, by persona")
    note = msg("The upright line is the value of all customers; intervals hold four times in five.")
    measure = Measure("money", now.context.currency)
    return Forest(Caption(title, subtitle, note), measure, bars, whole.figure.value)


# What to do, and what to bear in mind


def _actions(now: _Now) -> tuple[Action, ...]:
    due = checks.due_date(now.context.as_of)
    found = [_look_alike(now, due), _win_back(now, due), _ask(now, due)]
    return tuple(action for action in found if action is not None)


def _look_alike(now: _Now, due: date) -> Action | None:
    """More people like those who are worth most, else like those who pay most for an order, beyond chance."""
    label = _best(now)
    if label is not None and isinstance(now.worth, Worth):
        value = now.worth.value[label]
        expected = msg(
            "Customers worth up to {value} in half a year, against {other} for all",
            value=value.figure,
            other=value.other,
        )
    else:
        better = {name: claim for name, claim in now.personas.orders.items() if claim.verdict == "better"}
        if not better:
            return None
        label = max(better, key=lambda name: better[name].figure.value)
        value = better[label]
        expected = msg("Orders of up to {value}, against {other} of the others", value=value.figure, other=value.other)
    return Action(
        what=msg(
            "Build a look-alike audience from the {n} people of {persona}",
            n=now.audience.sizes[label].figure,
            persona=now.personas.name(label),
        ),
        expected=expected,
        owner=checks.BUYER,
        due=due,
        reversal=msg("Stop it if after a month its orders cost more than those of the other audiences"),
    )


def _win_back(now: _Now, due: date) -> Action | None:
    if not now.trade.at_risk or not now.trade.worth:
        return None
    return Action(
        what=msg("Write to the {n} customers at risk with a reason to come back", n=now.trade.at_risk.figure),
        expected=msg("About {value} for each order that comes of it", value=now.trade.worth.figure),
        owner=msg("Social media manager"),
        due=due,
        reversal=msg("Stop after two letters if they buy no more than those who got none"),
    )


def _ask(now: _Now, due: date) -> Action | None:
    if not now.audience.is_one:
        return None
    return Action(
        what=msg("Plan for one audience, and ask customers for two or three facts that would tell them apart"),
        expected=msg("No money goes into messages for groups that are not there"),
        owner=checks.ANALYST,
        due=due,
        reversal=msg("Split the audience once a later report finds personas"),
    )


def _caveats(now: _Now) -> tuple[Caveat, ...]:
    found = [
        Caveat(
            "personal_data",
            msg("{attribute} is a special category of personal data; nothing here uses it.", attribute=Name(name)),
            (("parameter", name),),
        )
        for name in now.people.left_out
    ]
    if isinstance(now.worth, Worth):
        text = msg(
            "The value takes a customer's first order in the ledger for their first of all, takes no note of seasons, "
            "and supposes that what an order is worth does not depend on how often one buys."
        )
        found.append(Caveat("assumption", text))
    return tuple(found)
