"""One ad report, written by hand: exact money, a moment, blanks, and names that are not harmless in SQL."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

HARD_NAME = "'; DROP TABLE x; --"
COLUMNS = {
    "source_relation": "TEXT",
    "date_day": "DATE",
    "platform": "TEXT",
    "account_id": "BIGINT",
    "account_name": "TEXT",
    "campaign_id": "BIGINT",
    "campaign_name": "TEXT",
    "ad_group_id": "TEXT",
    "ad_group_name": "TEXT",
    "ad_id": "TEXT",
    "ad_name": "TEXT",
    "clicks": "BIGINT",
    "impressions": "BIGINT",
    "spend": "NUMERIC(18, 2)",
    "conversions": "NUMERIC(18, 4)",
    "conversions_value": "NUMERIC(18, 2)",
    "_fivetran_synced": "TIMESTAMP WITH TIME ZONE",
    'loaded by "dbt"': "BOOLEAN",
}
_SYNCED = datetime(2026, 11, 2, 3, 4, 5, 678901, tzinfo=UTC)
# 23844000000000123 is more than a spreadsheet keeps; 0.1 and 0.2 do not add up to 0.3 in floating point.
_ACCOUNT = (901, "Pan y Sal")


def _row(day: int, platform: str, campaign: int, name: str | None, *figures: object) -> tuple[object, ...]:
    ids = (*_ACCOUNT, 23844000000000000 + campaign, name, f"00{campaign}", "Bakers", f"{campaign}1", "Loaf")
    return (None, date(2026, 10, day), platform, *ids, *figures, _SYNCED, True)


ROWS = (
    _row(1, "facebook_ads", 123, HARD_NAME, 12, 900, Decimal("0.10"), Decimal("1.5000"), Decimal("30.00")),
    _row(2, "facebook_ads", 123, HARD_NAME, 9, 800, Decimal("0.20"), Decimal("0.2500"), Decimal("1234567.89")),
    _row(1, "twitter_ads", 200, 'Oven "talk"', 4, 400, Decimal("1000.05"), None, None),
    _row(2, "twitter_ads", 200, 'Oven "talk"', 0, 0, Decimal("0.00"), None, None),
    _row(3, "google_ads", 300, "Ofén, ñandú; €", 7, 70, Decimal("99999.99"), Decimal("3.0000"), Decimal("0.01")),
)
# By hand: 0.10 + 0.20 + 1000.05 + 0.00 + 99999.99, and so on.
SPEND = 101_000.34
CLICKS = 32
IMPRESSIONS = 2_170
CONVERSIONS = 4.75
VALUE = 1_234_597.90
