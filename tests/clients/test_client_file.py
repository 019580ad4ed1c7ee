"""Every fault of client.yaml is found, all at once, each with its line, its column and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from helpers import claims
from helpers.clients import SCOPE_KEYS, AbDailyTest, AbTest, BeforeAfter, Client, GeoTest, Roots, open_client
from helpers.clients.faults import each
from helpers.errors import ClientError

HEAD = "name: Café Aurora\ncurrency: EUR\ntimezone: Europe/Madrid\n"

MARK = "¦"

# What follows the three required keys, with a mark ¦ before the fault; part of what is said, and of what to do.
FAULTS = {
    "misspelt key": (
        "¦langauges: [en]\n",
        "no key langauges", "languages",
    ),
    "unlike any key": (
        "¦zzz: 1\n",
        "no key zzz", "goals",
    ),
    "unknown language": (
        "languages: [en, ¦xx]\n",
        "language", "en",
    ),
    "no language": (
        "languages: ¦[]\n",
        "at least 1", "Add",
    ),
    "language twice": (
        "languages: [en, ¦en]\n",
        "twice", "Remove",
    ),
    "unknown country": (
        "country: ¦UK\n",
        "country", "ES",
    ),
    "group of countries": (
        "country: ¦EU\n",
        "country", "ES",
    ),
    "impossible day": (
        "as_of: ¦2026-02-30\n",
        "no day", "2026-11-05",
    ),
    "day in words": (
        "as_of: ¦yesterday\n",
        "must be a day", "2026-11-05",
    ),
    "goal without target": (
        "goals:\n  - ¦{metric: roas}\n",
        "target is missing", "target: 3.0",
    ),
    "target as text": (
        'goals:\n  - {metric: roas, target: ¦"3"}\n',
        "must be a number", "without quotes",
    ),
    "target that is no number": (
        "goals:\n  - {metric: roas, target: ¦.nan}\n",
        "must be a number", "3.5",
    ),
    "metric in capitals": (
        "goals:\n  - {metric: ¦ROAS, target: 3}\n",
        "must be an id", "cuaderno kpis",
    ),
    "misspelt scope": (
        "goals:\n  - {metric: roas, target: 3, scope: {¦platfrm: meta}}\n",
        "platfrm", "platform",
    ),
    "margin in percent": (
        "margin: ¦35\n",
        "at most 1", "fraction",
    ),
    "role": (
        "team: [{person: Ana, role: ¦buyer}]\n",
        "role", "media_buyer",
    ),
    "accent": (
        "brand: {accent: ¦blue}\n",
        "colour", "#0b5fa5",
    ),
    "text for a number in constants": (
        "sources: [{files: exports/a.csv, table: ads, constants: {spend: ¦x}}]\n",
        "spend must be a number", "without quotes",
    ),
    "no number in constants": (
        "sources: [{files: exports/a.csv, table: ads, constants: {spend: ¦true}}]\n",
        "must be a number", "without quotes",
    ),
    "a day of another order in constants": (
        'sources: [{files: exports/a.csv, table: ads, constants: {date: ¦"01/02/2026"}}]\n',
        "must be a day", "2026-11-05",
    ),
    "no such day in constants": (
        "sources: [{files: exports/a.csv, table: ads, constants: {date: ¦2026-02-30}}]\n",
        "must be a day", "2026-11-05",
    ),
    "text for yes and no in constants": (
        'sources: [{files: exports/a.csv, table: orders, constants: {new_customer: ¦"yes"}}]\n',
        "must be true or false", "without quotes",
    ),
    "logo outside": (
        "brand: {logo: ¦../other/logo.svg}\n",
        "inside the client folder", "exports/",
    ),
    "logo that is missing": (
        "brand: {logo: ¦brand/no.svg}\n",
        "not there", "Add the file",
    ),
    "rates without a file": (
        "fx: ¦{policy: daily}\n",
        "needs a file", "fx.csv",
    ),
    "fixed without rates": (
        "fx: ¦{policy: fixed}\n",
        "needs rates", "rates: {USD: 0.92}",
    ),
    "rate of an old currency": (
        "fx: {policy: fixed, rates: {¦ESP: 1.0}}\n",
        "currency in use", "EUR",
    ),
    "unknown table": (
        "sources: [{files: exports/x.csv, table: ¦order}]\n",
        "canonical table", "orders",
    ),
    "unknown column": (
        "sources: [{files: exports/x.csv, table: orders, columns: {¦revenu: Importe}}]\n",
        "revenu", "revenue",
    ),
    "source without origin": (
        "sources: [¦{table: orders}]\n",
        "files or sql", "exports/",
    ),
    "address in the file": (
        "sources: [¦{sql: t, table: orders}]\n",
        "sql and url_env", "environment",
    ),
    "names without a header": (
        "sources: [{files: exports/x.csv, table: orders, header: false, columns: ¦{revenue: Importe}}]\n",
        "by position", "from 1",
    ),
    "kind of experiment": (
        "experiments: [{name: a, kind: ¦abc}]\n",
        "kind", "ab, ab_daily, geo, before_after",
    ),
    "experiment without kind": (
        "experiments: [¦{name: a}]\n",
        "kind is missing", "kind: ab",
    ),
    "experiment's file": (
        "experiments: [{name: a, kind: ab, file: ¦exports/no.csv, variant: v, control: a, metrics: {m: mean}}]\n",
        "not there", "Add the file",
    ),
    "split": (
        "experiments: [{name: a, kind: ab, file: client.yaml, variant: v, control: a, metrics: {m: mean}, "
        "expected_split: ¦{a: 0.5, b: 0.4}}]\n",
        "does not add up to 1", "add up",
    ),
    "end before start": (
        "experiments: [{name: a, kind: before_after, file: client.yaml, date: d, outcome: y, start: 2026-03-11, "
        "end: ¦2026-03-01}]\n",
        "before start", "Correct",
    ),
    "two experiments of one name": (
        "experiments:\n"
        "  - {name: a, kind: before_after, file: client.yaml, date: d, outcome: y, start: 2026-03-11}\n"
        "  - ¦{name: a, kind: before_after, file: client.yaml, date: d, outcome: y, start: 2026-03-11}\n",
        "twice", "rename",
    ),
    "anchor": (
        "sector: ¦&x retail\n",
        "anchors", "Write the value out",
    ),
    "tag": (
        "sector: ¦!!python/object/apply:os.system [ls]\n",
        "tags", "Remove",
    ),
    "broken brackets": (
        "languages: [en\n¦",
        "not valid YAML", "Mend",
    ),
    "key twice": (
        "¦name: Otra\n",
        "not valid YAML", "Mend",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said", "advice"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_place_and_what_to_do(
    opened: Callable[..., Client], text: str, said: str, advice: str
) -> None:
    before = (HEAD + text).partition(MARK)[0]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")

    with pytest.raises(ClientError) as raised:
        opened(HEAD + text.replace(MARK, ""))

    (fault,) = each(raised.value)
    assert isinstance(fault, ClientError)
    assert fault.where == f"clients/aurora/client.yaml:{line}:{column}"
    assert said in f"{fault.what} {fault.seen}"
    assert advice in fault.next_step


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("currency: EUR\ntimezone: UTC\n", "1:1", "the key name is missing"),
        ("name:\ncurrency: EUR\ntimezone: UTC\n", "1:1", "name is blank"),
        ("name: 12\ncurrency: EUR\ntimezone: UTC\n", "1:7", "name must be text"),
        ("name: A\ncurrency: euro\ntimezone: UTC\n", "2:11", "currency in use"),
        ("name: A\ncurrency: ESP\ntimezone: UTC\n", "2:11", "currency in use"),
        ("name: A\ncurrency: EUR\ntimezone: Europe/Madrit\n", "3:11", "time zone"),
        ("- a\n", "1:1", "does not begin with keys"),
        ("", "1:1", "does not begin with keys"),
    ],
)
def test_what_every_client_needs_is_asked_for(opened: Callable[..., Client], text: str, place: str, said: str) -> None:
    with pytest.raises(ClientError) as raised:
        opened(text)

    assert raised.value.where == f"clients/aurora/client.yaml:{place}"
    assert said in raised.value.what


def test_all_faults_of_a_file_are_reported_at_once_from_top_to_bottom(opened: Callable[..., Client]) -> None:
    with pytest.raises(ClientError) as raised:
        opened("name: A\ncurrency: EURO\ntimezone: UTC\nmargin: 2\nsectr: x\n")

    places = [fault.where.partition("yaml:")[2] for fault in each(raised.value) if isinstance(fault, ClientError)]
    assert places == ["2:11", "4:9", "5:1"]
    assert raised.value.what.startswith("3 things are to be mended")
    assert len(raised.value._render_traceback_()) == 3


def test_a_file_of_more_than_a_megabyte_is_refused_unread(opened: Callable[..., Client]) -> None:
    with pytest.raises(ClientError, match="larger than 1 MB"):
        opened(HEAD + "#" * 1_000_000)


def test_a_bomb_of_aliases_is_refused(opened: Callable[..., Client]) -> None:
    levels = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))

    with pytest.raises(ClientError, match="anchors"):
        opened(f"a0: &a0 [x]\n{levels}\n")


def test_brackets_without_end_are_refused(opened: Callable[..., Client]) -> None:
    with pytest.raises(ClientError, match="nested"):
        opened(HEAD + "goals: " + "[" * 500 + "]" * 500 + "\n")


def test_a_file_that_is_not_utf_8_names_the_byte(lay_down: Callable[..., Path], roots: Roots) -> None:
    (lay_down() / "client.yaml").write_bytes("name: Café\n".encode("cp1252"))

    with pytest.raises(ClientError) as raised:
        open_client("aurora", roots)

    assert raised.value.where == "clients/aurora/client.yaml:1:10"
    assert raised.value.seen == "the byte 0xe9"


def test_a_full_file_is_read(opened: Callable[..., Client]) -> None:
    client = opened(
        HEAD
        + """country: NO
