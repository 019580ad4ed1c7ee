"""The claims document as it is read back, from a page that anybody may have edited or from a file of a run."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from helpers.claims import SCHEMA, Basis, Verdict
from helpers.errors import UsageError
from helpers.units import Period, Unit


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class Days(_Form):
    """First and last day."""

    start: date
    end: date

    @property
    def period(self) -> Period:
        """The same as a period."""
        return Period(self.start, self.end)


class Bounds(_Form):
    """An interval."""

    low: float
    high: float
    level: float


class Compared(_Form):
    """What a claim is held against."""

    what: Basis
    value: float


class Rows(_Form):
    """A file, and how many of its rows count."""

    file: str
    sha256: str
    rows: int


class Input(Rows):
    """A file that a run has read; one that is earlier is among the exports no more."""

    is_earlier: bool = False


class Print(_Form):
    """Anything by its digest."""

    name: str
    sha256: str


class ClaimForm(_Form):
    """A published claim, with the fields of the contract."""

    id: str
    metric: str
    scope: dict[str, str]
    period: Days
    value: float | str
    unit: Unit
    currency: str | None = None
    interval: Bounds | None = None
    n: float | None = None
    compared_to: Compared | None = None
    verdict: Verdict | None = None
    evidence: list[Rows] = []


class MadeFrom(_Form):
    """What a page was made from; see `blocks.Making`."""

    period: str
    as_of: date
    languages: list[str] = []
    inputs: list[Rows]
    files: list[Print]
    earlier: list[Print]
    goals: list[dict[str, Any]]
    definitions: dict[str, str]
    versions: dict[str, str]


class Document(_Form):
    """A claims document; `language` is that of its texts. Those of index pages say not what they were made from."""

    form: Literal["cuaderno.claims/1"] = Field(alias="schema")
    client: str
    stage: str
    period: Days
    claims: list[ClaimForm]
    language: str = ""
    made_from: MadeFrom | None = None

    @model_validator(mode="after")
    def _each_once(self) -> Document:
        twice = [name for name, count in Counter(claim.id for claim in self.claims).items() if count > 1]
        if twice:
            raise ValueError(f"{twice[0]} is claimed twice")
        return self

    @property
    def by_id(self) -> dict[str, ClaimForm]:
        """The claims by their ids."""
        return {claim.id: claim for claim in self.claims}


def parse(text: str | bytes, where: str) -> Document:
    """Read a claims document.

    Raises
    ------
    UsageError
        If it is none.
    """
    try:
        return Document.model_validate_json(text)
    except ValidationError as error:
        found = error.errors(include_url=False)[0]
        place = ".".join(map(str, found["loc"]))
        raise UsageError(
            f"the claims are not those of a {SCHEMA} document",
            where=where,
            seen=f"{place}: {found['msg']}" if place else found["msg"],
            next_step="Take the file as `cuaderno report` wrote it; what was sent on may have been damaged.",
        ) from error
