"""What a client tried out: the experiments of the client file, one model a kind."""

from __future__ import annotations

import math
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from helpers.clients.checks import Day, ExistingFile, Name, NotNegative, Share, Text
from helpers.clients.faults import Part, fault

Direction: TypeAlias = Literal["up", "down", "none"]
Column: TypeAlias = Name
Metrics: TypeAlias = Annotated[dict[Column, Literal["proportion", "mean"]], Field(min_length=1)]


class _Experiment(Part):
    """What all kinds share; `direction` says which way is good for metrics that the registry does not know."""

    name: Text = Field(examples=["gate"])
    direction: dict[Column, Direction] = Field(default_factory=dict)
    start: Day | None = None
    end: Day | None = None

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> _Experiment:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise fault("is before start", "Correct start or end.", at=("end",))
        return self


class AbTest(_Experiment):
    """Units (or, without `unit`, rows) fell at random into variants, one row each."""

    kind: Literal["ab"] = Field(examples=["ab"])
    file: ExistingFile = Field(examples=["exports/users.csv"])
    unit: Column | None = None
    variant: Column = Field(examples=["version"])
    control: Name = Field(examples=["gate_30"])
    metrics: Metrics = Field(examples=["{retention_7: proportion}"])
    expected_split: dict[Name, Share] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _split_is_whole(self) -> AbTest:
        if self.expected_split and not math.isclose(sum(self.expected_split.values()), 1, abs_tol=1e-6):
            raise fault("does not add up to 1", "Write shares that add up to 1.", at=("expected_split",))
        return self

    @property
    def paths(self) -> tuple[str, ...]:
        """Files of the experiment, below the client folder."""
        return (self.file,)


class DailyRate(Part):
    """A rate of daily counts: successes / trials, both columns of the files."""

    successes: Column = Field(examples=["Enrollments"])
    trials: Column = Field(examples=["Clicks"])


class Arms(Part):
    """The files of the two arms."""

    control: ExistingFile = Field(examples=["exports/control.csv"])
    treatment: ExistingFile = Field(examples=["exports/experiment.csv"])


class AbDailyTest(_Experiment):
    """Two arms, each known by its daily counts only; days common to both are pairs."""

    kind: Literal["ab_daily"] = Field(examples=["ab_daily"])
    files: Arms = Field(examples=["{control: exports/control.csv, treatment: exports/experiment.csv}"])
    date: Column = Field(examples=["Date"])
    split: Column | None = None
    metrics: Annotated[dict[Name, DailyRate], Field(min_length=1)] = Field(
        examples=["{conversion: {successes: Orders, trials: Clicks}}"]
    )
    expected_split: dict[Literal["control", "treatment"], Share] = Field(default_factory=dict)

    @property
    def paths(self) -> tuple[str, ...]:
        """Files of the experiment, below the client folder."""
        return (self.files.control, self.files.treatment)


class _Dated(_Experiment):
    """Runs from `start` to `end`, or to the end of its file."""

    file: ExistingFile = Field(examples=["exports/series.csv"])
    date: Column = Field(examples=["date"])
    outcome: Column = Field(examples=["revenue"])
    start: Day = Field(examples=["2026-03-11"])

    @property
    def paths(self) -> tuple[str, ...]:
        """Files of the experiment, below the client folder."""
        return (self.file,)


class GeoTest(_Dated):
    """Some locations were treated; one row a location and day. `spend` is what the treatment cost."""

    kind: Literal["geo"] = Field(examples=["geo"])
    location: Column = Field(examples=["location"])
    test: Annotated[tuple[Name, ...], Field(min_length=1)] = Field(examples=["[chicago, portland]"])
    spend: NotNegative | None = None


class BeforeAfter(_Dated):
    """One series with a change at `start`; `controls` are columns that the change did not touch."""

    kind: Literal["before_after"] = Field(examples=["before_after"])
    controls: tuple[Column, ...] = ()
    spend: NotNegative | None = None


Experiment: TypeAlias = Annotated[AbTest | AbDailyTest | GeoTest | BeforeAfter, Field(discriminator="kind")]

__all__ = ["AbDailyTest", "AbTest", "Arms", "BeforeAfter", "DailyRate", "Direction", "Experiment", "GeoTest"]
