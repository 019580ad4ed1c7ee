"""The latent world behaves as marketing is known to behave."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from helpers.simulate import figures, noise, world
from helpers.simulate.scenarios import scenario
from helpers.simulate.spend import share_out
from helpers.simulate.streams import Streams

DEMO = scenario(None, seasonal=False)
SEEDS = range(5)


@pytest.fixture(scope="module")
def worlds() -> list[world.World]:
    return [world.build(DEMO, Streams(seed)) for seed in SEEDS]


@pytest.fixture(scope="module")
def drawn() -> figures.Figures:
    streams = Streams(7)
    return figures.draw(world.build(DEMO, streams), streams)


def test_a_stream_depends_on_its_name_only() -> None:
    streams = Streams(5)
    first = streams.of("a", "b").uniform(size=3)
    streams.of("other").uniform(size=100)

    assert streams.of("a", "b").uniform(size=3).tolist() == first.tolist()
    assert streams.of("a", "c").uniform(size=3).tolist() != first.tolist()
    assert Streams(6).of("a", "b").uniform(size=3).tolist() != first.tolist()


def test_constant_spend_is_its_own_pressure() -> None:
    assert world.carry_over(np.full(30, 80.0), 0.8) == pytest.approx(np.full(30, 80.0))


def test_pressure_fades_by_the_retention_when_spend_stops() -> None:
    spend = np.array([100.0] * 7 + [0.0] * 3)

    assert world.carry_over(spend, 0.5)[7:] == pytest.approx([50.0, 25.0, 12.5])


@pytest.mark.parametrize("channel", DEMO.channels, ids=lambda channel: channel.platform)
def test_response_saturates(channel) -> None:
    half = channel.half_saturation * channel.usual_spend

    assert world.hill(channel, np.array([0.0, half]))[:] == pytest.approx([0.0, 0.5])
    assert world.hill(channel, np.array([1e9]))[0] == pytest.approx(1.0, abs=1e-4)
    assert world.expected_orders(channel, np.full(9, channel.usual_spend))[-1] == pytest.approx(channel.usual_orders)


def test_a_quarter_of_the_blocks_is_held_back_and_none_in_the_last_two_months(worlds) -> None:
    for one in worlds:
        for platform, blackouts in one.spend.blackouts.items():
            assert len(blackouts) == 4
            assert max(blackout.end for blackout in blackouts) < pd.Timestamp("2026-09-01").date()
            inside = pd.concat([one.spend.daily.loc[str(b.start) : str(b.end), platform] for b in blackouts])
            outside = one.spend.daily[platform].drop(inside.index)
            assert inside.mean() == pytest.approx(0.1 * outside.mean(), rel=0.4)


def test_an_oracle_can_tell_the_channels_of_the_demo_apart_but_not_those_that_follow_the_season() -> None:
    demo = world.build(DEMO, Streams(7))
    seasonal = world.build(scenario(None, seasonal=True), Streams(11))

    assert np.linalg.cond(np.corrcoef(demo.effect.to_numpy().T)) < 5
    assert np.linalg.cond(np.corrcoef(seasonal.effect.to_numpy().T)) > 20
    assert demo.spend.daily.corr().abs().where(~np.eye(3, dtype=bool)).max(axis=None) < 0.5
    assert seasonal.spend.daily.corrwith(seasonal.outlook).min() > 0.98


def test_attention_costs_more_before_christmas(worlds) -> None:
    pressure = worlds[0].pressure

    assert 1.3 < pressure.loc["2025-11-15":"2025-12-15"].mean() / pressure.loc["2025-06"].mean() < 1.8


def test_click_prices_of_search_drift_as_measured_elsewhere() -> None:
    path = noise.wander(np.random.default_rng(1), 40_000, spread=0.15, memory=0.85)

    assert path.std() / path.mean() == pytest.approx(0.15, abs=0.01)
    assert pd.Series(path).autocorr(1) == pytest.approx(0.85, abs=0.02)
    assert path.mean() == pytest.approx(1.0, abs=0.01)


def test_clicks_vary_more_than_chance_alone() -> None:
    counts = noise.dispersed_counts(np.random.default_rng(2), np.full(40_000, 30.0))

    assert counts.mean() == pytest.approx(30.0, rel=0.01)
    assert counts.var() / counts.mean() == pytest.approx(1.3, abs=0.05)
    assert noise.dispersed_counts(np.random.default_rng(2), np.zeros(50)).sum() == 0


def test_what_is_shared_out_is_all_there_is() -> None:
    parts = share_out(np.array([10.0, 8.0]), np.array([[1.0, 3.0], [0.0, 2.0]]))

    assert parts.tolist() == [[2.5, 7.5], [0.0, 8.0]]


def test_platforms_claim_true_orders_times_their_factor(drawn) -> None:
    one = world.build(DEMO, Streams(7))
    for platform, rows in (("meta", drawn.meta), ("google_ads", drawn.google), ("tiktok", drawn.tiktok)):
        expected = one.claimed(platform).sum()
        assert rows["conversions"].sum() == pytest.approx(expected, abs=4 * expected**0.5)


def test_spend_of_the_ads_is_the_spend_decided(drawn) -> None:
    one = world.build(DEMO, Streams(7))

    assert drawn.meta.groupby("date")["spend"].sum().to_numpy() == pytest.approx(
        one.spend.daily["meta"].to_numpy(), abs=0.05
    )


def test_several_ads_are_alive_and_come_and_go(drawn) -> None:
    alive = drawn.meta.groupby("date")["ad"].nunique()

    assert alive.between(5, 8).all()
    assert drawn.meta["ad"].nunique() > 25


def test_repeat_purchases_follow_the_model_of_the_truth(drawn) -> None:
    """E[X(t)] of BG/NBD (Fader, Hardie and Lee 2005), by simulation over each customer's own time, within chance."""
    orders = drawn.ledger.orders
    day = orders["ordered_at"].dt.tz_localize(None)
    first = day.groupby(orders["customer"]).min()
    weeks = ((pd.Timestamp("2026-11-01") - first).dt.total_seconds() / 604_800).to_numpy()
    rng = np.random.default_rng(0)
    means = []
    for _ in range(30):
        rate = rng.gamma(0.18, 1 / 20.0, len(weeks))
        leaving = rng.beta(0.8, 2.4, len(weeks))
        visits = rng.poisson(rate * weeks)
        means.append(np.minimum(visits, rng.geometric(leaving)).sum())

    repeats = len(orders) - len(first)
    assert abs(repeats - np.mean(means)) < 4 * np.std(means)