languages: [en]
as_of: 2026-11-05
brand: {logo: brand/logo.svg, accent: "#0b5fa5", agency: Faro}
goals:
  - {metric: roas, target: 3, scope: {platform: meta, campaign: 2026}, until: 2026-12-31}
profiles: [{platform: instagram, handle: cafeaurora}]
competitors: [{name: Café Rival, profiles: [{platform: instagram, handle: caferival}]}]
team: [{person: Ana, role: media_buyer}]
attribution: {meta: 7d_click_1d_view, google_ads: 30d_click}
margin: 0.35
fx: {policy: fixed, rates: {USD: 0.92}}
sources:
  - files: exports/ledger.csv
    table: orders
    columns: {order_id: "Order No", ordered_at: "Fecha", revenue: "Importe"}
    constants: {currency: EUR, new_customer: true}
    dates: "%d/%m/%Y"
    numbers: "1.234,56"
experiments:
  - {name: gate, kind: ab, file: exports/users.csv, unit: userid, variant: version, control: gate_30,
     metrics: {retention_7: proportion, revenue: mean}, expected_split: {gate_30: 0.5, gate_40: 0.5}}
  - {name: trial, kind: ab_daily, files: {control: exports/a.csv, treatment: exports/b.csv}, date: Date,
     split: Pageviews, metrics: {gross: {successes: Enrollments, trials: Clicks}}, direction: {gross: none}}
  - {name: spring, kind: geo, file: exports/geo.csv, date: date, location: location, outcome: Y,
     test: [chicago, 60601], start: 2021-04-01, end: 2021-04-15, spend: 50000}
  - {name: launch, kind: before_after, file: exports/s.csv, date: date, outcome: y, controls: [x], start: 2026-03-11}
