"""The places that name dependencies agree, and none of them names a machine or a registry."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = YAML(typ="safe").load(ROOT / "environment.yml")["dependencies"]
PINS = {
    canonicalize_name(Requirement(line).name)
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}


def requirements() -> dict[str, Requirement]:
    return {canonicalize_name(r.name): r for r in map(Requirement, PROJECT["dependencies"])}


def test_environment_yml_names_the_same_ranges_as_pyproject() -> None:
    named = [Requirement(item) for item in CONDA if isinstance(item, str) and item not in {"pip"}]
    packages = {canonicalize_name(r.name): r.specifier for r in named if r.name != "python"}

    assert packages == {name: requirements()[name].specifier for name in packages}
    assert {"jupyterlab", "papermill", "pandas", "seaborn", "nbconvert"} <= set(packages)


def test_environment_yml_asks_for_the_same_python_as_pyproject() -> None:
    python = next(Requirement(item) for item in CONDA if isinstance(item, str) and item.startswith("python"))

    assert str(python.specifier) == PROJECT["requires-python"]


def test_environment_yml_takes_all_else_from_the_lock_and_the_project() -> None:
    pip = next(item["pip"] for item in CONDA if isinstance(item, dict))

    assert pip == ["-c requirements.lock", "-e .[dev]"]


def test_the_lock_holds_every_dependency_and_all_extras() -> None:
    extras = PROJECT["optional-dependencies"].values()
    wanted = [*PROJECT["dependencies"], *(item for extra in extras for item in extra)]

    assert {canonicalize_name(Requirement(item).name) for item in wanted} - PINS == set()


def test_the_lock_names_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")

    assert not re.search(r"://|file:|--index|--hash", text)
