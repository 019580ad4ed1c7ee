"""A large result is fetched and read within bounded memory, and none of it is lost on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.clients import Client

from .conftest import asking, execute

ROWS = 1_000_000
MOST_MIB = 500
TABLE = f"""
CREATE TABLE spend_by_ad AS SELECT
    DATE '2024-01-01' + (i % 730)::INT AS date,
    ['meta', 'google_ads', 'tiktok'][1 + i % 3] AS platform,
    'Cuenta Aurora ' || i % 4 AS account_name,
    'Campaña ' || i % 400 || ' | ES | Conversión' AS campaign_name,
    2385000000000000 + i % 400 AS campaign_id,
    'Conjunto ' || i % 4000 || ' - Intereses' AS ad_set_name,
    'Anuncio ' || i % 40000 || ' Carrusel' AS ad_name,
    'EUR' AS currency,
    (i % 100 / 100)::DECIMAL(18, 2) AS spend,
    i AS impressions,
    i % 900 AS clicks,
    CASE WHEN i % 2 = 0 THEN 3 END AS conversions
FROM range({ROWS}) AS numbers(i)
"""
PROGRAM = """
import json, re, resource, sys
from pathlib import Path
from helpers import warehouse
from helpers.clients import Roots, open_client
from helpers.intake.guarded import BORDER

clients, into = map(Path, sys.argv[1:])
(snapshot,) = warehouse.refresh(open_client("acme", Roots(clients, into)))
receipt = BORDER.read(snapshot.path, sources=snapshot.query.sources, into=into)
BORDER.close()
# What `getrusage` says of the process itself may be the peak of the one that started it.
status = Path("/proc/self/status")
of_status = re.findall(r"VmHWM:\\s+(\\d+) kB", status.read_text()) if status.exists() else []
own = int(of_status[0]) if of_status else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
peaks = [own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]
codes = [problem.code for problem in receipt.problems]
print(json.dumps({"peaks": peaks, "problems": codes, "rows": receipt.rows, "totals": receipt.tables[0].totals}))
"""


@pytest.mark.slow
def test_a_million_rows_are_fetched_and_read_in_bounded_memory(opened: Callable[..., Client], tmp_path: Path) -> None:
    address = f"duckdb:///{tmp_path / 'warehouse.duckdb'}"
    execute(address, TABLE)
    client = opened(address, asking("spend_by_ad"))
    (tmp_path / "into").mkdir()

    program = tmp_path / "program.py"  # a program of its own: given as text, DuckDB takes it for a person's session
    program.write_text(PROGRAM)
    command = [sys.executable, str(program), str(client.folder.parent), str(tmp_path / "into")]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    mib = 1 << (20 if sys.platform == "darwin" else 10)
    assert max(said["peaks"]) / mib < MOST_MIB
    assert (said["problems"], said["rows"]) == ([], ROWS)
    # Ten thousand times the sum of 0.00 to 0.99; the numbers from 0 to 999 999; 3 in each second row.
    assert said["totals"]["spend"] == pytest.approx(495_000)
    assert said["totals"]["impressions"] == ROWS * (ROWS - 1) / 2
    assert said["totals"]["conversions"] == 1_500_000
