"""What the border of intake costs: `python -m benchmarks.border [ROUNDS]`.

Reads twenty exports of the demo client's platforms into a fresh store folder, in this process and through the reading
process, taking turns, and prints the medians: the first client of a process (the reading process starts), and the next.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from helpers.intake import read_file
from helpers.intake.guarded import BORDER

ROOT = Path(__file__).resolve().parents[1]
COUNT = 20


def exports() -> list[Path]:
    """Twenty exports, those of the demo clients over and over."""
    found = sorted(path for path in ROOT.glob("clients/*/exports/**/*") if path.is_file())
    return [found[at % len(found)] for at in range(COUNT)]


def inside(path: Path, folder: Path) -> None:
    """Read in this process."""
    read_file(path).write(folder)


def across(path: Path, folder: Path) -> None:
    """Read in the reading process."""
    BORDER.read(path, into=folder)


def seconds(read: Callable[[Path, Path], None], paths: list[Path]) -> float:
    """Seconds by the clock for all of them."""
    with tempfile.TemporaryDirectory() as name:
        start = time.monotonic()
        for path in paths:
            read(path, Path(name))
        return time.monotonic() - start


def main() -> None:
    """Print the medians and their ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    paths = exports()
    took: dict[str, list[float]] = {"in this process": [], "across, first client": [], "across, next client": []}
    seconds(inside, paths)  # what is imported late is imported now
    for _ in range(rounds):
        BORDER.close()
        took["in this process"].append(seconds(inside, paths))
        took["across, first client"].append(seconds(across, paths))
        took["across, next client"].append(seconds(across, paths))
    base = statistics.median(took["in this process"])
    size = sum(path.stat().st_size for path in paths) / 1e6
    print(f"{len(paths)} exports, {size:.1f} MB, median of {rounds} rounds")
    for name, all_seconds in took.items():
        middle = statistics.median(all_seconds)
        print(f"{name:<22}{middle:>7.2f} s{middle / base:>7.2f} times")


if __name__ == "__main__":
    main()
