"""The persona report says what is there, refuses what is not, and shows nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from helpers.methods.mixture import rand
from helpers.stages import persona
from helpers.stages.context import Context
from helpers.stages.parts import Bars, Forest, Gap, Table
from helpers.store import Notice
from helpers.units import Quantity
from helpers.wording import Message, Name
from tests.stages.conftest import OCTOBER, Row, canonical, claim_of, codes, orders, value_of

Make = Callable[..., Context]
END = OCTOBER.end


def run(
    make: Make,
    sold: Sequence[Row] = (),
    told: Sequence[Row] = (),
    lines: Sequence[Row] = (),
    notices: tuple[Notice, ...] = (),
) -> persona.Result:
    table = canonical("customers", told)
    return persona.analyse(
        persona.Inputs(make("persona"), notices, orders(sold), canonical("order_lines", lines), table)
    )


def order(customer: object, days_ago: int, revenue: float = 10.0, **values: Any) -> dict[str, Any]:
    day = pd.Timestamp(END - timedelta(days=days_ago))
    return {"customer_id": str(customer), "ordered_at": day, "revenue": revenue, **values}


def club(seed: int = 1, people: int = 240) -> tuple[list[dict[str, Any]], np.ndarray]:
    """Members of three groups that lie apart in age and visits, and lean to a home of their own kind."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 3, people)
    age = np.array([28.0, 45.0, 66.0])[group] + rng.normal(0, 4, people)
    visits = np.exp(np.array([0.3, 1.8, 0.2])[group] + rng.normal(0, 0.3, people))
    home = np.where(rng.random(people) < 0.85, group, rng.integers(0, 3, people))
    rows = [
        {
            "customer_id": str(n),
            "age": float(age[n]),
            "visits": float(visits[n]),
            "home": ("flat", "house", "own")[home[n]],
        }
        for n in range(people)
    ]
    return rows, group


def shop(group: np.ndarray, worth: Sequence[float] = (20.0, 60.0, 20.0), seed: int = 2) -> list[dict[str, Any]]:
    """A first order of everybody and, of every third, three more; orders are worth what their group pays."""
    rng = np.random.default_rng(seed)
    rows = []
    for n, kind in enumerate(group):
        first = int(rng.integers(150, 350))
        days = [first] + ([first - int(gap) for gap in np.cumsum(rng.integers(10, 45, 3))] if n % 3 == 0 else [])
        rows += [order(n, day, float(worth[kind] * np.exp(rng.normal(0, 0.2)))) for day in days]
    return rows


@pytest.fixture(scope="module")
def published() -> persona.Result:
    """The report on three planted groups of which one pays three times as much for an order."""
    told, group = club()
    made = Context("aurora", "Café Aurora", "persona", OCTOBER, date(2026, 11, 5), "EUR")
    return run(lambda _: made, shop(group), told)


def words(value: object) -> str:
    """Every text and name in a part, in English, without its figures."""
    if isinstance(value, Message):
        return " ".join([value.text, *(words(part) for _, part in value.values)])
    return value.text if isinstance(value, Name) else ""


def cell(table: Table, row: str, column: int) -> object:
    return next(cells[column] for cells in table.rows if row in words(cells[0]))


# Personas, or one audience


def test_planted_personas_are_published_with_size_share_and_evidence(published: persona.Result) -> None:
    told, group = club()
    result = published

    sizes = [claim.value for claim in result.claims if claim.metric.id == "segment_size"]
    assert value_of(result.claims, "segments") == 3
    assert sorted(sizes) == pytest.approx(sorted(np.bincount(group)), abs=12)
    assert sum(float(size) for size in sizes) == len(told)
    shares = [claim.value for claim in result.claims if claim.metric.id == "segment_share"]
    assert sum(float(share) for share in shares) == pytest.approx(1)
    assert 0.8 <= float(value_of(result.claims, "segment_stability")) <= 1
    assert float(value_of(result.claims, "p_value", parameter="segments")) <= 0.05
    assert float(value_of(result.claims, "p_value", parameter="revenue")) <= 0.05
    assert len(result.personas) == 3
    assert "low_stability" not in codes(result.caveats)


def test_personas_are_those_that_were_planted(context: Make) -> None:
    told, group = club()

    found = persona.audience(*_ledger_and_people(context, shop(group), told)).of

    assert rand(found.reindex([row["customer_id"] for row in told]).astype(int).to_numpy(), group) > 0.8


def _ledger_and_people(make: Make, sold: Sequence[Row], told: Sequence[Row]) -> tuple[Any, Any]:
    ledger = persona.Ledger("persona", OCTOBER, "EUR")
    who = persona.people(orders(sold), canonical("order_lines", []), canonical("customers", told), OCTOBER)
    return ledger, who


