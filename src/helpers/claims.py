"""What a report says: a statement with its number, comparison, verdict and evidence; its text is written from it.

Stages collect claims in a `Ledger`; the numbers that go into their sentences come from the claims and stay bound to
them, so that every figure on a page can be traced to rows of files.
"""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import pandas as pd

from helpers.kpis import METRICS, Metric
from helpers.units import Estimate, Interval, Part, Period, Quantity, Unit
from helpers.wording import Message, Name, Pen, Value, msg

SCHEMA = "cuaderno.claims/1"

Verdict = Literal["better", "worse", "not_shown", "not_enough_data"]
Basis = Literal["plan", "previous", "previous_year", "target", "control", "peers"]

SCOPE_ORDER = (
    "flight", "line", "platform", "account", "channel", "campaign", "ad_group", "ad", "objective", "format", "category",
    "product", "persona", "segment", "competitor", "term", "region", "experiment", "variant", "series", "model",
    "person", "parameter", "horizon", "weekday", "hour", "day", "month",
)  # fmt: skip
"""The contract's scope keys, from wide to narrow; ids and labels follow this order."""

PLATFORM_NAMES = {
    "meta": "Meta Ads", "google_ads": "Google Ads", "microsoft": "Microsoft Ads", "amazon": "Amazon Ads",
    "facebook": "Facebook", "instagram": "Instagram", "youtube": "YouTube", "tiktok": "TikTok",
    "linkedin": "LinkedIn", "x": "X", "pinterest": "Pinterest", "snapchat": "Snapchat", "reddit": "Reddit",
}  # fmt: skip

CHANGE = "change"
"""The metric of relative changes; what it is compared to is in the unit of the metric that changed."""

RESTATED = "restated"
"""The metric of figures that a newer export gives; they are compared to what was stated `previous`ly of the facts."""

REST = "(other)"
"""The scope value under which all campaigns beyond the largest are counted as one."""

_FORMATS: dict[str, Message] = {
    "photo": msg("photo"),
    "video": msg("video"),
    "reel": msg("reel"),
    "carousel": msg("carousel"),
    "story": msg("story"),
    "link": msg("link"),
}

_WORDS: dict[str, Message] = {
    "plan": msg("plan"),
    "previous": msg("previous period"),
    "previous_year": msg("same period of last year"),
    "target": msg("target"),
    "control": msg("control"),
    "peers": msg("peers"),
    "better": msg("better"),
    "worse": msg("worse"),
    "not_shown": msg("no change shown"),
    "not_enough_data": msg("not enough data"),
    "mon": msg("Monday"),
    "tue": msg("Tuesday"),
    "wed": msg("Wednesday"),
    "thu": msg("Thursday"),
    "fri": msg("Friday"),
    "sat": msg("Saturday"),
    "sun": msg("Sunday"),
    "jan": msg("January"),
    "feb": msg("February"),
    "mar": msg("March"),
    "apr": msg("April"),
    "may": msg("May"),
    "jun": msg("June"),
    "jul": msg("July"),
    "aug": msg("August"),
    "sep": msg("September"),
    "oct": msg("October"),
    "nov": msg("November"),
    "dec": msg("December"),
    "other": msg("other media"),
    REST: msg("all other campaigns"),
    "spend": msg("budget"),
    "cpm": msg("price of impressions (CPM)"),
    "ctr": msg("click rate (CTR)"),
    "cvr": msg("conversion rate"),
    "aov": msg("order value"),
    "mix": msg("mix of platforms"),
    "fx": msg("exchange rates"),
    "missing_days": msg("days without a row"),
    "caveats": msg("warnings"),
    "targets": msg("targets"),
    "sample_ratio": msg("size of the groups"),
    "at_risk": msg("customers at risk"),
    "usual_return": msg("usual days to the next purchase"),
}
"""Words of the contract's fixed values."""


@dataclass(frozen=True)
class Comparison:
    """The value that a claim is held against, in the claim's unit."""

    what: Basis
    value: float


