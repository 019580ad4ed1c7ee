import numpy as np
import pandas as pd
import pytest

from helpers.methods.alarms import decay, outage, spike

DAYS = 540
DATES = pd.date_range("2025-01-06", periods=DAYS)
WORLDS = 150
START = 280


def covers(spans, first, last):
    return any(span.start <= DATES[first].date() and span.end >= DATES[last].date() for span in spans)


@pytest.mark.parametrize(
    ("month", "dispersion", "correlation"), [(100, 1.0, 0.0), (300, 1.3, 0.3), (300, 8.0, 0.3), (1000, 3.0, 0.3)]
)
def test_without_an_outage_none_is_found(worlds, month, dispersion, correlation):
    means = worlds.weekday_means(DAYS, month)
    events = worlds.counts(41, means, WORLDS, dispersion=dispersion, correlation=correlation)

    alarms = sum(bool(outage(row, 20 * means, DATES)) for row in events)

    assert alarms <= worlds.at_most(0.01, WORLDS)


@pytest.mark.parametrize(("month", "dispersion", "correlation"), [(300, 1.3, 0.3), (1000, 8.0, 0.3)])
def test_three_days_without_events_are_an_outage_with_its_dates(worlds, month, dispersion, correlation):
    means = worlds.weekday_means(DAYS, month)
    events = worlds.counts(42, means, WORLDS, dispersion=dispersion, correlation=correlation)
    events[:, START : START + 3] = 0

    found = [outage(row, 20 * means, DATES) for row in events]

    assert sum(covers(spans, START, START + 2) for spans in found) >= 0.98 * WORLDS
    first = found[0][0]
    assert (first.observed, first.p_value < 1e-4) == (0, True)
    assert first.expected == pytest.approx(means[START : START + 3].sum(), rel=0.35)


def test_weekends_without_events_are_no_outage():
    rng = np.random.default_rng(1)
    events = rng.poisson(np.where(np.arange(DAYS) % 7 < 5, 30, 0)).astype(float)

    assert outage(events, np.full(DAYS, 500.0), DATES) == []


def test_a_campaign_that_pauses_has_no_outage():
    rng = np.random.default_rng(2)
    exposure = np.full(DAYS, 500.0)
    exposure[START : START + 10] = 0

    assert outage(rng.poisson(exposure * 0.05).astype(float), exposure, DATES) == []


@pytest.mark.parametrize("silence", [slice(START, START + 1), slice(START, START + 2)])
def test_one_day_is_no_run(silence):
    events = np.full(DAYS, 40.0)
    events[silence] = 0

    found = outage(events, np.full(DAYS, 500.0), DATES)

    assert len(found) == (silence.stop - silence.start >= 2)


def test_a_few_events_that_trickle_through_are_an_outage_still():
    events = np.random.default_rng(3).poisson(100, DAYS).astype(float)
    events[START : START + 3] = 2

    assert covers(outage(events, np.full(DAYS, 500.0), DATES), START, START + 2)


@pytest.mark.parametrize("days", [0, 5, 20])
def test_a_short_series_raises_no_alarm(days):
    assert outage(np.zeros(days), np.ones(days), DATES[:days]) == []
    assert spike(np.ones(days), DATES[:days]) == []


@pytest.fixture
def costs(worlds):
    """Costs per click: coefficient of variation 15 %, correlation .85 from day to day, and a weekday pattern."""
    shape = np.array([1, 1, 1.05, 1, 1.1, 0.9, 0.9])[np.arange(DAYS) % 7]
    return 0.8 * shape * np.exp(0.15 * worlds.wander(np.random.default_rng(4), WORLDS, DAYS, 0.85))


def test_ordinary_costs_raise_no_alarm(worlds, costs):
    assert sum(bool(spike(row, DATES)) for row in costs) <= worlds.at_most(0.02, WORLDS)


def test_costs_of_two_and_a_half_times_for_36_hours_are_found(costs):
    starts = np.random.default_rng(5).integers(20, DAYS - 2, WORLDS)
    hits, whole = 0, 0
    for row, start in zip(costs, starts, strict=True):
        row[start : start + 2] *= [2.5, 1.75]
        found = spike(row, DATES)
        hits += covers(found, start, start)
        whole += covers(found, start, start + 1)

    assert hits >= 0.95 * WORLDS
    assert whole >= 0.85 * WORLDS


