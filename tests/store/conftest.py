"""Small exports for the tests of the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from helpers.intake import Receipt, Source
from helpers.store import Collected, Fx, Store, collect

Gather = Callable[..., Collected]


@pytest.fixture
def gather(tmp_path: Path) -> Gather:
    """Write files, ingest them with the sources that are meant for each, and collect them."""

    def run(
        files: dict[str, str], *, currency: str = "EUR", fx: Fx | None = None, sources: Sequence[Source] = ()
    ) -> Collected:
        store = Store(tmp_path / "store")
        receipts: list[Receipt] = []
        for name, text in files.items():
            path = tmp_path / name
            path.write_text(text, encoding="utf-8")
            meant = [source for source in sources if source.applies_to(name)]
            receipts.append(store.ingest(path, name=name, sources=meant))
        return collect(store, receipts, currency=currency, fx=fx)

    return run