@dataclass(frozen=True)
class Evidence:
    """The rows of one file that a claim was worked out from."""

    file: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Claim:
    """One statement; the fields are those of the contract.

    `value` is NaN where the data do not say: such a claim is never published, and its figure is written as a dash.
    `sentence` replaces the generic text. `basis` names the columns of a click metric.
    """

    id: str
    metric: Metric
    scope: tuple[tuple[str, str], ...]
    period: Period
    value: float | str
    unit: Unit
    currency: str | None
    interval: Interval | None = None
    n: int | None = None
    compared_to: Comparison | None = None
    verdict: Verdict | None = None
    evidence: tuple[Evidence, ...] = ()
    sentence: Message | None = None
    basis: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is a value to publish."""
        return isinstance(self.value, str) or math.isfinite(self.value)

    @property
    def figure(self) -> Quantity:
        """The value as a number bound to this claim."""
        return self._number(self.value if isinstance(self.value, float | int) else math.nan, "value")

    @property
    def other(self) -> Quantity:
        """The value it is compared to, bound to this claim; unknown where there is none.

        That of a change is in the unit of the metric that changed.
        """
        changed = _changed(self.metric.id, self.scope)
        value = self.compared_to.value if self.compared_to else math.nan
        number = self._number(value, "compared_to")
        return replace(number, unit=changed.unit, currency=self.currency) if changed else number

    @property
    def low(self) -> Quantity:
        """Lower end of the interval, bound to this claim; unknown where there is none."""
        return self._number(self.interval.low if self.interval else math.nan, "low")

    @property
    def high(self) -> Quantity:
        """Upper end of the interval, bound to this claim; unknown where there is none."""
        return self._number(self.interval.high if self.interval else math.nan, "high")

    @property
    def count(self) -> Quantity:
        """The number of observations, bound to this claim."""
        return Quantity(math.nan if self.n is None else self.n, "count", claim=self.id, part="n")

    @property
    def subject(self) -> Message:
        """Metric and scope, as a label."""
        labels = [scope_label(key, value) for key, value in self.scope]
        label = self.metric.label
        for part in labels:
            label = msg("{label} · {part}", label=label, part=part)
        return label

    @property
    def text(self) -> Message:
        """The statement as a sentence."""
        return self.sentence or _generic(self)

    def as_json(self) -> dict[str, Any]:
        """Return the contract's form without `text`, which depends on the language."""
        compared = {"what": self.compared_to.what, "value": self.compared_to.value} if self.compared_to else None
        form: dict[str, Any] = {
            "id": self.id,
            "metric": self.metric.id,
            "scope": dict(self.scope),
            "period": self.period.as_json(),
            "value": self.value,
            "unit": self.unit,
            "currency": self.currency,
            "interval": self.interval.as_json() if self.interval else None,
            "n": self.n,
            "compared_to": compared,
            "verdict": self.verdict,
            "evidence": [{"file": e.file, "sha256": e.sha256, "rows": e.rows} for e in self.evidence],
        }
        return form | ({"basis": self.basis} if self.basis else {})

    def _number(self, value: float, part: Part) -> Quantity:
        is_signed = part == "value" and self.metric.signed
        currency = self.currency if self.unit == "money" else None
        return Quantity(value, self.unit, currency, claim=self.id, part=part, signed=is_signed)


