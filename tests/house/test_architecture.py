"""ARCHITECTURE.md lists what there is, in the order that the layers have."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]


def listed() -> list[str]:
    table = TEXT.split("## Layers")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)


def test_the_inventory_names_every_module_of_the_package_and_no_other() -> None:
    package = ROOT / "src" / "helpers"
    modules = {path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}

    assert set(listed()) == modules - {"__init__", "__main__"}


def test_the_inventory_has_the_order_that_imports_are_held_to() -> None:
    assert listed() == CONTRACT["layers"]


def test_every_place_that_the_page_names_is_there() -> None:
    table = TEXT.split("## One place")[1].split("\n## ")[0]
    named = re.findall(
        r"`((?:platforms|kpis|stages|notebooks|wording/catalogs|charts|engines|tables|templates/report)[^`<N]*)", table
    )

    for place in named:
        assert (ROOT / place).exists() or (ROOT / "src" / "helpers" / place).exists(), place


def test_it_is_one_page() -> None:
    assert TEXT.count("\n") <= 150
