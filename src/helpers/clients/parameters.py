"""The parameters of a notebook, checked before anything runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, StrictStr, ValidationError, field_validator

from helpers.clients import periods
from helpers.clients.nearest import advice
from helpers.errors import UsageError
from helpers.wording import LANGUAGES

_ANY_DAY = date(2000, 1, 1)


class Parameters(BaseModel):
    """What a notebook is run with; all are text, as in its parameters cell.

    Parameters
    ----------
    client
        Name of the client's folder.
    period
        As `periods.parse` reads it.
    languages
        Separated by commas; empty stands for all of the client's.
    as_of
        The day that counts as today, ISO 8601; empty leaves it to the client file and the data.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    client: StrictStr = "demo"
    period: StrictStr = periods.LAST_MONTH
    languages: StrictStr = ""
    as_of: StrictStr = ""

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Parameters:
        """Check parameters as they come from a command or a file.

        Raises
        ------
        UsageError
            For the first that is unknown, misspelt or ill-typed.
        """
        for name in values:
            if name not in cls.model_fields:
                raise UsageError("there is no such parameter", where=name, next_step=advice(name, cls.model_fields))
        try:
            return cls.model_validate(dict(values))
        except ValidationError as error:
            found = error.errors(include_url=False)[0]
            raise UsageError(
                "the parameter must be text",
                where=str(found["loc"][0]),
                seen=f"{found['input']!r}",
                next_step='Put it in quotes, such as period = "2026-10".',
            ) from error

    @field_validator("period", mode="before")
    @classmethod
    def _year_as_text(cls, value: object) -> object:
        """Take a whole number as a year: papermill makes one of `-p period 2026`."""
        is_year = isinstance(value, int) and not isinstance(value, bool)
        return str(value) if is_year else value

    @field_validator("period")
    @classmethod
    def _is_a_period(cls, value: str) -> str:
        periods.parse(value, as_of=_ANY_DAY, covered=None)
        return value

    @field_validator("languages")
    @classmethod
    def _are_known(cls, value: str) -> str:
        for language in _split(value):
            if language not in LANGUAGES:
                raise UsageError(
                    "reports cannot be written in this language",
                    where="languages",
                    seen=language,
                    next_step=advice(language, LANGUAGES),
                )
        return value

    @field_validator("as_of")
    @classmethod
    def _is_a_day(cls, value: str) -> str:
        try:
            if value:
                date.fromisoformat(value)
        except ValueError as error:
            raise UsageError(
                "this is no day", where="as_of", seen=value, next_step="Write it as 2026-11-05 (year, month, day)."
            ) from error
        return value

    @property
    def language_list(self) -> tuple[str, ...]:
        """The languages asked for, in the order given; empty for all of the client's."""
        return tuple(dict.fromkeys(_split(self.languages)))

    @property
    def today(self) -> date | None:
        """The day that counts as today, where it was given."""
        return date.fromisoformat(self.as_of) if self.as_of else None


def _split(languages: str) -> list[str]:
    return [part.strip() for part in languages.split(",") if part.strip()]
