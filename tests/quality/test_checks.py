"""Every check finds the fault that was planted for it, with its figure, and is silent on the same data without it."""

from __future__ import annotations

from functools import cache

import pytest

from helpers.quality import CHECKS, Check, Finding, Material, examine
from helpers.tables import TABLES
from helpers.wording import LANGUAGES, Words
from tests.quality.cases import CASES

each_check = pytest.mark.parametrize("check", CHECKS.values(), ids=list(CHECKS))


@cache
def found(check: str, *, faulty: bool = True) -> tuple[Finding, ...]:
    """What a check finds in its own case."""
    case, _ = CASES[check]
    return tuple(CHECKS[check].find(case(faulty)))


def test_there_are_at_least_thirty_checks_and_each_has_its_case() -> None:
    assert len(CHECKS) >= 30
    assert set(CASES) == set(CHECKS)


@each_check
def test_a_planted_fault_is_found_with_its_figure(check: Check) -> None:
    _, n = CASES[check.id]

    (one,) = found(check.id)

    assert one.n.value == pytest.approx(n, rel=0.05)


@each_check
def test_the_twin_without_the_fault_is_silent(check: Check) -> None:
    assert found(check.id, faulty=False) == ()


@each_check
def test_a_finding_shows_the_rows_that_it_comes_from(check: Check) -> None:
    (one,) = found(check.id)

    assert {"file", "sha256"} <= set(one.rows)
    assert set(one.tables or check.tables) <= set(TABLES)
    shows_rows = bool(check.tables) or check.id in {"schema_drift", "header_languages", "other_timezone"}
    assert one.rows.empty != shows_rows


@each_check
@pytest.mark.parametrize("language", LANGUAGES)
def test_finding_and_repair_are_written_in_every_language(check: Check, language: str) -> None:
    (one,) = found(check.id)

    written, fix = Words(language).text(one.text), Words(language).text(one.fix or check.fix)

    assert "{" not in written.replace("{{", "")
    assert fix.endswith(".")
    if language != "en":
        assert fix != Words("en").text(one.fix or check.fix)


def test_a_finding_goes_to_stages_under_the_name_of_its_check_the_gravest_first() -> None:
    case, _ = CASES["repeated_orders"]

    first, *_ = examine(case(True))

    assert (first.code, first.check.severity, first.tables) == ("repeated_orders", "error", ("orders",))


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert examine(Material({name: table.empty() for name, table in TABLES.items()})) == []


def test_pages_get_neither_what_is_said_elsewhere_nor_what_is_only_to_be_known() -> None:
    outage, _ = CASES["tracking_outage"]
    names, _ = CASES["renamed_campaigns"]

    assert examine(outage(True), read=TABLES) == []
    assert examine(names(True), read=TABLES) == []


def test_pages_get_what_is_wrong_in_the_tables_that_they_are_made_from() -> None:
    case, _ = CASES["negative_amounts"]

    assert [one.code for one in examine(case(True), read=["ads", "orders"])] == ["negative_amounts"]
    assert examine(case(True), read=["orders"]) == []
