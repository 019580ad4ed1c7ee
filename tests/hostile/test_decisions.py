"""Every decision about security that is taken in Python is noticed when it is undone."""

from __future__ import annotations

import pytest

from .checks import CHECKS, fault_in
from .decisions import Mutant, forget, mutants

HARMLESS = {
    "helpers.svg.cleaner._attributes: _NO_TURN": "size: a turn by nothing is left out",
    "helpers.svg.cleaner._attributes: 'id' in given": "looks: without its id nothing can be referred to",
    "helpers.svg.cleaner._colours": "looks",
    "helpers.svg.cleaner._rounded": "size",
    "helpers.svg.cleaner._short": "size",
    "helpers.svg.cleaner._frame": "looks: where the drawing stands, of attributes that have their form",
    "helpers.svg.references._name: _LOCAL": "the form is held by `allowed` before",
    "helpers.svg.references._number": "size: ids that nothing refers to",
    "helpers.html.markdown._lowered": "looks: the sanitiser closes the heading",
    "helpers.html.markdown._safe: nh3.clean without link_rel": "it says what is the default of nh3",
    "helpers.export.reading._failure": "words of an error",
}
"""Mutants that let nothing through, by the beginning of their name, and why."""


def noticed(mutant: Mutant) -> str | None:
    """What the checks find wrong with the mutant in place."""
    package = ".".join(mutant.place.split(".")[:2])
    try:
        with pytest.MonkeyPatch.context() as patch:
            mutant.apply(patch)
            forget()
            return fault_in(package)
    finally:
        forget()


@pytest.mark.parametrize("package", CHECKS)
def test_all_is_well_without_a_mutant(package: str) -> None:
    assert fault_in(package) is None


@pytest.mark.slow
def test_every_mutant_is_noticed_but_the_harmless() -> None:
    made = mutants()
    survivors = [str(mutant) for mutant in made if noticed(mutant) is None]

    assert [name for name in survivors if not name.startswith(tuple(HARMLESS))] == []
    assert [reason for reason in HARMLESS if not any(name.startswith(reason) for name in survivors)] == []
    assert len(made) > 100
