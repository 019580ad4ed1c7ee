"""Small exports for the tests of the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from helpers.intake import Receipt
from helpers.store import Collected, Fx, Store, collect

Gather = Callable[..., Collected]


@pytest.fixture
def gather(tmp_path: Path) -> Gather:
    """Write files, ingest them and collect them."""

    def run(
        files: dict[str, str], *, currency: str = "EUR", fx: Fx | None = None, sources: Sequence[object] = ()
    ) -> Collected:
        store = Store(tmp_path / "store")
        receipts: list[Receipt] = []
        for name, text in files.items():
            path = tmp_path / name
            path.write_text(text, encoding="utf-8")
            receipts.append(store.ingest(path, name=name, sources=sources))  # type: ignore[arg-type]
        return collect(store, receipts, currency=currency, fx=fx)

    return run
