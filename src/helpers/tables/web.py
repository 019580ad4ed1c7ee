"""Visits to the client's site."""

from __future__ import annotations

from helpers.tables.model import Table, count, money, text
from helpers.tables.time import COVERED, PERIOD_KEY

TABLE = Table(
    name="web",
    grain="one day or period and one value of the exported dimensions",
    columns=(
        text("property", "name of the measured property"),
        text("dimension", "names of the dimensions joined by |; never added across different dimensions"),
        text("value", "their values joined by |"),
        text("channel", "channel group, where it is one of the dimensions"),
        *COVERED,
        text("currency", "ISO 4217"),
        count("sessions", "sessions"),
        count("engaged_sessions", "sessions with engagement"),
        count("users", "people, deduplicated: never added", additivity="none"),
        count("new_users", "first visits"),
        count("views", "pages seen"),
        count("events", "events"),
        count("key_events", "events that count as conversions"),
        count("orders", "transactions"),
        money("revenue", "revenue as the measuring tool counts it"),
    ),
    key=(("property",), ("dimension",), ("value",), *PERIOD_KEY),
    day="period_start",
)
