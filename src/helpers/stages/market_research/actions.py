"""What to do next about market, competitors and the moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from helpers.claims import Claim, scope_label
from helpers.stages import checks
from helpers.stages.calendar_dates import Occasion
from helpers.stages.context import Context
from helpers.stages.market_research import demand as market_demand
from helpers.stages.market_research.demand import Demand
from helpers.stages.market_research.moment import month_of
from helpers.stages.market_research.rival_words import Compared
from helpers.stages.market_research.rivals import Rivals
from helpers.stages.market_research.share import Shares
from helpers.stages.market_research.swot import ALPHA
from helpers.stages.parts import Action
from helpers.wording import Message, Name, Value, msg

MOST_ACTIONS = 5

_BUYER = msg("Media buyer")
_MANAGER = msg("Social media manager")


def actions(
    context: Context, demand: Demand, rivals: Rivals, shares: Shares, occasions: Sequence[Occasion]
) -> tuple[Action, ...]:
    """The actions that the data call for, those against a disadvantage first."""
    due = checks.due_date(context.as_of)
    found = [
        *(_learn(one, due) for one in rivals.shown("worse")),
        *_demand_actions(demand, due),
        *(_watch(claim, due) for claim in shares.rivals if claim.verdict == "worse"),
        *_moment(demand, occasions, due),
    ]
    return tuple(found[:MOST_ACTIONS])


def _learn(one: Compared, due: date) -> Action:
    name = Name(one.rival.name)
    return Action(
        what=msg("Go through the best posts of {competitor} and try what they share in ten posts", competitor=name),
        expected=msg("Engagement comes nearer to {rate} a post", rate=one.rate.figure),
        owner=msg("Community manager"),
        due=due,
        reversal=msg("Go back to the former posts if engagement does not rise in ten posts"),
    )


def _demand_actions(demand: Demand, due: date) -> list[Action]:
    found = []
    since = demand.context.period.end - market_demand.RECENT
    for one in demand.terms:
        stretch = one.term.latest(since)
        side, _ = market_demand.side_of(demand.context, one.term, is_up=True)
        if stretch and one.shift_p < ALPHA and stretch.shift.share > 0 and side != "threat":
            _, _, change = one.shifts[one.term.shifts.index(stretch)]
            found.append(_follow(market_demand.called(one.term), change, due))
    return found


def _follow(term: Message | Name, change: Claim, due: date) -> Action:
    return Action(
        what=msg("Raise the budget of the searches for {term} step by step", term=term),
        expected=msg(
            "Interest stands {change} against before: room for more clicks at about the former price",
            change=change.figure,
        ),
        owner=_BUYER,
        due=due,
        reversal=msg("Go back one step if the cost per conversion rises above its target"),
    )


def _watch(claim: Claim, due: date) -> Action:
    return Action(
        what=msg(
            "Look through the ads of {competitor} and note offers and claims",
            competitor=Name(dict(claim.scope)["competitor"]),
        ),
        expected=msg("The client's own ads answer the offers behind {share} of the voice", share=claim.figure),
        owner=_MANAGER,
        due=due,
        reversal=msg("Nothing to undo: the campaigns stay as they are"),
    )


def _moment(demand: Demand, occasions: Sequence[Occasion], due: date) -> Iterator[Action]:
    """Prepare for the date of the trade in the month of highest interest, else for the next one."""
    peak = market_demand.coming_peak(demand)
    trade = [one for one in occasions if one.kind != "holiday" and one.day > due]
    chosen = next((one for one in trade if month_of(one.day) == peak), next(iter(trade), None))
    if chosen is None:
        return
    values: dict[str, Value] = {"occasion": Name(chosen.name), "day": chosen.day}
    main = demand.main
    if main and month_of(chosen.day) == peak:
        expected = msg(
            "{term} stands at {index} of the mean month in {month}",
            term=market_demand.called(main.term),
            index=main.months[peak].figure,
            month=scope_label("month", peak),
        )
    else:
        expected = msg("The date is not missed; what it brings is measured against the weeks around it")
    yield Action(
        what=msg("Set budget, offer and posts for {occasion} on {day}", **values),
        expected=expected,
        owner=_MANAGER,
        due=due,
        reversal=msg("Give the budget back to the usual campaigns if the offer does not sell on its first day"),
    )
