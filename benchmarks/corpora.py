"""What becomes of bad input: `python -m benchmarks.corpora [FOLDER]` (the shared corpora beside the checkout).

Reads every spreadsheet and delimited file of the folder as `cuaderno check` does and prints how many end in which way,
the slowest, and the peak memory of any reading process. Where a corpus states the cells of a file, they are compared.
Exits 1 where the run met a crash, more than 30 s, more than 1 GiB, or a wrong cell.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.intake import Receipt, Source
from helpers.intake.guarded import BORDER, MIB

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
SUFFIXES = {".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".zip", ".parquet"}
LONGEST = 30.0
LARGEST = 1024 * MIB


@dataclass(frozen=True)
class Ending:
    """How one file ended."""

    file: str
    kind: str
    outcome: str
    seconds: float
    is_crash: bool


def ending(path: Path, root: Path) -> Ending:
    """Read one file."""
    start = time.monotonic()
    receipt = BORDER.read(path)
    seconds = time.monotonic() - start
    name = path.relative_to(root)
    is_crash = any("breaks the program" in problem.message for problem in receipt.problems)
    return Ending(str(name), f"{name.parts[0]} {path.suffix.lower()}", outcome(receipt), seconds, is_crash)


def outcome(receipt: Receipt) -> str:
    """A table, a question to the analyst, or a refusal by its code."""
    if receipt.tables:
        return "table"
    codes = Counter(problem.code for problem in receipt.problems if problem.severity != "info")
    first = next(iter(codes), "nothing said")
    return f"refused: {first}" if receipt.status == "refused" else f"asked: {first}"


def wrong_cells(root: Path) -> tuple[int, list[str]]:
    """Compare the rows of every file whose cells are stated as JSON beside it; return files compared and faults."""
    found = [(path, path.parent.parent / "csvs" / f"{path.stem}.csv") for path in sorted(root.glob("*/json/*.json"))]
    faults = []
    for stated, path in found:
        truth = json.loads(stated.read_text(encoding="utf-8"))
        source = Source("*", "customers", {name: name for name in truth[0]})
        with tempfile.TemporaryDirectory() as name:
            receipt = BORDER.read(path, sources=(source,), into=Path(name))
            rows = [row for part in receipt.parts for row in records(Path(name) / part, list(truth[0]))]
        if rows != truth:
            faults.append(f"{path.name}: {rows} instead of {truth}")
    return len(found), faults


def records(part: Path, names: list[str]) -> list[dict[str, str]]:
    """Rows of the store as a CSV writes them."""
    frame = pd.read_parquet(part)[names]
    return [{name: written(value) for name, value in row.items()} for row in frame.to_dict("records")]


def written(value: object) -> str:
    """A cell as text: nothing as an empty one, whole numbers without a point."""
    if value is None or value != value:  # noqa: PLR0124  NaN
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def table(endings: list[Ending]) -> str:
    """Files by kind and outcome."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for one in endings:
        kinds[one.kind][one.outcome] += 1
    return "\n".join(
        f"{kind:<24}{sum(counts.values()):>5}  "
        + ", ".join(f"{number} {name}" for name, number in counts.most_common())
        for kind, counts in sorted(kinds.items())
    )


def main() -> int:
    """Print the table."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA
    paths = sorted(path for path in root.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    endings = [ending(path, root) for path in paths]
    compared, faults = wrong_cells(root)
    BORDER.close()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    slowest = sorted(endings, key=lambda one: -one.seconds)[:3]
    crashes = [one for one in endings if one.is_crash]
    late = [one for one in endings if one.seconds > LONGEST]
    print(table(endings))
    print("slowest: " + ", ".join(f"{one.file} {one.seconds:.1f} s ({one.outcome})" for one in slowest))
    print(f"cells compared with what the corpus states: {compared} files, {len(faults)} wrong", *faults, sep="\n  ")
    print(f"files that broke the reading process, and were refused: {len(crashes)}", *(one.file for one in crashes))
    print(
        f"{len(endings)} of {len(paths)} files ended in a receipt, {len(late)} took over {LONGEST:.0f} s, "
        f"peak {peak / MIB:.0f} MiB in a reading process"
    )
    return int(bool(faults or crashes or late or not endings or peak > LARGEST))


if __name__ == "__main__":
    sys.exit(main())