def test_one_experiment_has_an_effect_that_is_found_and_one_has_none(raw, truth) -> None:
    found = {}
    for name in ("ficha_video", "titular_portada"):
        users = raw.users(name)
        arms = users.groupby("variant")["converted"].agg(["mean", "size"])
        pooled = users["converted"].mean()
        error = np.sqrt(pooled * (1 - pooled) * (1 / arms["size"]).sum())
        found[name] = (arms.loc["B", "mean"] - arms.loc["A", "mean"]) / error
        for arm, rate in truth["experiments"][name]["rates"].items():
            assert abs(arms.loc[arm, "mean"] - rate) < 4 * np.sqrt(rate * (1 - rate) / arms.loc[arm, "size"])

    assert found["ficha_video"] >= 4
    assert abs(found["titular_portada"]) < 1.64


def test_reels_are_better_only_where_the_truth_says_so(raw, truth) -> None:
    table = pd.read_csv(raw.export("redes/*instagram.csv"))
    interactions = table[["Me gusta", "Comentarios", "Veces que se ha compartido", "Veces que se ha guardado"]].sum(
        axis=1
    )
    rate = np.log((interactions + 1) / table["Alcance"])
    is_reel = table["Tipo de publicación"] == "Reel de IG"
    pvalue = stats.ttest_ind(rate[is_reel], rate[~is_reel], alternative="greater").pvalue

    assert (pvalue < 1e-4) == (truth["posts"]["instagram"]["best_format"] == "reel")


def test_interest_rises_in_the_week_of_the_truth(raw, truth) -> None:
    lines = raw.export("mercado/multiTimeline.csv").read_text(encoding="utf-8").splitlines()[3:]
    interest = pd.Series({line.split(",")[0]: int(line.split(",")[1]) for line in lines})
    week = interest.index.get_loc(truth["trends"]["level_shift"])

    splits = range(8, len(interest) - 8)
    misfit = {
        k: interest.iloc[:k].var(ddof=0) * k + interest.iloc[k:].var(ddof=0) * (len(interest) - k) for k in splits
    }
    assert abs(min(misfit, key=lambda k: misfit[k]) - week) <= 1
    assert interest.iloc[week:].mean() > 1.4 * interest.iloc[:week].mean()


def test_the_library_holds_the_shares_of_ads_that_the_truth_has(raw, truth) -> None:
    ads = pd.read_csv(raw.folder / "exports/mercado/biblioteca_anuncios.csv", parse_dates=["Inicio", "Fin"])
    ran = ads[~(ads["Fin"] < "2026-10-01") & (ads["Inicio"] <= "2026-10-31")]["Anunciante"].value_counts(normalize=True)

    known = {truth["client"] if name == "client" else name: one for name, one in truth["competitors"].items()}
    assert dict(ran) == pytest.approx({name: one["share_of_ads"] for name, one in known.items()}, abs=1e-4)
    assert (ads["Fin"] >= ads["Inicio"])[ads["Fin"].notna()].all()
