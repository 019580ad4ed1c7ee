"""How far these tests go: the strong handful always, the corpora where `make hostile` asks for them."""

from __future__ import annotations

import os

import pytest

from .payloads import ABSENT, CORPORA, OWN, corpora

IS_WHOLE = os.environ.get("HOSTILE") == "all"
BATCH = 40


def batches() -> list[list[str]]:
    """The payloads in groups that fill a page each: our own, then those of the corpora if they are asked for."""
    texts = corpora() if IS_WHOLE else []
    return [list(OWN.values()), *(texts[at : at + BATCH] for at in range(0, len(texts), BATCH))]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "batch" in metafunc.fixturenames:
        made = batches()
        names = ["own", *(f"corpora {number}" for number in range(1, len(made)))]
        metafunc.parametrize("batch", made, ids=names)


def pytest_report_header() -> str | None:
    if not IS_WHOLE:
        return None
    return f"{len(corpora())} payloads of the corpora" if CORPORA.is_dir() else ABSENT
