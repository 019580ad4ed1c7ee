"""What is said of the search interest: claims, drawings, sentences, and what it means for the client."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from helpers.claims import Claim, Comparison, Ledger, scope_label
from helpers.methods import season, shift
from helpers.stages.context import Context
from helpers.stages.market_research import interest
from helpers.stages.market_research.swot import ALPHA, Finding, Quadrant
from helpers.stages.parts import Bar, Caption, Caveat, Columns, Gap, Line, Mark, Measure, Timeline
from helpers.units import Estimate, Period
from helpers.wording import Message, Name, Value, listed, msg

RECENT = timedelta(days=365)
AHEAD = timedelta(days=90)
WORTH = 1.05
"""A month that stands less above the mean month is no reason to plan for it."""
NO_TRENDS = Gap(
    msg("No export of search interest is there, so nothing can be said of demand, its season or its turns."),
    msg(
        "Google Trends, the last five years of the main search terms in the client's country, as CSV: free, in minutes."
    ),
)
NO_SEASON = Gap(
    msg("The search interest covers less than two full years, so a season cannot be told from chance."),
    msg("Google Trends again with the last five years: the same terms, free, in minutes."),
)
_SHORT: dict[str, Message] = dict(
    zip(
        season.MONTHS,
        (
            msg("Jan"),
            msg("Feb"),
            msg("Mar"),
            msg("Apr"),
            msg("May"),
            msg("Jun"),
            msg("Jul"),
            msg("Aug"),
            msg("Sep"),
            msg("Oct"),
            msg("Nov"),
            msg("Dec"),
        ),
        strict=True,
    )
)
_RELATIVE = msg("An index is relative to the highest point within one export; two exports are never compared.")


@dataclass(frozen=True)
class TermClaims:
    """A term and what is claimed of it; p-values are adjusted over all comparisons of the page."""

    term: interest.Term
    mean: Claim
    shifts: tuple[tuple[shift.Stretch, Claim, Claim], ...]
    months: dict[str, Claim]
    shift_p: float
    season_p: float

    @property
    def has_season(self) -> bool:
        """Whether the months differ beyond chance."""
        return self.season_p < ALPHA

    @property
    def peak(self) -> str | None:
        """The month with the highest index, if the months differ beyond chance."""
        high = interest.high_months(self.term.season) if self.term.season and self.has_season else []
        return high[0] if high else None


@dataclass(frozen=True)
class Demand:
    """All terms; `main` stands for the demand."""

    context: Context
    terms: tuple[TermClaims, ...]
    main: TermClaims | None

    @property
    def ahead(self) -> list[str]:
        """The months of the next weeks, in order."""
        days = [self.context.as_of + timedelta(days=n) for n in range(AHEAD.days + 1)]
        return list(dict.fromkeys(season.MONTHS[day.month - 1] for day in days))


def claim(
    context: Context, ledger: Ledger, terms: Sequence[interest.Term], shift_p: np.ndarray, season_p: np.ndarray
) -> Demand:
    """Claim the interest of every term, its shifts and its months."""
    made = tuple(
        _term(ledger, term, float(one), float(other)) for term, one, other in zip(terms, shift_p, season_p, strict=True)
    )
    main = interest.main_term(terms, (context.name, *context.competitors))
    return Demand(context, made, next((one for one in made if one.term is main), None))


def _term(ledger: Ledger, term: interest.Term, shift_p: float, season_p: float) -> TermClaims:
    scope = dict(term.scope)
    # A month holds four weeks or five.
    is_comparable = len(term.before) > 0 and len(term.before) + 1 >= len(term.inside)
    before = Comparison("previous_year", float(term.before["interest"].mean())) if is_comparable else None
    mean = ledger.add(
        "interest_index",
        Estimate(term.mean, None, len(term.inside)),
        scope=scope,
        rows=term.inside,
        compared_to=before,
    )
    shifts = tuple((stretch, *_shift(ledger, term, stretch)) for stretch in term.shifts)
    index = term.season.index if term.season else {}
    months = {
        name: ledger.add("seasonal_index", one, scope={**scope, "month": name}, rows=term.rows, period=term.span)
        for name, one in index.items()
    }
    return TermClaims(term, mean, shifts, months, shift_p, season_p)


def _shift(ledger: Ledger, term: interest.Term, stretch: shift.Stretch) -> tuple[Claim, Claim]:
    """The day, and by how much; the stretch of history that shows it is their period and tells them apart."""
    scope = dict(term.scope)
    span = {"period": Period(stretch.start, stretch.end)}
    day = ledger.add("level_shift", stretch.shift.date.isoformat(), scope=scope, rows=term.rows, **span)
    change = ledger.add(
        "change",
        stretch.shift.share,
        scope={**scope, "parameter": "interest_index"},
        rows=term.rows,
        compared_to=Comparison("previous", term.level_before(stretch)),
        **span,
    )
    said = _said(term, stretch, change)
    return ledger.amend(day, sentence=said), ledger.amend(change, sentence=said)


def _said(term: interest.Term, stretch: shift.Stretch, change: Claim) -> Message:
    values: dict[str, Value] = {"term": called(term), "day": stretch.shift.date, "change": change.figure}
    if stretch.shift.share > 0:
        return msg("Interest in {term} runs on a higher level since {day}: {change}.", **values)
    return msg("Interest in {term} runs on a lower level since {day}: {change}.", **values)


def called(term: interest.Term) -> Message | Name:
    """A term, with its place where it is known of several."""
    scope = dict(term.scope)
    if "region" in scope:
        return msg("{term} ({place})", term=Name(scope["term"]), place=Name(scope["region"]))
    return Name(term.name)


# What is shown


def timeline(demand: Demand) -> Timeline | Gap:
    """The course of the main term and those of its export, with a mark at every level shift of the main one."""
    if demand.main is None:
        return NO_TRENDS
    term = demand.main.term
    lines = [
        Line(
            called(one), tuple(day.date() for day in one.rows["period_start"]), tuple(map(float, one.rows["interest"]))
        )
        for one in interest.beside(term, [each.term for each in demand.terms])
    ]
    marks = tuple(
        Mark(stretch.shift.date, stretch.shift.date + timedelta(days=6), msg("new level"))
        for stretch in demand.main.term.shifts
    )
    return Timeline(_caption(demand.main), Measure("index"), tuple(lines), marks)


def _source(main: TermClaims) -> Message:
    return msg("Source: {files}, up to {day}.", files=msg("{name}", name=Name(main.term.file)), day=main.term.span.end)


def _caption(main: TermClaims) -> Caption:
    note = msg("{source} {relative}", source=_source(main), relative=_RELATIVE)
    subtitle = msg("Search interest, index relative to the highest point of the export, all history")
    if main.shifts:
        stretch, _, change = main.shifts[-1]
        values: dict[str, Value] = {"term": called(main.term), "day": stretch.shift.date, "change": change.figure}
        return Caption(msg("Interest in {term} changed its level on {day}: {change}", **values), subtitle, note)
    return Caption(msg("Interest in {term} shows no change of level", term=called(main.term)), subtitle, note)


def columns(demand: Demand) -> Columns | Gap:
    """The months of the main term against the mean month."""
    if demand.main is None:
        return NO_TRENDS
    if not demand.main.months:
        return NO_SEASON
    bars = tuple(_bar(_SHORT[name], claim) for name, claim in demand.main.months.items())
    peak = demand.main.peak
    name = called(demand.main.term)
    title = (
        msg("{term} is searched most in {month}", term=name, month=scope_label("month", peak))
        if peak
        else msg("{term} shows no season beyond chance", term=name)
    )
    subtitle = msg("Interest of each month against the mean month, trend and level shifts taken out")
    return Columns(Caption(title, subtitle, _source(demand.main)), Measure("index"), bars, base=1.0)


def _bar(label: Message, claim: Claim) -> Bar:
    edges = claim.interval
    return Bar(label, claim.figure.value, edges.low if edges else None, edges.high if edges else None)


def interest_words(demand: Demand) -> tuple[Message, ...] | Gap:
    """How high each term stands, and where its level changed."""
    if demand.main is None:
        return NO_TRENDS
    said = [_stands(one) for one in demand.terms if one.mean.is_known]
    said += [_said(one.term, stretch, change) for one in demand.terms for stretch, _, change in one.shifts]
    return tuple(said)


def fact(demand: Demand) -> list[Message]:
    """The last change of level of the main term, else how high it stands; nothing where no interest is known."""
    if demand.main is None:
        return []
    if demand.main.shifts:
        stretch, _, change = demand.main.shifts[-1]
        return [_said(demand.main.term, stretch, change)]
    return [_stands(demand.main)] if demand.main.mean.is_known else []


def _stands(one: TermClaims) -> Message:
    values: dict[str, Value] = {"term": called(one.term), "index": one.mean.figure}
    if one.mean.compared_to:
        return msg(
            "{term}: mean interest {index} in the period, a year before {other}.", other=one.mean.other, **values
        )
    return msg("{term}: mean interest {index} in the period.", **values)


def season_words(demand: Demand) -> tuple[Message, ...]:
    """The peak months of each term, or that there are none beyond chance."""
    return tuple(_season(one) for one in demand.terms if one.months)


def _season(one: TermClaims) -> Message:
    if one.peak is None:
        return msg("{term}: no season beyond chance.", term=called(one.term))
    claim = one.months[one.peak]
    values: dict[str, Value] = {
        "term": called(one.term),
        "month": scope_label("month", one.peak),
        "index": claim.figure,
        "low": claim.low,
        "high": claim.high,
    }
    rest = interest.high_months(one.term.season)[1:] if one.term.season else []
    said = msg("{term} peaks in {month}, at {index} of the mean month (between {low} and {high})", **values)
    if rest:
        also = listed([msg("{name}", name=scope_label("month", name)) for name in rest])
        return msg("{said}; also above the mean: {months}.", said=said, months=also)
    return msg("{said}.", said=said)


def caveats(demand: Demand) -> tuple[Caveat, ...]:
    """Level shifts that means run across, and values that the export does not tell."""
    found = [
        Caveat(
            "level_shift",
            msg("Interest in {term} changed its level on {day}: a mean across that day mixes two levels.", **values),
            one.term.scope,
        )
        for one in demand.terms
        if one.shifts
        for values in ({"term": called(one.term), "day": one.shifts[-1][0].shift.date},)
    ]
    low = [one.term for one in demand.terms if one.term.rows["censored"].fillna(value=False).any()]
    if low:
        names = listed([msg("{name}", name=called(term)) for term in low])
        found.append(
            Caveat("assumption", msg("Interest given only as less than one counts as half: {terms}.", terms=names))
        )
    return tuple(found)


def findings(demand: Demand) -> list[Finding]:
    """Lines for the sides of the client's position: demand that moved for good lately, and a season that comes."""
    since = demand.context.period.end - RECENT
    found = []
    for one in demand.terms:
        stretch = one.term.latest(since)
        if stretch and one.shift_p < ALPHA:
            _, day, _ = one.shifts[one.term.shifts.index(stretch)]
            side, is_own = side_of(demand.context, one.term, is_up=stretch.shift.share > 0)
            found.append(Finding(side, day.text, "measured" if is_own else "inferred", day))
    month = coming_peak(demand)
    if demand.main and month:
        claim = demand.main.months[month]
        values: dict[str, Value] = {
            "term": called(demand.main.term),
            "month": scope_label("month", month),
            "index": claim.figure,
        }
        text = msg("{term} comes into season: {month} stands at {index} of the mean month.", **values)
        found.append(Finding("opportunity", text, "inferred", claim))
    return found


def coming_peak(demand: Demand) -> str | None:
    """The month of the next weeks in which the main term is searched most, if that is beyond chance."""
    if demand.main is None or demand.main.term.season is None or not demand.main.has_season:
        return None
    shape = demand.main.term.season
    high = [name for name in interest.high_months(shape) if shape.index[name].value >= WORTH]
    return next((name for name in high if name in demand.ahead), None)


def side_of(context: Context, term: interest.Term, *, is_up: bool) -> tuple[Quadrant, bool]:
    """Whose gain a move is, and whether it is the client's own name that moved."""
    if interest.names(term.name, context.name):
        return ("strength" if is_up else "weakness"), True
    is_rivals = any(interest.names(term.name, name) for name in context.competitors)
    return ("opportunity" if is_up != is_rivals else "threat"), False


def newest(demand: Demand) -> dict[str, date]:
    """The last day of each export of search interest."""
    ends: dict[str, date] = {}
    for one in demand.terms:
        ends[one.term.file] = max(ends.get(one.term.file, one.term.span.end), one.term.span.end)
    return ends
