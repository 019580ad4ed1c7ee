"""One client: what its file says, and where its things are."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from helpers.clients import document, faults
from helpers.clients.checks import FOLDER
from helpers.clients.file import ClientFile
from helpers.clients.files import inside, is_ordinary, read_inside, write_whole
from helpers.clients.nearest import advice
from helpers.clients.roots import Roots, find
from helpers.errors import ClientError, UsageError
from helpers.intake import Source

FILE = "client.yaml"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".zip", ".parquet"})

_LOGO_LIMIT = 300_000
_COMMENTARY_LIMIT = 100_000
_SALT_BYTES = 32
_URL_VARIABLE = re.compile(rb"""\burl_env["']?\s*:\s*["']?([A-Za-z_]\w*)""")
_SIGNED = re.compile(r"---[ \t]*\r?\nauthor:[ \t]*(?P<author>[^\r\n]{1,80}?)[ \t]*\r?\n---[ \t]*\r?\n")


@dataclass(frozen=True)
class Comment:
    """A person's words for one report, as Markdown, and who wrote them; no author where they are not signed."""

    words: str
    author: str | None = None


class Client(ClientFile):
    """A client, as its file describes it.

    Parameters
    ----------
    id
        Name of the folder; `name` is what people read.
    roots
        Where client folders and reports are.
    """

    id: str
    roots: Roots

    @property
    def folder(self) -> Path:
        """The client's own folder."""
        return self.roots.clients / self.id

    @property
    def kept(self) -> Path:
        """Where the workbook keeps what it has read and worked out for this client."""
        return self.roots.kept / self.id

    @property
    def reports(self) -> Path:
        """The client's reports, one folder a period."""
        return self.roots.reports / self.id

    def shown(self, path: Path) -> str:
        """A path as messages and reports name it: from the client folder on, bytes that are no text as a sign."""
        return os.fsencode(self._below(path)).decode("utf-8", "replace")

    def inside(self, path: Path) -> Path:
        """The path itself, proven not to lead out of the client folder through a link.

        Raises
        ------
        ClientError
            If it does.
        """
        return inside(self.folder, self._below(path))

    def _below(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def where(self, *loc: str | int) -> str:
        """Where a value stands in the client file, as file:line:column."""
        return _described(self.roots, self.id).where(loc)

    def exports(self) -> tuple[Path, ...]:
        """Raw files below `exports/`, in order of their names, but for those of experiments.

        Raises
        ------
        ClientError
            If a link leads out of the client folder.
        """
        root = self.folder / "exports"
        of_experiments = {self.folder / path for experiment in self.experiments for path in experiment.paths}
        found = []
        for folder, folders, files in os.walk(root):
            for name in [*folders, *files]:
                self.inside(Path(folder) / name)
            found += [Path(folder) / name for name in files]
        readable = (path for path in found if path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$")))
        ordinary = (path for path in readable if path not in of_experiments and is_ordinary(path))
        return tuple(sorted(ordinary, key=self.shown))

    def commentary(self, period: str, stage: str, language: str) -> Comment | None:
        """A person's words for one report; None where there are none.

        They are signed by three lines at the top of the file: `---`, `author: Ana Ruiz`, `---`.

        Parameters
        ----------
        period
            Name of the period's folder, as `periods.key` gives it.
        """
        path = self.commentary_file(period, stage, language)
        if not path.is_file():
            return None
        relative = self.shown(path)
        try:
            written = read_inside(self.folder, relative, limit=_COMMENTARY_LIMIT).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ClientError(
                "the commentary is not written in UTF-8", where=relative, next_step="Save it as UTF-8 in your editor."
            ) from error
        signed = _SIGNED.match(written)
        return Comment(written[signed.end() :], signed["author"]) if signed else Comment(written)

    def commentary_file(self, period: str, stage: str, language: str) -> Path:
        """Where a person's words for one report are, if there are any."""
        return self.folder / "commentary" / period / f"{stage}.{language}.md"

    @property
    def plans(self) -> tuple[Path, ...]:
        """Files of the media plans, in order of their names."""
        return tuple(sorted((self.folder / "plans").glob("*.yaml")))

    @property
    def log(self) -> Path | None:
        """What was changed and when; None where nobody keeps a log."""
        path = self.folder / "log.csv"
        return path if path.is_file() else None

    def logo(self) -> bytes | None:
        """The logo's bytes, SVG or PNG; None where the client file names none."""
        if self.brand.logo is None:
            return None
        return read_inside(self.folder, self.brand.logo, limit=_LOGO_LIMIT)

    def result_file(self, period: str, stage: str) -> Path:
        """Where a stage's saved Result is."""
        return self.kept / "results" / period / f"{stage}.json"

    def salt(self) -> str:
        """The client's own secret, with which personal data are hashed; made on first use, never leaves the machine."""
        path = self.kept / "salt"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f".salt.{os.getpid()}")
            write_whole(beside, secrets.token_hex(_SALT_BYTES), mode=0o600)
            # A link never replaces: of two first uses at once, one salt counts for both.
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(beside)
            beside.unlink()
        return path.read_text()

    def intake_sources(self, export: Path | None = None) -> tuple[Source, ...]:
        """The entries of the client file about exports, as intake takes them; of one export, where it is given."""
        described = tuple(entry.as_source(entry.files) for entry in self.sources if entry.files is not None)
        if export is None:
            return described
        return tuple(source for source in described if source.applies_to(self.shown(export)))


def check_name(name: str, roots: Roots) -> None:
    """Refuse a name that no client folder has.

    Raises
    ------
    UsageError
        If there is no such client.
    """
    if not NAME.fullmatch(name) or not (roots.clients / name).is_dir():
        raise UsageError("there is no such client", where=str(roots.clients), seen=name, next_step=_which(name, roots))


def open_client(name: str, roots: Roots | None = None) -> Client:
    """Read a client's file.

    Parameters
    ----------
    name
        Name of the client's folder.
    roots
        Where client folders are; found as `roots.find` does where left out.

    Raises
    ------
    UsageError
        If there is no such client.
    ClientError
        With everything that is to be mended in `client.yaml`.
    """
    places = roots or find()
    check_name(name, places)
    described = faults.read(ClientFile, _described(places, name), {FOLDER: places.clients / name})
    keys = {key: getattr(described, key) for key in ClientFile.model_fields}
    return Client.model_construct(id=name, roots=places, **keys)


def _described(places: Roots, name: str) -> document.Document:
    shown = f"{places.clients.name}/{name}/{FILE}"
    if not (places.clients / name / FILE).is_file():
        raise ClientError(
            f"the client has no {FILE}", where=shown, next_step=f"Lay one down with `cuaderno new {name}`."
        )
    content = inside(places.clients / name, FILE).read_bytes()
    return document.parse(content, shown)


def client_names(roots: Roots | None = None) -> tuple[str, ...]:
    """Every folder with a client file, in alphabetical order."""
    places = roots or find()
    found = (path.parent.name for path in places.clients.glob(f"*/{FILE}"))
    return tuple(sorted(name for name in found if NAME.fullmatch(name)))


def address_variables(roots: Roots) -> frozenset[str]:
    """Names of the environment variables in which any client file, even one to be mended, says that an address is."""
    found: set[str] = set()
    for name in client_names(roots):
        with contextlib.suppress(OSError):
            written = (roots.clients / name / FILE).read_bytes()
            found |= {variable.decode() for variable in _URL_VARIABLE.findall(written)}
    return frozenset(found)


def _which(name: str, places: Roots) -> str:
    known = client_names(places)
    hint = advice(name, known) if known else "There is none yet."
    return f"{hint} A new one is laid down with `cuaderno new`."
