"""The moment: what the calendar of the client's country brings, and how demand stands then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from helpers.claims import Claim
from helpers.methods import season
from helpers.stages import calendar_dates
from helpers.stages.calendar_dates import Occasion
from helpers.stages.context import Context
from helpers.stages.market_research import demand as market_demand
from helpers.stages.market_research.demand import Demand
from helpers.stages.parts import Cell, Gap, Table
from helpers.units import Period
from helpers.wording import Message, Name, msg

_NO_COUNTRY = Gap(
    msg("The client file names no country, so holidays and dates of the trade are not known."),
    msg("One line in the client file, such as country and its two letters; no export is needed."),
)
_KINDS: dict[calendar_dates.Kind, Message] = {
    "holiday": msg("public holiday"),
    "trade": msg("date of the trade"),
    "trade_expected": msg("date of the trade, expected"),
}


def occasions(context: Context) -> tuple[Occasion, ...]:
    """The occasions of the next three months; none where the country is not known."""
    if context.country is None or not calendar_dates.is_known(context.country):
        return ()
    return calendar_dates.occasions(context.country, Period(context.as_of, context.as_of + market_demand.AHEAD))


def next_trade(found: Sequence[Occasion]) -> Occasion | None:
    """The next date of the trade."""
    return next((one for one in found if one.kind != "holiday"), None)


def calendar(found: Sequence[Occasion], demand: Demand) -> Table | Gap:
    """The occasions of the next three months, with the season of the main term where there is one beyond chance."""
    if not found:
        return _NO_COUNTRY
    main = demand.main
    months = main.months if main and main.has_season else {}
    rows = tuple(_occasion(one, months) for one in found)
    heads = [msg("Day"), msg("Occasion"), msg("Kind")]
    note = msg(
        "Holidays of the whole country, and the usual dates of its trade; expected dates are set anew each year."
    )
    if main and months:
        heads.append(msg("Interest in that month"))
        note = msg(
            "{note} Interest in {term} is against its mean month.", note=note, term=market_demand.called(main.term)
        )
    return Table(msg("What the next three months bring"), tuple(heads), rows, note=note)


def _occasion(one: Occasion, months: dict[str, Claim]) -> tuple[Cell, ...]:
    row: tuple[Cell, ...] = (one.day, Name(one.name), _KINDS[one.kind])
    return (*row, months[month_of(one.day)].figure) if months else row


def month_of(day: date) -> str:
    """The month of a day, as the season names it."""
    return season.MONTHS[day.month - 1]