def test_a_spike_says_what_it_cost_and_what_was_usual():
    values = np.full(100, 2.0) * np.tile([1.01, 0.99], 50)
    values[50:52] = 5.0

    (found,) = spike(values, DATES[:100])

    assert (found.start, found.end) == (DATES[50].date(), DATES[51].date())
    assert found.observed == pytest.approx(5.0)
    assert found.expected == pytest.approx(2.0, rel=0.02)


@pytest.mark.parametrize("factor", [0.5, 2.0])
@pytest.mark.parametrize(("earliest", "latest"), [(20, DAYS - 20), (DAYS - 12, DAYS - 5)])
def test_a_lasting_change_is_no_spike(worlds, costs, factor, earliest, latest):
    starts = np.random.default_rng(6).integers(earliest, latest, WORLDS)
    for row, start in zip(costs, starts, strict=True):
        row[start:] *= factor

    assert sum(bool(spike(row, DATES)) for row in costs) <= worlds.at_most(0.02, WORLDS)


def test_a_day_with_few_clicks_has_to_deviate_more():
    values = np.exp(0.1 * np.random.default_rng(7).normal(size=200))
    values[100] = 2.2
    few = np.full(200, 400.0)
    few[100] = 4

    assert len(spike(values, DATES[:200], weights=np.full(200, 400.0))) == 1
    assert spike(values, DATES[:200], weights=few) == []


def test_a_rise_below_the_factor_does_not_matter():
    values = np.exp(0.01 * np.random.default_rng(8).normal(size=200))
    values[100] = 1.5

    assert spike(values, DATES[:200]) == []
    assert len(spike(values, DATES[:200], factor=1.3)) == 1


def test_days_without_a_rate_are_passed_over():
    values = np.exp(0.05 * np.random.default_rng(9).normal(size=200))
    values[::5] = np.nan
    values[[1, 7]] = 0
    values[101:103] = 3

    (found,) = spike(values, DATES[:200])

    assert (found.start, found.end) == (DATES[101].date(), DATES[102].date())


def faded(rng, worlds, *, clicks, fade, dispersion=1.0, days=42):
    """Daily clicks of an item and its peers, whose common click rate moves by the day."""
    shown = rng.poisson(clicks / days / 0.012 * np.exp(0.2 * rng.normal(size=days))).astype(float)
    contacts = 10 * np.cumsum(shown) / shown.sum()
    shape = (contacts + 1) ** -fade
    common = 0.012 * np.exp(0.15 * rng.normal(size=days))
    peers_shown = np.full(days, 10 * shown.mean())
    seed = int(rng.integers(2**31))
    own = worlds.counts(seed, shown * common * shape / np.average(shape, weights=shown), 1, dispersion=dispersion)
    peers = worlds.counts(seed + 1, peers_shown * common, 1, dispersion=dispersion)
    found = decay(own[0], shown, contacts, peers_numerator=peers[0], peers_denominator=peers_shown)
    return found, shape[-1] / shape[0]


def test_an_ad_that_tires_is_found_with_its_ratio(worlds):
    rng = np.random.default_rng(10)

    pairs = [faded(rng, worlds, clicks=400, fade=0.43) for _ in range(WORLDS)]

    shown = [(found.ratio, truth) for found, truth in pairs if found]
    assert len(shown) >= 0.85 * WORLDS
    assert sum(ratio.interval.holds(truth) for ratio, truth in shown) >= worlds.at_least(0.85, len(shown))


@pytest.mark.parametrize("dispersion", [1.0, 3.0])
def test_an_ad_that_does_not_tire_is_left_alone(worlds, dispersion):
    rng = np.random.default_rng(11)
    trials = 4 * WORLDS

    alarms = sum(faded(rng, worlds, clicks=600, fade=0.0, dispersion=dispersion)[0] is not None for _ in range(trials))

    assert alarms <= worlds.at_most(0.01, trials)


@pytest.mark.parametrize(
    ("days", "clicks", "exposure"),
    [(10, 100.0, np.arange(10.0)), (30, 0.5, np.arange(30.0)), (30, 100.0, np.ones(30))],
    ids=["under two weeks", "under 30 events", "no exposure added"],
)
def test_too_little_shows_no_decay(days, clicks, exposure):
    falling = clicks * np.linspace(2, 0.1, days)

    found = decay(falling, np.full(days, 1e4), exposure, peers_numerator=np.full(days, clicks),
                  peers_denominator=np.full(days, 1e4))  # fmt: skip

    assert found is None
