"""The registries are listed whole."""

from __future__ import annotations

from collections.abc import Callable

from tests.ended import Ended

from helpers.kpis import METRICS
from helpers.platforms import PLATFORMS
from helpers.simulate import FAULTS


def test_every_metric_is_listed(cuaderno: Callable[..., Ended]) -> None:
    listed = cuaderno("kpis", "--json").document["metrics"]

    assert [metric["id"] for metric in listed] == list(METRICS)
    assert all(metric["label"] and metric["unit"] and metric["additivity"] for metric in listed)
    assert "roas" in cuaderno("kpis").out


def test_every_platform_is_listed(cuaderno: Callable[..., Ended]) -> None:
    listed = cuaderno("platforms", "--json").document["platforms"]

    assert [platform["source"] for platform in listed] == sorted(PLATFORMS)
    assert all(source in cuaderno("platforms").out for source in PLATFORMS)


def test_a_language_without_catalog_is_misuse(cuaderno: Callable[..., Ended]) -> None:
    assert cuaderno("kpis", "--language", "xx").code == 2


def test_a_fault_that_cannot_be_planted_is_misuse(cuaderno: Callable[..., Ended], tmp_path: object) -> None:
    ended = cuaderno("simulate", f"{tmp_path}/world", "--without", "no_such_fault")

    assert ended.code == 2
    assert FAULTS[0] in ended.err
