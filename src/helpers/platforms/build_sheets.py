"""What the build sheets of all platforms have in common: rows to be uploaded, every column kept as it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.platforms.model import Header, Report, Shaped

_STATUS = "_status_"


@dataclass(frozen=True)
class BuildSheet:
    """The layout of one platform's bulk upload.

    Parameters
    ----------
    name
        What it is called.
    platform
        As in the canonical tables.
    levels
        Headers of the names, by canonical column.
    statuses
        Headers of the states, from the finest level up: a row has that of its own level.
    marks
        Headers that only build sheets have.
    columns
        Further headers, each kept as a column of its own.
    aside_columns
        Headers that are known and left out.
    asides
        First cells of rows that tell something of the file.
    """

    name: str
    platform: str
    levels: Mapping[str, tuple[str, ...]]
    statuses: tuple[str, ...]
    marks: tuple[str, ...]
    columns: tuple[str, ...]
    aside_columns: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()

    def report(self) -> Report:
        """Return the sheet as one of the platform's reports."""
        return Report(
            name=self.name,
            table="bulk",
            headers=(
                *(Header(column, {"en": names}) for column, names in self.levels.items()),
                *(Header(f"{_STATUS}{rank}", {"en": (name,)}) for rank, name in enumerate(self.statuses)),
                *(Header(_column(name), {"en": (name,)}, kind="text") for name in self.columns),
            ),
            required=(tuple(self.levels),),
            marks=self.marks,
            needs_mark=True,
            known={"en": self.aside_columns},
            constants={"platform": self.platform},
            asides=self.asides,
            shape=_with_own_status,
        )


def _column(header: str) -> str:
    """Name the column of a header: `*Ad Set Start Date` is ad_set_start_date."""
    return re.sub(r"\W+", "_", header.casefold()).strip("_")


def _with_own_status(frame: pd.DataFrame) -> Shaped:
    """Give every row the state of its own level: the finest that it states."""
    states = sorted(name for name in frame.columns if name.startswith(_STATUS))
    if states:
        frame = frame.assign(status=frame[states].bfill(axis=1).iloc[:, 0])
    return {"bulk": frame}
