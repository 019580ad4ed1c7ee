"""The ZIP: the same bytes each time, nothing that leads out of it, a manifest that is true."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.clients import Client
from helpers.errors import RunError, UsageError
from helpers.site import bundles
from helpers.site.bundles import FORMATS, Handover, Wishes

from .conftest import EXPORT, client_of, lay

LINK = re.compile(r'href="(?!https:|mailto:|#)([^"#]*)')


@pytest.fixture
def two_stages(tmp_path: Path, notebook: Any) -> Client:
    """A client with two finished stages and one that failed."""
    lay(tmp_path / "two", {"audit": EXPORT.sample(charts=()), "post_campaign": notebook}, failed=("strategy",))
    return client_of(tmp_path / "two")


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))


def unpacked(handover: Handover) -> dict[str, bytes]:
    (content,) = FORMATS["zip"](handover, Wishes()).files.values()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def digests(bundle: bundles.Bundle) -> dict[str, str]:
    """What the archive of a bundle holds, by name."""
    (content,) = bundle.files.values()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}


def test_it_holds_pages_pdf_spreadsheets_and_an_index_in_each_language(handover: Handover, chromium: str) -> None:
    made = FORMATS["zip"](handover, Wishes())

    assert (list(made.files), made.warnings) == (["acme-2026-10.zip"], ())
    expected = [f"post_campaign.{language}.{kind}" for language in ("en", "es-ES") for kind in ("html", "pdf", "xlsx")]
    names = sorted([*expected, "index.en.html", "index.es-ES.html", "manifest.json"])
    with zipfile.ZipFile(io.BytesIO(made.files["acme-2026-10.zip"])) as archive:
        assert archive.namelist() == names


def test_the_same_reports_give_the_same_bundle(client: Client, chromium: str) -> None:
    asked = bundles.find(client, "2026-10", languages=["en"])

    made = [FORMATS["zip"](asked, Wishes()) for _ in range(2)]

    assert [bundle.warnings for bundle in made] == [(), ()]
    # Digests, for to show how thousands of lines of bytes differ takes minutes.
    assert digests(made[0]) == digests(made[1])
    assert len({content for bundle in made for content in bundle.files.values()}) == 1


def test_the_manifest_names_every_file_with_its_hash_and_size(two_stages: Client, no_browser: None) -> None:
    files = unpacked(bundles.find(two_stages, "2026-10"))

    document = json.loads(files.pop("manifest.json"))
    assert (document["client"], document["period"], document["as_of"]) == ("acme", "2026-10", "2026-11-05")
    assert {one["file"]: (one["sha256"], one["bytes"]) for one in document["files"]} == {
        name: (hashlib.sha256(content).hexdigest(), len(content)) for name, content in files.items()
    }


def test_the_time_of_packing_leaves_no_trace(handover: Handover, no_browser: None) -> None:
    (content,) = FORMATS["zip"](handover, Wishes()).files.values()

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 5, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())


def test_without_a_browser_the_bundle_has_no_pdf_and_says_so(handover: Handover, no_browser: None) -> None:
    made = FORMATS["zip"](handover, Wishes())

    assert not [name for name in unpacked(handover) if name.endswith(".pdf")]
    assert len(made.warnings) == 1
    assert "apt install chromium" in made.warnings[0]


@pytest.mark.parametrize(("stages", "languages"), [((), ()), (("audit",), ()), ((), ("en",)), (("audit",), ("en",))])
def test_every_link_leads_to_a_file_of_the_bundle(
    stages: tuple[str, ...], languages: tuple[str, ...], two_stages: Client, no_browser: None
) -> None:
    files = unpacked(bundles.find(two_stages, "2026-10", stages, languages))

    led = {name: LINK.findall(content.decode()) for name, content in files.items() if name.endswith(".html")}
    assert {target for targets in led.values() for target in targets} <= set(files)
    assert ("audit.es-ES.html" in led) == (not languages)
    assert ("post_campaign.en.html" in led) == (not stages)
    assert led["index.en.html"].count("audit.en.html") == 1
    assert ("audit.es-ES.html" in led["audit.en.html"]) == (not languages)
    assert ('<nav class="languages"' in files["audit.en.html"].decode()) == (not languages)


def test_what_was_not_asked_for_is_not_told_of(two_stages: Client, no_browser: None) -> None:
    index = unpacked(bundles.find(two_stages, "2026-10", ["audit"]))["index.en.html"].decode()

    assert "Audit" in index
    assert "Post-campaign" not in index
    assert "Strategy" not in index


def test_a_page_in_a_bundle_is_the_page_that_was_read_before(handover: Handover, no_browser: None) -> None:
    files = unpacked(handover)

    assert files["post_campaign.en.html"].decode() == handover.page("post_campaign.en.html")


def test_a_stage_whose_last_run_failed_is_left_out_and_named(two_stages: Client, tmp_path: Path) -> None:
    (two_stages.reports / "2026-10" / "strategy.en.html").write_text("of an earlier run")

    handover = bundles.find(two_stages, "2026-10")

    assert [stage.name for stage in handover.run.stages] == ["audit", "post_campaign"]
    assert handover.left_out == ("strategy",)
    with pytest.raises(UsageError, match="cuaderno report acme --period 2026-10 --stage strategy"):
        bundles.find(two_stages, "2026-10", ["strategy"])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"period": "2026-09"}, "cuaderno report acme --period 2026-09"),
        ({"stages": ["persona"]}, "--stage persona. There are: post_campaign"),
        ({"languages": ["es-MX"]}, "There are: en, es-ES"),
        ({"period": "someday"}, "2026-10"),
    ],
)
def test_what_is_not_there_is_refused_with_the_command_that_makes_it(
    asked: dict[str, Any], said: str, client: Client
) -> None:
    with pytest.raises(UsageError) as raised:
        bundles.find(client, **({"period": "2026-10"} | asked))

    assert said in str(raised.value)


def test_last_month_is_that_of_the_newest_run(client: Client) -> None:
    assert bundles.find(client, "last-month").folder == client.reports / "2026-10"


def test_a_page_that_somebody_has_changed_does_not_go_out_as_ours(own: Handover, program: Callable[[str], str]) -> None:
    program('cp "$0" "$target"')
    path = own.folder / "post_campaign.en.html"
    path.write_text(path.read_text(encoding="utf-8").replace("<style>", "<style>p{}"), encoding="utf-8")

    with pytest.raises(RunError, match="not as the workbook"):
        FORMATS["pdf"](own, Wishes())