def test_structureless_people_are_one_audience_with_facts(context: Make) -> None:
    rng = np.random.default_rng(3)
    told = [{"customer_id": str(n), "age": rng.normal(40, 9), "visits": rng.normal(5, 1)} for n in range(240)]

    result = run(context, shop(np.zeros(240, dtype=int)), told)

    assert value_of(result.claims, "segments") == 1
    assert [claim for claim in result.claims if claim.metric.id == "segment_size"] == []
    assert "low_stability" in codes(result.caveats)
    assert "one audience" in words(result.summary[0]) or "One audience" in words(result.summary[0])
    assert len(result.personas) == 1
    assert result.worth is None
    assert any("one audience" in words(action.what) for action in result.actions)


def test_groups_that_spend_alike_are_no_personas(context: Make) -> None:
    told, group = club()

    result = run(context, shop(group, worth=(30.0, 30.0, 30.0)), told)

    assert value_of(result.claims, "segments") == 1
    assert "do not differ in what they spend" in words(result.evidence[0])
    assert float(value_of(result.claims, "p_value", parameter="revenue")) > 0.05


def test_without_orders_personas_stand_and_it_is_said_that_nothing_confirms_them(context: Make) -> None:
    told, _ = club()

    result = run(context, told=told)

    assert value_of(result.claims, "segments") == 3
    assert "assumption" in codes(result.caveats)
    assert isinstance(result.worth, Gap)
    assert isinstance(result.value, Gap)
    assert isinstance(result.trade, Gap)
    assert len(result.personas) == 3


def test_with_neither_customers_nor_orders_everything_is_one_gap(context: Make) -> None:
    result = run(context, [{"ordered_at": pd.Timestamp(END), "revenue": 9.0}])

    gaps = {getattr(result, name) for name in ("cards", "trade", "classes", "value", "models", "evidence", "segments")}
    assert len(gaps) == 1
    assert isinstance(gaps.pop(), Gap)
    assert (result.claims, result.personas, result.actions) == ((), (), ())


def test_a_few_customers_are_no_personas_and_no_cell_shows_them(context: Make) -> None:
    result = run(context, [order(n, 10 * n) for n in range(4)])

    assert "small_sample" in codes(result.caveats)
    assert result.personas == ()
    assert isinstance(result.classes, Gap)
    assert isinstance(result.value, Gap)
    assert (
        value_of(
            result.claims,
            "customers",
        )
        == 4
    )


def test_the_same_people_under_other_ids_give_the_same_report(context: Make, published: persona.Result) -> None:
    """Ids are salted digests, which differ from one computer to the next."""
    told, group = club()
    sold = shop(group)

    def renamed(rows: Sequence[Row]) -> list[dict[str, Any]]:
        return [{**row, "customer_id": f"{int(row['customer_id']) * 7919 % 1009:04d}"} for row in rows]

    first = published
    other = run(context, renamed(sold), renamed(told))

    assert [claim.as_json() for claim in first.claims] == [claim.as_json() for claim in other.claims]
    assert first == other


# Cards


def test_a_card_shows_means_and_shares_of_its_own_people_graded_with_their_number(
    context: Make, published: persona.Result
) -> None:
    told, group = club()
    ledger, who = _ledger_and_people(context, shop(group), told)
    of = persona.audience(ledger, who).of
    own = pd.DataFrame(told).set_index("customer_id").loc[of.index[of == "1"]]
    card = published.personas[0]
    assert cell(card, "age", 1) == Quantity(pytest.approx(own["age"].mean()), "ratio")
    assert cell(card, "age", 4) == Quantity(len(own))
    assert words(cell(card, "age", 3)) == "measured"
    level = own["home"].value_counts().index[0]
    assert level in words(cell(card, "home", 1))
    assert words(cell(card, "Expected to pay", 3)) == "inferred"


def test_customers_outside_the_table_are_only_assumed_to_be_alike(context: Make) -> None:
    told, group = club()
    more = [order(f"x{n}", 20 + n) for n in range(40)]

    result = run(context, [*shop(group), *more], told)

    row = next(cells for cells in result.personas[0].rows if "outside" in words(cells[0]))
    assert (words(row[3]), row[4]) == ("assumed", Quantity(40))


def test_a_level_of_fewer_than_ten_people_is_not_shown(context: Make) -> None:
    rng = np.random.default_rng(5)
    told = [{"customer_id": str(n), "age": rng.normal(40, 9), "town": f"t{n % 30}"} for n in range(120)]

    (card,) = run(context, told=told).personas

    assert not [cells for cells in card.rows if "town" in words(cells[0])]


def test_special_categories_are_used_nowhere(context: Make) -> None:
    told, group = club()
    told = [{**row, "Religión": "abc"[kind]} for row, kind in zip(told, group, strict=True)]

    result = run(context, shop(group), told)

    assert "personal_data" in codes(result.caveats)
    used = [words(cells[0]) for card in result.personas for cells in card.rows]
    assert used
    assert not [name for name in used if "elig" in name]
    assert not [action for action in result.actions if "elig" in words(action.what)]


