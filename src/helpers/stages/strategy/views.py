"""How a strategy's proposal is shown: curves, returns, split, weeks, forecast."""

from __future__ import annotations

import numpy as np

from helpers.kpis import METRICS
from helpers.stages.parts import Bar, Bars, Caption, Cell, Curve, Curves, Gap, Line, Measure, Table, Timeline
from helpers.stages.strategy.media import LEVEL
from helpers.stages.strategy.outlook import Channel, Outlook, week_ahead
from helpers.stages.strategy.proposal import by_calendar_week
from helpers.wording import Message, Name, Value, msg

POINTS = 11
"""Points of a drawn curve, from nothing to a quarter beyond the highest spend in question."""
SHOWN_WEEKS = 26
LIKELY = 0.8
"""Below this chance of a gain the cautious way is named beside the proposal."""

_NO_LEDGER = Gap(
    msg("Without a sales ledger, revenue cannot be forecast."),
    msg("The orders export of the shop for the last thirteen months."),
)


def curves(ahead: Outlook, currency: str) -> Curves:
    """The response curves, named after the channel where one more unit of money brings most."""
    media = ahead.media
    most = 1.25 * float(max(media.current.max(), media.proposed.max()))
    spend = np.linspace(0.0, most, POINTS)
    draws = np.array([media.response.steady(np.full(len(media.scopes), one)) for one in spend])
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=1)
    middle = draws.mean(axis=1)
    curves = tuple(
        Curve(
            label=channel.name,
            spend=tuple(spend.tolist()),
            values=tuple(middle[:, at].tolist()),
            low=tuple(low[:, at].tolist()),
            high=tuple(high[:, at].tolist()),
            now=float(media.current[at]),
            planned=float(media.proposed[at]),
        )
        for at, channel in enumerate(ahead.channels)
    )
    best, chance = media.best()
    title = msg("No channel is shown to bring more with one more unit of money than the others")
    if chance >= LIKELY and len(curves) > 1:
        channel = ahead.channels[best]
        title = msg(
            "{channel} brings most with one more unit of money: {value}",
            channel=channel.name,
            value=channel.marginal.figure,
        )
    elif len(curves) == 1:
        title = msg("{marginal} with one more unit of money", marginal=ahead.channels[0].marginal.figure)
    subtitle = msg("Weekly revenue from each channel by its weekly spend, in {currency}", currency=Name(currency))
    money = Measure("money", currency)
    return Curves(Caption(title, subtitle), money, money, curves)


def channel_table(ahead: Outlook) -> Table:
    """Every channel with its share of sales, its returns and its budget."""
    heads = (
        msg("Channel"),
        METRICS["contribution_share"].label,
        METRICS["average_return"].label,
        METRICS["marginal_roas"].label,
        METRICS["current_spend"].label,
        METRICS["recommended_spend"].label,
    )
    rows = tuple(
        (
            channel.name,
            channel.share.figure if channel.share else None,
            channel.average.figure,
            channel.marginal.figure,
            channel.current.figure,
            channel.recommended.figure,
        )
        for channel in ahead.channels
    )
    return Table(msg("What each channel brings, on average and with one more unit of money"), heads, rows)


def regime_sentence(ahead: Outlook) -> Message:
    """What the curves rest on."""
    values: dict[str, Value] = {"n": ahead.regime.count}
    if not ahead.media.weekly.known_weeks:
        return msg("No sales are known, so all of this rests on what the platforms claim, lowered by a fifth.")
    if ahead.regime.value == "prior_driven":
        return msg("Weeks with known sales: {n}. That is few: what the platforms claim counts for more here.", **values)
    if ahead.regime.value == "mixed":
        return msg("Weeks with known sales: {n}. Your own sales and what the platforms claim both count.", **values)
    return msg("Weeks with known sales: {n}. Your own sales count for most of this.", **values)


def lesson(channel: Channel, ahead: Outlook, currency: str) -> Message:
    """What one more unit of money brings, beside the average so far and, where the margin is known, what pays."""
    marginal = channel.marginal
    values: dict[str, Value] = {
        "channel": channel.name,
        "currency": Name(currency),
        "average": channel.average.figure,
        "marginal": marginal.figure,
        "low": marginal.low,
        "high": marginal.high,
    }
    said = msg(
        "{channel} has brought {average} for each {currency} so far; one more {currency} would bring {marginal} "
        "(between {low} and {high}).",
        **values,
    )
    if ahead.break_even is None:
        return said
    pays: dict[str, Value] = {"said": said, "needed": ahead.break_even.figure}
    if marginal.verdict == "better":
        return msg("{said} More spend pays here: {needed} is what the margin needs.", **pays)
    if marginal.verdict == "worse":
        return msg("{said} More spend does not pay here: {needed} is what the margin needs.", **pays)
    return msg("{said} Whether more spend pays is not shown: {needed} is what the margin needs.", **pays)