""",
        dict.fromkeys(("brand/logo.svg", *(f"exports/{n}.csv" for n in ("users", "a", "b", "geo", "s"))), "x\n"),
    )

    assert client.as_of == date(2026, 11, 5)
    assert client.country == "NO"
    assert client.goals[0].target == 3.0
    assert client.goals[0].scope == {"platform": "meta", "campaign": "2026"}
    assert client.fx is not None
    assert client.fx.rates == {"USD": 0.92}
    ab, daily, geo, launch = client.experiments
    assert isinstance(ab, AbTest)
    assert isinstance(daily, AbDailyTest)
    assert daily.direction == {"gross": "none"}
    assert isinstance(geo, GeoTest)
    assert geo.test == ("chicago", "60601")
    assert isinstance(launch, BeforeAfter)
    assert launch.end is None


def test_what_is_optional_may_be_left_out(opened: Callable[..., Client]) -> None:
    client = opened(HEAD)

    assert client.languages == ("en",)
    assert client.goals == client.experiments == client.sources == ()
    assert client.fx is client.as_of is client.margin is None


def test_a_client_does_not_change(opened: Callable[..., Client]) -> None:
    with pytest.raises(ValueError, match="frozen"):
        opened(HEAD).currency = "USD"


def test_scope_keys_are_those_that_claims_have() -> None:
    assert set(SCOPE_KEYS) == set(claims.SCOPE_ORDER)