class Ledger:
    """Collects the claims of one stage and period.

    Parameters
    ----------
    stage
        Stage that speaks.
    period
        Period of the run; claims about another period say so in their id.
    currency
        Reporting currency, for claims in money.
    """

    def __init__(self, stage: str, period: Period, currency: str) -> None:
        self._stage = stage
        self._period = period
        self._currency = currency
        self._claims: dict[str, Claim] = {}

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All published claims in the order in which they were made."""
        return tuple(self._claims.values())

    def add(
        self,
        metric: str,
        value: float | str | Estimate,
        *,
        scope: Mapping[str, str] | None = None,
        rows: pd.DataFrame | tuple[Evidence, ...] = (),
        **details: Any,
    ) -> Claim:
        """Make a claim; one without a known value is returned for writing, but not published.

        Parameters
        ----------
        metric
            Id in the registry.
        value
            A number in the metric's unit, an estimate (whose interval and n are taken over), or a date or text.
        scope
            Keys of the contract; empty for the client as a whole.
        rows
            The rows it was worked out from, with columns `file` and `sha256`, or evidence already made of them.
        details
            Further fields of `Claim`, such as `compared_to`, `verdict`, `period`, `unit`, `sentence`.

        Raises
        ------
        ValueError
            If the same statement is made twice with different values.
        """
        known = METRICS[metric]
        if isinstance(value, Estimate):
            details = {"interval": value.interval, "n": value.n} | details
            value = value.value
        ordered = tuple((key, (scope or {})[key]) for key in SCOPE_ORDER if key in (scope or {}))
        period = details.pop("period", self._period)
        unit = details.pop("unit", known.unit)
        changed = _changed(metric, ordered)
        # A change has no currency, what it is compared to may have one.
        units = {unit, changed.unit if changed else unit}
        claim = Claim(
            id=self._id(metric, ordered, period),
            metric=known,
            scope=ordered,
            period=period,
            value=value if isinstance(value, str) else float(value),
            unit=unit,
            currency=details.pop("currency", self._currency) if "money" in units else None,
            evidence=evidence(rows) if isinstance(rows, pd.DataFrame) else rows,
            **details,
        )
        return self._publish(claim)

    def amend(self, claim: Claim, **details: Any) -> Claim:
        """Replace a claim by one with further fields."""
        amended = replace(claim, **details)
        if claim.id in self._claims:
            self._claims[claim.id] = amended
        return amended

    def _publish(self, claim: Claim) -> Claim:
        if not claim.is_known:
            return claim
        if self._claims.setdefault(claim.id, claim).value != claim.value:
            raise ValueError(f"{claim.id} is claimed twice, with different values")
        return self._claims[claim.id]

    def _id(self, metric: str, scope: tuple[tuple[str, str], ...], period: Period) -> str:
        parts = [f"{self._stage}.{metric}", *(_tag(key, value) for key, value in scope)]
        if period != self._period:
            parts.append(f"{period.start}_{period.end}")
        return ".".join(parts)


def from_json(form: Mapping[str, Any]) -> Claim:
    """Read a published claim back from the contract's form; its own text is left out.

    Raises
    ------
    KeyError
        If it is of a metric that there is no more.
    """
    compared = form["compared_to"]
    return Claim(
        id=form["id"],
        metric=METRICS[form["metric"]],
        scope=tuple(form["scope"].items()),
        period=Period(*(date.fromisoformat(form["period"][end]) for end in ("start", "end"))),
        value=math.nan if form["value"] is None else form["value"],
        unit=form["unit"],
        currency=form["currency"],
        interval=Interval(**form["interval"]) if form["interval"] else None,
        n=form["n"],
        compared_to=Comparison(**compared) if compared else None,
        verdict=form["verdict"],
        evidence=tuple(Evidence(**one) for one in form["evidence"]),
    )


def _changed(metric: str, scope: tuple[tuple[str, str], ...]) -> Metric | None:
    """The metric whose change a claim is about; None where there is none, or none of the registry."""
    return METRICS.get(dict(scope).get("parameter", "")) if metric == CHANGE else None


def part_of(claim: Claim, part: Part = "value") -> Value:
    """One of a claim's numbers as pages write it; a date as a date, a text as a name."""
    if part == "value" and isinstance(claim.value, str):
        return date.fromisoformat(claim.value[:10]) if claim.unit == "date" else Name(claim.value)
    parts = {"compared_to": claim.other, "low": claim.low, "high": claim.high, "n": claim.count}
    return parts.get(part, claim.figure)


def evidence(rows: pd.DataFrame) -> tuple[Evidence, ...]:
    """Count the rows by the file they came from, in order of file name."""
    if rows.empty:
        return ()
    counts = rows.groupby(["file", "sha256"], observed=True).size().rename("rows").reset_index().sort_values("file")
    return tuple(
        Evidence(str(file), str(digest), int(n))
        for file, digest, n in zip(counts["file"], counts["sha256"], counts["rows"], strict=True)
    )


def fixed(value: str) -> Message:
    """The word for one of the contract's fixed values: a verdict, what is compared to, a weekday, a factor."""
    return _WORDS[value]


def scope_label(key: str, value: str) -> Value:
    """How a reader calls a scope value: our own word where it is one of ours, else the name from the data."""
    if key in {"platform", "channel"} and value in PLATFORM_NAMES:
        return Name(PLATFORM_NAMES[value])
    if key == "format" and value in _FORMATS:
        return _FORMATS[value]
    if key == "parameter" and value in METRICS:
        return METRICS[value].label
    if key in {"platform", "campaign", "weekday", "month", "parameter"} and value in _WORDS:
        return _WORDS[value]
    return Name(value)


def _generic(claim: Claim) -> Message:
    value: Value = claim.figure if not isinstance(claim.value, str) else Name(claim.value)
    said = msg("{subject}: {value}", subject=claim.subject, value=value)
    if claim.interval:
        said = msg("{said} (between {low} and {high})", said=said, low=claim.low, high=claim.high)
    if claim.compared_to and claim.metric.id == CHANGE:
        said = msg("{said}, {what}", said=said, what=fixed(claim.compared_to.what))
    elif claim.compared_to:
        what = fixed(claim.compared_to.what)
        said = msg("{said}; {what}: {other}", said=said, what=what, other=claim.other)
    if claim.verdict:
        said = msg("{said}; {verdict}", said=said, verdict=fixed(claim.verdict))
    return said


def _tag(key: str, value: str) -> str:
    """The part of an id that names a scope value; two different values never share one."""
    folded = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9_]+", "-", folded).strip("-")[:40]
    prefix = "" if key == "platform" else f"{key}-"
    return f"{prefix}{slug}" if slug == value else f"{prefix}{slug}-{zlib.crc32(value.encode()):08x}"


def written(claims: tuple[Claim, ...], pen: Pen) -> list[str]:
    """The texts of claims in one language."""
    return [pen.text(claim.text) for claim in claims]
