"""The store: content-addressed, so that an unchanged file is never parsed twice."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pandas as pd

from helpers.errors import ExportError
from helpers.intake import READER_VERSION, Problem, Receipt, Source, safety
from helpers.intake.guarded import BORDER
from helpers.intake.private import DEFAULT_SALT
from helpers.intake.reader import files_of
from helpers.intake.safety import Seal
from helpers.tables import TABLES


@dataclass(frozen=True)
class Store:
    """All exports that a client ever had, under `root/files/<key>/`.

    The key follows from the bytes of the file, the version of the reader, the entries of client.yaml that apply to it
    and the salt: if one of them changes, the file is read again, and what was read before stays.
    """

    root: Path

    def ingest(
        self,
        path: Path,
        *,
        name: str | None = None,
        sources: Sequence[Source] = (),
        salt: str = DEFAULT_SALT,
    ) -> Receipt:
        """Return the receipt of a file, reading it only if it was never read this way.

        Parameters
        ----------
        path, name, sources, salt
            As for `read_file`.
        """
        shown = name or path.name
        try:
            safety.check_path(path)
            seal = safety.sealed(path)
            key = _key(seal, sources, salt)
        except (ExportError, OSError) as error:
            return Receipt(shown, "", problems=(Problem.of_error(error),))
        folder = self.root / "files" / key
        saved = _saved(folder)
        if saved is not None:
            return replace(saved, file=shown)
        with _beside(folder) as beside:
            receipt = BORDER.read(path, name=shown, sources=sources, salt=salt, seal=seal, into=beside)
            receipt = replace(receipt, key=key)
            if receipt.is_settled:
                _keep(folder, beside, receipt)
        return receipt

    def seen(self) -> list[Receipt]:
        """Return the receipts of all exports ever read, those no longer among the client's files too."""
        folders = sorted(folder for folder in (self.root / "files").glob("*") if not folder.name.startswith("."))
        return [receipt for folder in folders if (receipt := _saved(folder)) is not None]

    def read(self, table: str, receipts: Sequence[Receipt]) -> pd.DataFrame:
        """Return all rows of one canonical table from some files; all its columns and no row if there are none.

        The column `file` names each file as its receipt does.
        """
        paths = [
            str(path)
            for receipt in receipts
            for part, found in zip(receipt.parts, receipt.tables, strict=True)
            if found.table == table and receipt.key
            for path in files_of(self.root / "files" / receipt.key / part)
        ]
        if not paths:
            return TABLES[table].empty()
        with duckdb.connect() as connection:
            rows = connection.execute("SELECT * FROM read_parquet(?, union_by_name = true)", [paths]).df()
        names = {receipt.sha256: receipt.file for receipt in receipts}
        return TABLES[table].conform(rows.assign(file=rows["sha256"].map(names)))


def _key(seal: Seal, sources: Sequence[Source], salt: str) -> str:
    parts = [seal.sha256, str(READER_VERSION), *(source.fingerprint() for source in sources), salt]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _saved(folder: Path) -> Receipt | None:
    """Return the receipt of a file read before; None where there is none, or what is there cannot be used."""
    try:
        receipt = Receipt.from_json(json.loads((folder / "receipt.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return receipt if all((folder / part).exists() for part in receipt.parts) else None


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Make a folder of this process beside one of the store, and leave nothing of it behind."""
    beside = folder.with_name(f".{folder.name}-{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True, mode=0o700)
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _keep(folder: Path, beside: Path, receipt: Receipt) -> None:
    """Rename what was written beside, so that a folder of the store is either whole or not there."""
    document = {**receipt.as_json(), "created": receipt.created, "key": receipt.key}
    (beside / "receipt.json").write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    if _saved(folder) is not None:  # another run was faster: both read the same bytes
        return
    shutil.rmtree(folder, ignore_errors=True)
    try:
        beside.rename(folder)
    except OSError:
        if _saved(folder) is None:
            raise
