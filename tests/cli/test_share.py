"""`cuaderno share` from the command to the files."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ended import Ended
from tests.export.conftest import sample
from tests.site.bundles.conftest import lay

Run = Callable[..., Ended]
PASSWORD = "correct horse battery"


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that bundles of the client `acme` go to; its reports are there, a browser is not."""
    period = lay(tmp_path / "given", {"post_campaign": sample(charts=())})
    monkeypatch.setenv("CUADERNO_CLIENTS", str(tmp_path / "given" / "clients"))
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("CHROMIUM", "CUADERNO_REPORTS", "CUADERNO_SHARE_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    return period / "share"


@pytest.fixture
def browser_that_copies(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for Chromium, which prints the page as it is."""
    path = tmp_path / "chromium"
    path.write_text(
        '#!/bin/sh\nfor each in "$@"; do case $each in --print-to-pdf=*) target=${each#*=};; '
        'file:*) source=${each#file://};; esac; done\n/bin/cp "$source" "$target"\n'
    )
    path.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(path))
    return path


def test_a_spreadsheet_is_written_for_each_language(cuaderno: Run, shared: Path) -> None:
    ended = cuaderno("share", "acme", "--period", "2026-10", "--format", "xlsx")

    files = [shared / f"post_campaign.{language}.xlsx" for language in ("en", "es-ES")]
    assert (ended.code, ended.out.split()) == (0, [str(path) for path in files])
    assert sorted(shared.iterdir()) == files
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o644}


def test_the_page_of_the_period_lists_what_was_made(cuaderno: Run, shared: Path) -> None:
    cuaderno("share", "acme", "--period", "2026-10", "--format", "xlsx")

    for language in ("en", "es-ES"):
        page = (shared.parent / f"index.{language}.html").read_text(encoding="utf-8")
        assert f'href="share/post_campaign.{language}.xlsx"' in page


def test_json_names_every_file_with_its_hash(cuaderno: Run, shared: Path) -> None:
    ended = cuaderno("share", "acme", "--period", "2026-10", "--format", "xlsx", "--language", "en", "--json")

    content = (shared / "post_campaign.en.xlsx").read_bytes()
    assert ended.document == {
        "schema": "cuaderno.share/1",
        "client": "acme",
        "period": "2026-10",
        "format": "xlsx",
        "files": [
            {
                "file": "acme/2026-10/share/post_campaign.en.xlsx",
                "sha256": hashlib.sha256(content).hexdigest(),
                "bytes": len(content),
            }
        ],
    }


def test_a_zip_without_a_browser_is_made_and_the_lack_is_told(cuaderno: Run, shared: Path) -> None:
    ended = cuaderno("share", "acme", "--period", "2026-10", "--format", "zip")

    assert (ended.code, ended.out.strip()) == (0, str(shared / "acme-2026-10.zip"))
    assert "apt install chromium" in ended.err


def test_a_pdf_without_a_browser_is_no_preflight(cuaderno: Run, shared: Path) -> None:
    ended = cuaderno("share", "acme", "--period", "2026-10", "--format", "pdf")

    assert (ended.code, ended.out) == (4, "")
    assert "apt install chromium" in ended.err
    assert not shared.exists()


def test_paper_is_that_of_the_country_unless_another_is_named(
    cuaderno: Run, shared: Path, browser_that_copies: Path
) -> None:
    def paper(*more: str) -> str:
        cuaderno("share", "acme", "--period", "2026-10", "--format", "pdf", "--language", "en", *more)
        printed = (shared / "post_campaign.en.pdf").read_text(encoding="utf-8")
        return printed.split("@page{size:")[1].split("}")[0]

    assert (paper(), paper("--paper", "letter")) == ("A4", "Letter")
    client = shared.parents[3] / "clients" / "acme" / "client.yaml"
    client.write_text(client.read_text(encoding="utf-8").replace("country: ES", "country: MX"), encoding="utf-8")
    assert (paper(), paper("--paper", "a4")) == ("Letter", "A4")


def test_reports_that_are_not_there_are_refused_with_the_command(cuaderno: Run, shared: Path) -> None:
    ended = cuaderno("share", "acme", "--period", "2026-09", "--format", "zip")

    assert (ended.code, ended.out) == (2, "")
    assert "cuaderno report acme --period 2026-09" in ended.err


def test_an_encrypted_page_without_a_password_gets_one_that_is_told_once(cuaderno: Run, shared: Path) -> None:
    ended = cuaderno("share", "acme", "--period", "2026-10", "--format", "encrypted", "--language", "en")

    file, passphrase = ended.out.splitlines()
    assert file == str(shared / "post_campaign.en.protected.html")
    word = passphrase.removeprefix("Passphrase: ")
    assert len(word) == 29
    assert word not in ended.err
    assert word not in Path(file).read_text(encoding="utf-8")


def test_a_passphrase_that_was_found_stands_in_the_document(cuaderno: Run, shared: Path) -> None:
    arguments = ("share", "acme", "--period", "2026-10", "--format", "encrypted", "--language", "en", "--json")

    assert len(cuaderno(*arguments).document["passphrase"]) == 29


def test_a_password_comes_from_the_environment_and_is_told_nowhere(
    cuaderno: Run, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUADERNO_SHARE_PASSWORD", PASSWORD)

    ended = cuaderno("share", "acme", "--period", "2026-10", "--format", "encrypted", "--language", "en")

    assert ended.out == f"{shared / 'post_campaign.en.protected.html'}\n"
    assert PASSWORD not in ended.out + ended.err
    assert not [path for path in shared.iterdir() if PASSWORD.encode() in path.read_bytes()]


@pytest.mark.parametrize("weak", ["", "tooshort"])
@pytest.mark.parametrize("kind", ["pdf", "encrypted"])
def test_a_weak_password_is_refused_and_nothing_is_written(
    kind: str, weak: str, cuaderno: Run, shared: Path, browser_that_copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUADERNO_SHARE_PASSWORD", weak)

    ended = cuaderno("share", "acme", "--period", "2026-10", "--format", kind)

    assert (ended.code, ended.out) == (2, "")
    assert "too short" in ended.err
    assert not weak or weak not in ended.err
    assert not shared.exists()


def test_a_password_is_asked_for_twice(cuaderno: Run, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    arguments = ("share", "acme", "--period", "2026-10", "--format", "encrypted", "--language", "en", "--password")

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return PASSWORD

    monkeypatch.setattr("getpass.getpass", answer)
    assert cuaderno(*arguments).code == 2  # there is no terminal to ask at

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    ended = cuaderno(*arguments)
    assert (ended.code, len(asked)) == (0, 2)
    assert "Passphrase" not in ended.out


def test_no_file_is_taken_for_protected_that_is_not(
    cuaderno: Run, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = cuaderno("share", "acme", "--period", "2026-10", "--format", "zip", "--password")
    monkeypatch.setenv("CUADERNO_SHARE_PASSWORD", PASSWORD)
    warned = cuaderno("share", "acme", "--period", "2026-10", "--format", "zip")

    assert (refused.code, warned.code) == (2, 0)
    assert "open to whoever has it" in warned.err
    with zipfile.ZipFile(io.BytesIO((shared / "acme-2026-10.zip").read_bytes())) as archive:
        assert "post_campaign.en.xlsx" in archive.namelist()


def test_a_run_that_holds_the_client_is_not_disturbed(cuaderno: Run, shared: Path) -> None:
    from helpers.batch import hold  # noqa: PLC0415  only this test needs it

    with hold(shared.parents[3] / ".cuaderno" / "acme" / "lock", "acme"):
        ended = cuaderno("share", "acme", "--period", "2026-10", "--format", "xlsx")

    assert (ended.code, ended.out) == (3, "")
    assert not shared.exists()


def test_an_unknown_format_is_misuse(cuaderno: Run, shared: Path) -> None:
    assert cuaderno("share", "acme", "--period", "2026-10", "--format", "docx").code == 2


def test_the_end_of_the_command_is_the_end_of_its_browser(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = tmp_path / "chromium"
    hanging.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/browser\nexec /bin/sleep 300\n")
    hanging.chmod(0o755)
    (tmp_path / "tmp").mkdir()
    environment = os.environ | {"CHROMIUM": str(hanging), "TMPDIR": str(tmp_path / "tmp")}
    command = [sys.executable, "-m", "helpers", "share", "acme", "--period", "2026-10", "--format", "pdf"]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: (tmp_path / "browser").is_file() and (tmp_path / "browser").read_text().strip() != "")

    running.terminate()

    assert running.wait(20) == 143
    assert not Path(f"/proc/{(tmp_path / 'browser').read_text().strip()}").exists()
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not shared.exists()


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it did not come")
