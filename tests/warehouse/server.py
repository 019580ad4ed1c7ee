"""A PostgreSQL of its own for the tests: Debian's binaries, a folder that goes away, a free port of this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

URL_VARIABLE = "CUADERNO_TEST_POSTGRES"
OWNER = "cuaderno"
PASSWORD = "p@ss/w:rd 100%"  # every sign of it means something in an address


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl, of the newest version; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """Start a server; give the address of its database, as the user who owns everything in it."""
    with tempfile.TemporaryDirectory(prefix="cuaderno-postgres-") as name:
        folder, port = Path(name), _free_port()
        (folder / "password").write_text(PASSWORD)
        as_server = _as_server(folder)
        _run([*as_server, programs / "initdb", "-D", folder / "data", "-U", OWNER, "-A", "scram-sha-256",
              f"--pwfile={folder / 'password'}", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"])  # fmt: skip
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        control = [*as_server, programs / "pg_ctl", "-D", folder / "data", "-l", folder / "log"]
        _run([*control, "-w", "-o", options, "start"])
        try:
            from sqlalchemy import URL  # noqa: PLC0415  of the extra `warehouse`

            url = URL.create("postgresql", OWNER, PASSWORD, "127.0.0.1", port, "postgres")
            yield url.render_as_string(hide_password=False)
        finally:
            _run([*control, "-m", "immediate", "stop"])


def _as_server(folder: Path) -> list[str]:
    """How its programs are run: PostgreSQL refuses to be root, and Debian's package brings a user for it."""
    if os.geteuid() != 0:
        return []
    for path in (folder, folder / "password"):
        shutil.chown(path, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _run(command: list[str | Path]) -> None:
    subprocess.run(list(map(str, command)), check=True, capture_output=True, cwd="/", timeout=60)
