"""What the portfolio of many clients costs: `python -m benchmarks.portfolio [CLIENTS]`.

Lays down the runs of that many clients (500), four goals and the spend each, in three sets of languages, and prints the
CPU of writing the portfolio when every client has its own page already, and the largest page of each order.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from helpers.site import ORDERS, write_client_index, write_portfolio

LANGUAGES = (["es-ES", "en"], ["en"], ["es-MX", "en"])
GOALS = (("roas", "meta"), ("cpa", "google_ads"), ("roas", "tiktok"), ("cpa", "meta"))
DAYS = {"start": "2026-10-01", "end": "2026-10-31"}


def claim(metric: str, value: float, currency: str | None, **more: Any) -> dict[str, Any]:
    """A claim of the post-campaign analysis."""
    made = {
        "id": f"post_campaign.{metric}", "metric": metric, "scope": {}, "period": DAYS, "value": value,
        "unit": "money" if currency else "ratio", "currency": currency, "interval": None, "n": None,
        "compared_to": None, "verdict": None, "text": metric, "evidence": [],
    }  # fmt: skip
    return made | more


def lay(reports: Path, number: int, chance: random.Random) -> None:
    """Write what a run of one client leaves, pages left out."""
    client = f"client-{number:04}"
    folder = reports / client / "2026-10"
    folder.mkdir(parents=True)
    currency = chance.choice(["EUR", "EUR", "USD", "MXN"])
    claims = [claim("spend", chance.uniform(100, 90_000), currency)]
    for metric, platform in GOALS:
        aim = {"what": "target", "value": chance.uniform(1, 9)}
        verdict = chance.choice(["better", "worse", "not_shown", "not_shown"])
        of = {"id": f"post_campaign.{metric}.{platform}", "scope": {"platform": platform}}
        money = currency if metric == "cpa" else None
        claims.append(claim(metric, chance.uniform(1, 9), money, compared_to=aim, verdict=verdict, **of))
    run = {
        "name": f"{chance.choice('ABCDEFGH')} Comercial Hernández & Asociados {number}",
        "languages": LANGUAGES[number % 3], "period": {"key": "2026-10"} | DAYS, "as_of": "2026-11-05",
        "data_until": "2026-11-04", "stages": [{"stage": "post_campaign", "status": "ok"}],
    }  # fmt: skip
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
    (folder / "post_campaign.claims.json").write_text(json.dumps({"claims": claims}), encoding="utf-8")


def main() -> None:
    """Print the cost and the sizes."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder)
        for number in range(count):
            lay(reports, number, chance)
            write_client_index(reports, f"client-{number:04}")
        began = time.process_time()
        write_portfolio(reports)
        print(f"{count} clients: {time.process_time() - began:.2f} s CPU for {len(list(reports.glob('*.html')))} pages")
        for by in ORDERS:
            found = [path for path in reports.glob("index*.html") if f"by-{by}" in path.name]
            if by == ORDERS[0]:  # its first page is the portfolio's own
                found += [path for path in reports.glob("index*.html") if "by-" not in path.name]
            page = max(found, key=lambda path: path.stat().st_size).read_bytes()
            print(f"by {by}: largest page {len(page) / 1000:.0f} kB, gzip {len(gzip.compress(page, 6)) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
