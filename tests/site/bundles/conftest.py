"""A client with finished reports, made of the notebook that the tests of the pages use."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.export import conftest as EXPORT  # noqa: N812  samples, used like constants
from tests.site import conftest as SITE  # noqa: N812  samples, used like constants

from helpers.clients import Client, find, open_client
from helpers.export import pages
from helpers.site import bundles
from helpers.site.bundles import Handover

CHARTS = ("bars", "forest")
CLIENT = "name: Café Aurora\ncurrency: EUR\ntimezone: Europe/Madrid\ncountry: ES\n"


def lay(project: Path, notebooks: Mapping[str, Any], failed: tuple[str, ...] = ()) -> Path:
    """Lay down the client `acme` with what a run leaves of these notebooks, and return the folder of the period."""
    folder = project / "clients" / "acme"
    folder.mkdir(parents=True)
    (folder / "client.yaml").write_text(CLIENT, encoding="utf-8")
    stages = [SITE.stage(name) for name in notebooks] + [SITE.stage(name, "failed", error="no") for name in failed]
    period: Path = SITE.write_run(project / "reports", stages=stages, as_of="2026-11-05")
    for name, notebook in notebooks.items():
        (period / f"{name}.ipynb").write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
        for language, page in pages(notebook).items():
            # The sample speaks for one stage; its pages lead to each other under the names that they lie under.
            (period / f"{name}.{language}.html").write_text(page.replace("post_campaign.e", f"{name}.e"), "utf-8")
    return period


@pytest.fixture
def notebook() -> Any:
    """An executed notebook, to be changed at will."""
    return EXPORT.sample(charts=CHARTS)


def client_of(project: Path) -> Client:
    """The client that was laid down there."""
    return open_client("acme", find(project / "clients", project / "reports", environment={}))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """A client with the reports of one stage in Spanish and English, which tests leave as they are."""
    project = tmp_path_factory.mktemp("project")
    lay(project, {"post_campaign": EXPORT.sample(charts=CHARTS)})
    return client_of(project)


@pytest.fixture(scope="module")
def handover(client: Client) -> Handover:
    return bundles.find(client, "2026-10")


@pytest.fixture
def own(tmp_path: Path, notebook: Any) -> Handover:
    """The same reports once more, for a test that changes them."""
    lay(tmp_path, {"post_campaign": notebook})
    return bundles.find(client_of(tmp_path), "2026-10")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Put a shell script in Chromium's place; it finds where to print to in `$target`."""

    def put(script: str) -> str:
        path = tmp_path / "chromium"
        target = 'for each in "$@"; do case $each in --print-to-pdf=*) target=${each#*=};; esac; done\n'
        path.write_text(f"#!/bin/sh\n{target}{script}\n")
        path.chmod(0o755)
        monkeypatch.setenv("CHROMIUM", str(path))
        return str(path)

    return put
