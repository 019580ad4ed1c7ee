"""What was planted in a simulated world is found, nothing is found in the same world without it, totals are true."""

from __future__ import annotations

import pytest
from benchmarks.truth import WATCHED, World, world

from helpers.simulate import FAULTS

SEED = 29


@pytest.fixture(scope="module")
def faulty() -> World:
    return world(SEED)


def test_every_kind_of_fault_is_watched_for() -> None:
    assert set(WATCHED) == set(FAULTS)


def test_every_planted_fault_is_found_at_its_place(faulty: World) -> None:
    missed = [fault["name"] for fault in faulty.truth["faults"] if not faulty.warns(fault["name"], fault["where"])]

    assert missed == []


def test_totals_are_the_truth_to_the_cent(faulty: World) -> None:
    assert faulty.wrong_totals() == []


@pytest.mark.slow
def test_a_world_without_faults_brings_no_warning_of_one() -> None:
    clean = world(SEED, FAULTS)

    assert clean.raised() == []
    assert clean.suspected == ()


def test_planted_faults_bring_no_suspicion_of_others(faulty: World) -> None:
    assert faulty.suspected == ()


def test_experiments_come_out_as_they_were_planted(faulty: World) -> None:
    claims = faulty.results["post_campaign"].claims
    verdicts = {
        dict(claim.scope)["experiment"]: claim.verdict
        for claim in claims
        if claim.metric.id == "difference" and dict(claim.scope)["parameter"] == "converted"
    }

    assert verdicts == {"ficha_video": "better", "titular_portada": "not_shown", "aviso_envio": "not_shown"}
