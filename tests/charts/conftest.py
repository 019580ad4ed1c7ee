"""The typical sample of every chart."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.catalogue.samples import typical


@pytest.fixture(scope="session", name="parts")
def _parts() -> dict[str, Any]:
    return typical()