def test_larger_orders_are_said_only_beyond_chance_and_lead_to_an_action(published: persona.Result) -> None:
    result = published

    verdicts = {claim.scope: claim for claim in result.claims if claim.metric.id == "aov" and claim.compared_to}
    better = [claim for claim in verdicts.values() if claim.verdict == "better"]
    assert len(better) == 1
    assert float(better[0].value) == pytest.approx(60 * np.exp(0.02), rel=0.06)
    assert "look-alike" in words(result.actions[0].what)
    assert "house" in words(result.actions[0].what) or "visits" in words(result.actions[0].what)


# Value


def test_value_is_claimed_for_all_and_each_persona_with_an_interval_against_all(published: persona.Result) -> None:
    told, _ = club()
    result = published

    whole = claim_of(result.claims, "segment_value", horizon="26")
    each = [claim_of(result.claims, "segment_value", segment=str(n), horizon="26") for n in (1, 2, 3)]
    assert whole.interval is not None
    assert whole.interval.holds(float(whole.value))
    assert all(claim.compared_to and claim.compared_to.value == whole.value for claim in each)
    assert all(claim.interval and claim.interval.level == 0.8 for claim in each)
    assert sum(claim.n or 0 for claim in each) == whole.n == len(told)
    assert isinstance(result.worth, Forest)
    assert result.worth.no_effect == whole.value
    dearest = max(each, key=lambda claim: float(claim.value))
    larger = [c for c in result.claims if c.metric.id == "aov" and c.verdict == "better"]
    assert dict(dearest.scope)["segment"] == dict(larger[0].scope)["segment"]


def test_orders_after_the_period_change_nothing(context: Make) -> None:
    _, group = club()
    sold = shop(group)
    later = [{**row, "ordered_at": pd.Timestamp(END) + pd.Timedelta(days=9), "revenue": 1e6} for row in sold]

    assert run(context, sold) == run(context, [*sold, *later])


def test_models_are_claimed_with_their_parameters(context: Make) -> None:
    result = run(context, shop(club()[1]))

    named = {
        (dict(claim.scope)["model"], dict(claim.scope)["parameter"])
        for claim in result.claims
        if claim.metric.id == "model_parameter"
    }
    assert ("gamma_gamma", "p") in named
    for model in ("bg_nbd", "pareto_nbd", "gamma_gamma"):
        assert {name for found, name in named if found == model} in (
            set(),
            set(persona.persona_value.lifetime.NAMES[model]),
        )


# Classes of trade


def test_classes_of_trade_by_hand(context: Make) -> None:
    """Returns after 30 days, so 30 days overdue is at risk and 60 lost."""
    sold = [order(f"new{n}", 20, 10.0) for n in range(12)]
    sold += [order(f"once{n}", 200, 20.0) for n in range(13)]
    for name, count, last in (("loyal", 14, 5), ("risk", 15, 45), ("lost", 16, 90)):
        sold += [order(f"{name}{n}", last + extra, 30.0) for n in range(count) for extra in (0, 30)]

    result = run(context, sold)

    assert isinstance(result.classes, Table)
    assert [cells[1] for cells in result.classes.rows] == [Quantity(n) for n in (12, 13, 14, 15, 16)]
    revenue = 12 * 10 + 13 * 20 + 2 * 30 * (14 + 15 + 16)
    assert [cells[3].value for cells in result.classes.rows] == pytest.approx(
        [120 / revenue, 260 / revenue, 840 / revenue, 900 / revenue, 960 / revenue]
    )
    assert value_of(result.claims, "items", parameter="at_risk") == 15
    assert value_of(result.claims, "items", parameter="usual_return") == 30
    assert isinstance(result.trade, Bars)
    assert any("at risk" in words(action.what) for action in result.actions)


def test_a_class_of_few_is_put_with_its_neighbour(context: Make) -> None:
    sold = [order(f"new{n}", 20) for n in range(30)] + [order(f"once{n}", 200) for n in range(4)]

    result = run(context, sold)

    assert isinstance(result.classes, Table)
    assert [cells[1] for cells in result.classes.rows] == [Quantity(34)]


def test_repeat_share_and_order_value_are_of_all_history_up_to_the_end(context: Make) -> None:
    sold = [order("a", 300, 10.0), order("a", 30, 20.0), order("b", 200, 60.0)]

    claims = run(context, sold).claims

    assert value_of(claims, "repeat_share") == pytest.approx(0.5)
    assert value_of(claims, "aov") == pytest.approx(30.0)
    assert claim_of(claims, "aov").period.start == date(2026, 1, 4)
