"""The workbook as its users meet it: commands that are run, pages that are read; nothing of the package is imported."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from tests.ended import Ended

CHECKOUT = Path(__file__).resolve().parents[2]
PERIOD = "2026-10"
STAGES = ("audit", "market_research", "persona", "strategy", "post_campaign", "community")

_OWN_VARIABLES = ("CUADERNO_CLIENTS", "CUADERNO_REPORTS", "JPY_SESSION_NAME")
_CLAIMS = re.compile(r'<script type="application/json" id="claims">(.*?)</script>', re.DOTALL)
_NEVER_CLOSED = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}


@dataclass(frozen=True)
class Project:
    """A folder of clients with the reports beside it, and how the command ended that made them."""

    folder: Path
    ended: Ended

    def page(self, client: str, stage: str, language: str) -> str:
        """A finished page."""
        return self.file(client, f"{stage}.{language}.html").read_text(encoding="utf-8")

    def file(self, client: str, name: str) -> Path:
        """A file of the client's only report."""
        (found,) = (self.folder / "reports" / client).glob(f"*/{name}")
        return found


def command(
    *arguments: str | Path, folder: Path | None = None, variables: Mapping[str, str] | None = None, umask: int = -1
) -> Ended:
    """Run a module of this Python, as the command of the same name would; -1 leaves the umask as it is."""
    inherited = {name: value for name, value in os.environ.items() if name not in _OWN_VARIABLES}
    ended = subprocess.run(
        [sys.executable, "-P", "-m", *map(str, arguments)],
        cwd=folder,
        env=inherited | dict(variables or {}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        umask=umask,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def report(project: Path, *arguments: str, **surroundings: Any) -> Ended:
    """Run `cuaderno report` on the clients of a project, the stages of these tests unless others are named."""
    places = ("--clients", project / "clients", "--reports", project / "reports")
    stages = () if "--stage" in arguments else ("--stage", ",".join(STAGES))
    return command("helpers", "report", *arguments, *stages, *places, "--json", **surroundings)


def made_once(folder: Path, make: Callable[[Path], Ended]) -> Project:
    """Make a project once for all test processes of a session: the first that asks makes it, the others wait."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder.with_suffix(".json")
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            done.write_text(json.dumps(asdict(make(folder))), encoding="utf-8")
        return Project(folder, Ended(**json.loads(done.read_text(encoding="utf-8"))))


def copy_demo(project: Path) -> None:
    """Lay the committed demo client into a project."""
    shutil.copytree(CHECKOUT / "clients" / "demo", project / "clients" / "demo")


def lay(project: Path, client: str, settings: str, exports: Mapping[str, str | bytes]) -> None:
    """Lay down a client folder."""
    folder = project / "clients" / client
    (folder / "exports").mkdir(parents=True)
    (folder / "client.yaml").write_text(settings, encoding="utf-8")
    for name, content in exports.items():
        written = content.encode() if isinstance(content, str) else content
        (folder / "exports" / name).write_bytes(written)


def claims_block(page: str) -> dict[str, Any]:
    """The claims that a page carries."""
    (block,) = _CLAIMS.findall(page)
    return dict(json.loads(block))


def entry(run: Mapping[str, Any], stage: str) -> dict[str, Any]:
    """What a run document says of a stage."""
    (found,) = (each for each in run["stages"] if each["stage"] == stage)
    return dict(found)


class Claims:
    """Claims by what they say, as a reader would ask for them.

    Parameters
    ----------
    document
        As the block of a page and the file beside it hold it.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._claims = [claim for claim in document["claims"] if claim["period"] == document["period"]]

    def of(self, metric: str, **scope: str) -> dict[str, Any]:
        """The only claim of a metric with exactly this scope, over the whole period."""
        (found,) = (claim for claim in self._claims if claim["metric"] == metric and claim["scope"] == scope)
        return dict(found)

    def value(self, metric: str, **scope: str) -> Any:
        """The value of that claim."""
        return self.of(metric, **scope)["value"]

    def each(self, metric: str, key: str) -> dict[str, Any]:
        """The claims of a metric whose scope has only this key, by its value."""
        return {
            claim["scope"][key]: claim
            for claim in self._claims
            if claim["metric"] == metric and list(claim["scope"]) == [key]
        }


class _Text(HTMLParser):
    """Gathers what a page says in its own words and language: no scripts, no names that come from data."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._skipped: list[bool] = []
        self._language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self._language = given.get("lang") or ""
        if tag in _NEVER_CLOSED:
            return
        is_foreign = given.get("lang", self._language) != self._language
        is_skipped = tag in {"script", "style"} or given.get("translate") == "no" or is_foreign
        self._skipped.append(is_skipped or (bool(self._skipped) and self._skipped[-1]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _NEVER_CLOSED:
            self._skipped.pop()

    def handle_data(self, data: str) -> None:
        if not (self._skipped and self._skipped[-1]):
            self.words.append(data)


def text_of(page: str) -> str:
    """The words of a page that are its own, in one line."""
    reader = _Text()
    reader.feed(page)
    return " ".join(" ".join(reader.words).split())
