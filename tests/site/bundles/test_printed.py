"""PDF as Chromium prints it, opened with another library."""

from __future__ import annotations

import http.server
import io
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from helpers.errors import PreflightError, RunError
from helpers.site import bundles
from helpers.site.bundles import FORMATS, Handover, Wishes
from helpers.site.bundles import chromium as browser
from helpers.site.bundles.printed import LETTER, paper_of

from .conftest import CHARTS, EXPORT, client_of, lay

NO_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
PASSWORD = "ñandú en la niebla"


Printed = Callable[..., bytes]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Printed:
    """Print the Spanish page, which has a link to a file beside it that would be seen on paper."""
    project = tmp_path_factory.mktemp("printed")
    page = lay(project, {"post_campaign": EXPORT.sample(charts=CHARTS)}) / "post_campaign.es-ES.html"
    page.write_text(page.read_text("utf-8").replace("<h1>", '<p><a href="audit.html">Audit</a></p><h1>', 1), "utf-8")
    handover = bundles.find(client_of(project), "2026-10", languages=["es-ES"])

    def made(**wishes: Any) -> bytes:
        files = FORMATS["pdf"](handover, Wishes(**wishes)).files
        assert list(files) == ["post_campaign.es-ES.pdf"]
        return files["post_campaign.es-ES.pdf"]

    return made


@pytest.fixture(scope="module")
def content(printed: Printed) -> bytes:
    """The Spanish page on A4."""
    return printed()


@pytest.fixture
def server() -> Iterator[tuple[int, list[str]]]:
    """A web server of one's own, and what it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: Any) -> None: ...

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running.server_port, asked
        running.shutdown()
        thread.join()


def test_a_pdf_is_tagged_has_an_outline_and_says_its_language_and_title(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as document, document.open_outline() as outline:
        assert document.Root.Lang == "es-ES"
        assert document.Root.MarkInfo.Marked is True
        assert "/StructTreeRoot" in document.Root
        assert document.docinfo.Title == "Post-campaign report · Café Aurora · 1–31 oct 2026"
        assert document.Root.ViewerPreferences.DisplayDocTitle is True
        assert [entry.title for entry in outline.root] == ["Post-campaign report"]
        sections = [entry.title for entry in outline.root[0].children]
        assert sections[1:4] == ["What we found", "Where it came from", "Detail by campaign"]


def test_a_pdf_has_the_paper_that_was_wished(content: bytes, printed: Printed) -> None:
    assert sizes(content) == {(595, 842)}
    assert sizes(printed(paper="Letter")) == {(612, 792)}


def sizes(content: bytes) -> set[tuple[int, ...]]:
    with pikepdf.open(io.BytesIO(content)) as document:
        return {tuple(round(float(side)) for side in page.MediaBox[2:]) for page in document.pages}


def test_a_pdf_names_no_place_of_this_machine_and_no_time_of_printing(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as document:
        links = [str(note.A.URI) for page in document.pages for note in page.get("/Annots", []) if "/URI" in note.A]
        plain = io.BytesIO()
        document.save(plain, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
        assert document.docinfo.CreationDate == document.docinfo.ModDate == "D:20261105000000+00'00'"

    assert set(links) == {"https://x.es/"}
    assert b"file:" not in plain.getvalue()
    assert tempfile.gettempdir().encode() not in plain.getvalue()


def test_the_same_report_gives_the_same_pdf_in_any_time_zone(
    content: bytes, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.sleep(1.1)  # what the clock says has changed

    assert printed() == content


def test_heads_of_tables_are_numbered_from_one_whatever_numbers_the_browser_gives(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as document:
        named = document.Root.StructTreeRoot.IDTree.Kids[0].Names

    numbers = [int(str(name).removeprefix("node")) for name in list(named)[::2]]
    assert len(numbers) > 10
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(map(int, re.findall(rb"\(node(\d{8})\)", content))) == set(numbers)


def test_a_password_closes_a_pdf_with_aes_256(printed: Printed) -> None:
    closed = printed(password=PASSWORD)

    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(closed))
    with pikepdf.open(io.BytesIO(closed), password=PASSWORD) as document:
        assert (document.encryption.R, document.encryption.bits) == (6, 256)
        assert "aesv3" in str(document.encryption.stream_method)
        assert document.Root.Lang == "es-ES"
    assert "Aurora".encode("utf-16-be") not in closed


def test_nothing_is_asked_of_the_network(handover: Handover, chromium: str, server: tuple[int, list[str]]) -> None:
    port, asked = server
    tracked = f'<img src="http://127.0.0.1:{port}/a.png"><img src="http://localhost:{port}/b.png"><main'
    page = NO_POLICY.sub("", handover.page("post_campaign.es-ES.html")).replace("<main", tracked, 1)

    assert browser.pdf_of(page, chromium).startswith(b"%PDF")
    assert asked == []


def test_a_browser_that_hangs_is_ended_with_all_that_it_started(
    program: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    hanging = program(f"sleep 300 & echo $! > {tmp_path}/child; wait")

    with pytest.raises(RunError, match="within"):
        browser.pdf_of("<p>", hanging, seconds=1)

    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        if not is_alive(child):
            break
        time.sleep(0.05)
    assert not is_alive(child)
    assert list((tmp_path / "tmp").iterdir()) == []


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    # One that nobody waits for stays in the list though it has ended.
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_browser_is_told_nothing_of_the_environment(
    program: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUADERNO_SHARE_PASSWORD", PASSWORD)
    monkeypatch.setenv("TZ", "Asia/Kolkata")

    told = browser.pdf_of("<p>", program('env > "$target"')).decode()

    assert "CUADERNO" not in told
    assert "TZ=UTC" in told


def test_a_browser_that_prints_nothing_is_an_error_with_its_words(program: Callable[[str], str]) -> None:
    with pytest.raises(RunError, match="No usable sandbox") as raised:
        browser.pdf_of("<p>", program("echo 'No usable sandbox!' >&2; exit 5"))

    assert "exit 5" in str(raised.value)


def test_without_a_browser_the_error_names_the_package(
    handover: Handover, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(PreflightError, match="apt install chromium") as raised:
        FORMATS["pdf"](handover, Wishes())

    assert raised.value.exit_code == 4


def test_a_browser_that_is_named_and_not_there_is_not_replaced_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")

    with pytest.raises(PreflightError, match="/nowhere/chromium"):
        browser.program()


def test_a_country_has_its_paper() -> None:
    assert {paper_of(country) for country in LETTER} == {"Letter"}
    assert {paper_of(country) for country in ("ES", "AR", "PE", "DE", None)} == {"A4"}
    assert {"US", "CA", "MX", "CO", "CL", "VE", "PH"} <= LETTER
