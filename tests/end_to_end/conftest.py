"""Reports that are made once and read by many tests."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest
from tests.ended import Ended

from .raw_exports import all_ads, all_orders
from .workbook import PERIOD, Project, copy_demo, made_once, report


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of this session share, and no other session."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "end_to_end"
    shared.mkdir(exist_ok=True)
    return shared


@pytest.fixture(scope="session")
def demo(shelf: Path) -> Project:
    """The report of the committed demo client for October 2026, made from a copy of it."""

    def make(folder: Path) -> Ended:
        copy_demo(folder)
        return report(folder, "demo", "--period", PERIOD, folder=folder)

    made = made_once(shelf / "demo", make)
    assert made.ended.code == 0, made.ended.err
    return made


@pytest.fixture(scope="session")
def ads() -> pd.DataFrame:
    """Every row of the ad platforms of the demo client, in euros."""
    return all_ads()


@pytest.fixture(scope="session")
def orders() -> pd.DataFrame:
    """One row an order of the demo client."""
    return all_orders()
