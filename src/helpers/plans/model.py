"""What a media plan holds: a flight with its objectives and lines."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from helpers.clients.checks import AnyPlatform, Currency, Day, MetricId, Name, NotNegative, Number, Scope, Text
from helpers.clients.faults import Part, fault
from helpers.units import Period

_Shape: TypeAlias = Annotated[Literal["even", "weekday"], Tag("shape")]
_Days: TypeAlias = Annotated[dict[Day, NotNegative], Tag("days")]
Curve: TypeAlias = Annotated[
    _Shape | _Days, Discriminator(lambda value: "days" if isinstance(value, dict) else "shape")
]

LINE_KEYS = ("line", "platform", "channel", "campaign", "objective", "persona", "start", "end", "budget")
"""The keys of a line but for its curve, in the order in which people read them."""

_FRIDAY = 4


def shares(weights: Mapping[date, float]) -> dict[date, float]:
    """Turn weights of days into a curve: shares of six decimals that add up to one.

    Days without weight are left out; the heaviest day takes what rounding leaves. At least one weight is positive.
    """
    total = math.fsum(weights.values())
    found = {day: round(weight / total, 6) for day, weight in weights.items() if weight > 0}
    heaviest = max(found, key=lambda day: found[day])
    found[heaviest] = round(found[heaviest] + 1 - math.fsum(found.values()), 6)
    return found


class _Span(Part):
    """Something that lasts from one day to another, both included."""

    start: Day = Field(examples=["2026-10-01"])
    end: Day = Field(examples=["2026-10-31"])

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> _Span:
        if self.end < self.start:
            raise fault("is before start", "Correct start or end.", at=("end",))
        return self

    @property
    def period(self) -> Period:
        """From the first to the last day."""
        return Period(self.start, self.end)


class Objective(Part):
    """What the flight is to reach: a metric's target in the metric's own unit, for all of it or one scope."""

    metric: MetricId = Field(examples=["roas"])
    target: Number = Field(examples=["3.0"])
    scope: Scope = Field(default_factory=dict)


class Line(_Span):
    """One line of the plan: money for a platform or channel over some days.

    Parameters
    ----------
    campaign
        Glob of the campaigns that belong to it; None means all of the platform and channel.
    budget
        In the plan's currency.
    curve
        How the budget is spread: `even` over all days, `weekday` over Monday to Friday, or each day's own share.
    """

    line: Name = Field(examples=["prospecting"])
    platform: AnyPlatform = Field(examples=["meta"])
    channel: Name | None = None
    campaign: Name | None = None
    objective: Text | None = None
    persona: Name | None = None
    budget: NotNegative = Field(examples=["1500"])
    curve: Curve = "even"

    @field_validator("curve", mode="before")
    @classmethod
    def _is_a_known_shape(cls, value: object) -> object:
        if isinstance(value, dict) or value in {"even", "weekday"}:
            return value
        raise fault("must say how the budget is spread", "Write even, weekday, or {2026-10-01: 0.6, 2026-10-02: 0.4}.")

    @model_validator(mode="after")
    def _spends_all_of_its_budget(self) -> Line:
        if not math.isclose(sum(self._weights().values()), 1, abs_tol=1e-6):
            raise fault(
                "does not spend the whole budget between start and end",
                "Write shares that add up to 1, on days of the line; weekday needs a day from Monday to Friday.",
                at=("curve",),
            )
        return self

    def share(self, period: Period) -> float:
        """The part of the budget that is planned for the days of a period, from 0 to 1."""
        return math.fsum(weight for day, weight in self._weights().items() if period.holds(day))

    def planned(self, period: Period) -> float:
        """The money that is planned for the days of a period, in the plan's currency."""
        return self.budget * self.share(period)

    def by_day(self) -> dict[date, float]:
        """The money of each day with any, to the cent; the days add up to the budget exactly.

        Cents that rounding leaves over go to the days with the largest remainders (Hare's quota).
        """
        cents = {day: 100 * self.budget * weight for day, weight in self._weights().items()}
        whole = {day: math.floor(amount) for day, amount in cents.items()}
        left = round(100 * self.budget) - sum(whole.values())
        for day in sorted(cents, key=lambda one: (whole[one] - cents[one], one))[:left]:
            whole[day] += 1
        return {day: amount / 100 for day, amount in whole.items()}

    def _weights(self) -> dict[date, float]:
        """Each day's share of the budget; days without any are left out."""
        if isinstance(self.curve, dict):
            return {day: share for day, share in self.curve.items() if self.period.holds(day)}
        days = (self.start + timedelta(days=number) for number in range(self.period.days))
        spent = [day for day in days if self.curve == "even" or day.weekday() <= _FRIDAY]
        return {day: 1 / len(spent) for day in spent}


class Plan(_Span):
    """A flight.

    Parameters
    ----------
    flight
        Its name.
    currency
        Of all budgets.
    """

    flight: Name = Field(examples=["autumn"])
    status: Literal["proposed", "approved"] = Field(examples=["proposed"])
    approved_by: Text | None = None
    approved_on: Day | None = None
    currency: Currency = Field(examples=["EUR"])
    objectives: tuple[Objective, ...] = ()
    lines: Annotated[tuple[Line, ...], Field(min_length=1)] = Field(
        examples=["[{line: all, platform: meta, budget: 1500}]"]
    )

    @model_validator(mode="before")
    @classmethod
    def _lines_last_as_long_as_the_flight(cls, data: Any) -> Any:
        """A line without days of its own takes those of the flight."""
        lines = data.get("lines") if isinstance(data, dict) else None
        if not isinstance(lines, list):
            return data
        days = {key: data[key] for key in ("start", "end") if key in data}
        return data | {"lines": [days | line if isinstance(line, dict) else line for line in lines]}

    @model_validator(mode="after")
    def _is_sound(self) -> Plan:
        if self.approved and not (self.approved_by and self.approved_on):
            raise fault(
                "is approved, but nobody has signed",
                "Approve it with `cuaderno plan approve`, or write status: proposed.",
                at=("status",),
            )
        names = [line.line for line in self.lines]
        for at, line in enumerate(self.lines):
            if line.start < self.start or line.end > self.end:
                raise fault("has a line outside the flight", "Correct the days of the line.", at=("lines", at))
            if line.line in names[:at]:
                raise fault("has the name of another line", "Rename one of them.", at=("lines", at, "line"))
        return self

    @property
    def approved(self) -> bool:
        """Whether a person has approved it; only then it counts."""
        return self.status == "approved"

    @property
    def budget(self) -> float:
        """The money of all lines."""
        return math.fsum(line.budget for line in self.lines)

    def planned(self, period: Period) -> float:
        """The money of all lines that is planned for the days of a period."""
        return math.fsum(line.planned(period) for line in self.lines)
