"""A file read in both ways: held as small ones are, and in passing as large ones are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from helpers.intake import Receipt, Source, large, read_file
from helpers.intake.large import outline, parquet
from helpers.intake.reader import files_of
from helpers.tables import TABLES

NEVER = 1 << 60


@dataclass(frozen=True)
class Both:
    """A file read as small files are, and as large ones; `passing` says whether it was read in passing."""

    small: Receipt
    small_rows: pd.DataFrame
    large: Receipt
    large_rows: pd.DataFrame
    passing: bool

    @property
    def is_same(self) -> bool:
        """Whether receipts are equal, and rows too; records that are not plain stand behind the others."""
        columns = list(self.small_rows.columns)
        one, other = (
            frame.sort_values(columns, ignore_index=True) if len(frame) else frame
            for frame in (self.small_rows, self.large_rows)
        )
        return self.small == self.large and one.equals(other)


Reader = Callable[..., Both]


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Read a file in both ways; `head` bytes of it are its outline."""

    def read(content: str | bytes | Path, *, head: int = 600, sources: tuple[Source, ...] = ()) -> Both:
        path = content if isinstance(content, Path) else tmp_path / "ads.csv"
        if isinstance(content, str | bytes):
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        into = tmp_path / "rows"
        into.mkdir()
        monkeypatch.setattr(large, "THRESHOLD", NEVER)
        small = read_file(path, sources=sources)
        monkeypatch.setattr(large, "THRESHOLD", 0)
        monkeypatch.setattr(outline, "HEAD", head)
        monkeypatch.setattr(parquet, "HEAD_ROWS", head // 60)
        found = read_file(path, sources=sources, into=into)
        rows = [
            held(into / part, table.table)
            for part, table in zip(found.receipt.parts, found.receipt.tables, strict=True)
        ]
        passing = any(into.iterdir())
        frames = rows if passing else [frame for _, frame in found.frames]
        return Both(small.receipt, joined([frame for _, frame in small.frames]), found.receipt, joined(frames), passing)

    def held(part: Path, table: str) -> pd.DataFrame:
        if not part.exists():
            return pd.DataFrame()
        return TABLES[table].conform(pd.concat(map(pd.read_parquet, files_of(part)), ignore_index=True))

    return read


def joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """All rows of a file."""
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
