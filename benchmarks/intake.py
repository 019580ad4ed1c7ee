"""What reading a large export costs beside the least that can be done with it: `python -m benchmarks.intake`.

    python -m benchmarks.intake [--rows 5000000] [--rounds 3] [--folder DIR]

Writes an export of an ad platform with 15 columns, the same one every time, and reads it twice in each round, each time
in a process of its own: by DuckDB's `read_csv` into Parquet, and as `Store.ingest` does, digest and receipt included.
Prints the processor time of the whole process and of the reading alone, the peak of resident memory, and their ratios;
the ratio that counts is that of the medians of the reading. Exits 1 where it is above 1.3, or the peak above 500 MiB.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

MOST_TIMES = 1.3
MOST_MIB = 500
# Levels of a Meta account, ids and names, and eight measures; decimals and blanks as the platform writes them.
EXPORT = """
COPY (
    SELECT
        strftime(DATE '2024-01-01' + (i * 7919 % 730)::INT, '%Y-%m-%d') AS "Day",
        'Cuenta Aurora ' || (h % 4) AS "Account name",
        'Campaña ' || (h % 400) || ' | ES | Conversión' AS "Campaign name",
        '23850' || lpad((h % 400)::VARCHAR, 10, '0') AS "Campaign ID",
        'Conjunto ' || (h % 4000) || ' - Intereses' AS "Ad set name",
        'Anuncio ' || (h % 40000) || ' Carrusel' AS "Ad name",
        '23852' || lpad((h % 40000)::VARCHAR, 10, '0') AS "Ad ID",
        'EUR' AS "Currency",
        printf('%.2f', (g % 25000) / 100.0) AS "Amount spent (EUR)",
        g % 90000 AS "Impressions",
        g % 60000 AS "Reach",
        k % 900 AS "Clicks (all)",
        k % 500 AS "Link clicks",
        CASE WHEN k % 3 = 0 THEN k % 40 END AS "Purchases",
        CASE WHEN k % 3 = 0 THEN printf('%.2f', (k % 90000) / 100.0) END AS "Purchases conversion value"
    FROM (
        SELECT i, hash(i) % 1000000007 AS h, hash(i + 7) % 1000000007 AS g, hash(i + 13) % 1000000007 AS k
        FROM range({rows}) AS numbers(i)
    )
) TO '{path}' (HEADER, DELIMITER ',')
"""
PEER = """
import duckdb
def read(path, folder):
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"COPY (SELECT * FROM read_csv('{path}')) TO '{folder}/peer.parquet' (FORMAT parquet)")
"""
OURS = """
from pathlib import Path
from helpers.intake import read_file
def read(path, folder):
    receipt = read_file(Path(path), into=Path(folder)).receipt
    assert receipt.rows == ROWS, receipt.as_json()
"""
MEASURE = """
import json, resource, sys
def spent():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
start = spent()
read(sys.argv[1], sys.argv[2])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"reading": spent() - start, "all": spent(), "peak": peak}))
"""


@dataclass(frozen=True)
class Cost:
    """Processor seconds of the reading and of its whole process, and the peak of its memory in MiB."""

    reading: float
    all: float
    peak: float


def cost(program: str, path: Path) -> Cost:
    """Read the export once, in a process of its own."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        command = [sys.executable, "-c", program + MEASURE, str(path), folder]
        said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(said["reading"], said["all"], said["peak"] / unit)


def main() -> int:
    """Print the costs and whether the bars hold."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", help="where the export is written; some GB")
    given = parser.parse_args()
    programs = {"DuckDB": PEER, "ours": f"ROWS = {given.rows}\n{OURS}"}
    costs: dict[str, list[Cost]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        path = Path(folder) / "ads.csv"
        duckdb.connect().execute(EXPORT.format(rows=given.rows, path=path))
        print(f"{given.rows:,} rows of 15 columns, {path.stat().st_size / 1e6:,.0f} MB; {given.rounds} rounds")
        for number in range(1, given.rounds + 1):
            for name, program in programs.items():
                one = cost(program, path)
                costs[name].append(one)
                print(f"{number} {name:<8}{one.reading:>7.2f} s reading {one.all:>7.2f} s in all {one.peak:>6.0f} MiB")
    times = {
        part: statistics.median(getattr(one, part) for one in costs["ours"])
        / statistics.median(getattr(one, part) for one in costs["DuckDB"])
        for part in ("reading", "all")
    }
    peak = max(one.peak for one in costs["ours"])
    holds = times["reading"] <= MOST_TIMES and peak <= MOST_MIB
    print(f"reading {times['reading']:.2f} times DuckDB's (at most {MOST_TIMES}); in all {times['all']:.2f} times")
    print(f"peak {peak:.0f} MiB (at most {MOST_MIB}): {'the bars hold' if holds else 'A BAR IS MISSED'}")
    return int(not holds)


if __name__ == "__main__":
    sys.exit(main())