def split(ahead: Outlook, currency: str) -> Bars:
    """The proposed budget of each channel beside its spend of now."""
    title = msg("{budget} in the flight", budget=ahead.budget.figure)
    subtitle = msg("Proposed budget by channel, in {currency}", currency=Name(currency))
    bars = tuple(
        Bar(channel.name, channel.recommended.figure.value, reference=channel.current.figure.value, role="plan")
        for channel in sorted(ahead.channels, key=lambda one: -one.recommended.figure.value)
    )
    return Bars(Caption(title, subtitle), Measure("money", currency), bars, msg("as now"), "actual")


def moves(ahead: Outlook) -> tuple[Message, ...]:
    """Why the proposal stops where it does, and what the cautious way is."""
    said = []
    bounds = ahead.media.allocation.bound if ahead.media.allocation else ()
    for channel, bound in zip(ahead.channels, bounds, strict=False):
        if bound == "high":
            said.append(
                msg("{channel} is raised as far as one flight allows; more would be a guess.", channel=channel.name)
            )
        elif bound == "low":
            said.append(
                msg("{channel} is lowered as far as one flight allows; less would be a guess.", channel=channel.name)
            )
    if ahead.gain is None or ahead.chance is None:
        said.append(
            msg("With a single channel there is nothing to split.")
            if len(ahead.channels) == 1
            else msg("Too little is known of these channels for another split than today's; any would be a guess.")
        )
    elif ahead.chance.figure.value < LIKELY:
        values: dict[str, Value] = {"low": ahead.gain.low, "chance": ahead.chance.figure}
        said.append(
            msg(
                "The proposal beats today's split with a chance of {chance}; in a bad case it brings {low}, and the "
                "cautious choice is today's split.",
                **values,
            )
        )
    return tuple(said)


def week_table(ahead: Outlook, currency: str) -> Table:
    """The money of each channel in each calendar week of the flight, to the cent."""
    money = Measure("money", currency)
    names = [line.line for line in ahead.plan.lines]
    called = dict(
        zip((scope[-1][1] for scope in ahead.media.scopes), (one.name for one in ahead.channels), strict=True)
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (week.start, *(money.of(amounts.get(name, 0.0)) for name in names), money.of(sum(amounts.values())))
        for week, amounts in by_calendar_week(ahead.plan)
    )
    total: tuple[Cell, ...] = (
        msg("All together"),
        *(money.of(line.budget) for line in ahead.plan.lines),
        money.of(ahead.plan.budget),
    )
    heads = (msg("Week from"), *(msg("{name}", name=called[name]) for name in names), msg("All together"))
    note = (
        msg("Days that usually sell more get more of the money.")
        if isinstance(ahead.plan.lines[0].curve, dict)
        else None
    )
    return Table(msg("Budget by channel and week"), heads, rows, total, note)


def forecast(ahead: Outlook, currency: str) -> Timeline | Gap:
    """Revenue by week, and what is to be expected under the plan."""
    if ahead.revenue is None:
        return _NO_LEDGER
    weeks = ahead.media.weekly
    past = weeks.sales.tail(SHOWN_WEEKS)
    intervals = [estimate.interval for estimate in ahead.weeks]
    known = Line(METRICS["revenue"].label, tuple(day.date() for day in past.index), tuple(map(float, past)))
    coming = Line(
        msg("Forecast"),
        tuple(week_ahead(weeks, at).start for at in range(len(ahead.weeks))),
        tuple(estimate.value for estimate in ahead.weeks),
        role="forecast",
        low=tuple(one.low if one else float("nan") for one in intervals),
        high=tuple(one.high if one else float("nan") for one in intervals),
    )
    title = msg("{value} of revenue in the flight", value=ahead.revenue.figure)
    subtitle = msg("Revenue by week, and what is to be expected under the plan")
    return Timeline(Caption(title, subtitle), Measure("money", currency), (known, coming))
