"""Every output of every template escapes what it prints: leaving any one of them raw changes a page's elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from helpers.html import environment
from helpers.html.look import TEMPLATES

from . import unescaped
from .inert import Shape, shapes

UNFED = {
    "path": "numbers alone, from `spark`",
    "mark": "an image's address in which every sign that ends an attribute is a number, from `logo`",
    "picture ( block , view )": "the same, from `picture`",
    "  if not loop . last": "a blank of the template itself",
    ",  if not loop . last": "a comma of the template itself",
    "[ value , view . size ( card . value ) ] | join (   ) | trim": "classes of ours, by the length of a number",
    "file | urlencode": "a path in which every sign but letters, digits and a few more is a number",
    "state . kind": "one of our own words",
    "tile . kind": "one of our own words",
    "sheet . by": "one of our own words",
    "page if name == sheet . name else true": "one of our own words",
    "newest . newest": "a date",
    "( 100 * client . spend . figure . value / largest ) | round ( 1 )": "a number",
    "widths [ 0 ]": "a number",
    "widths [ 1 ]": "a number",
}
"""Outputs that hold nothing to be escaped; any other must be given data by `fields` or `folders`."""


OURS = {"catalogue.html.j2"}
"""Templates that print nothing but samples of ours, for developers."""


class Bench:
    """Renders real pages of hostile data again and again, each time with one output left unescaped."""

    def __init__(self, given: list[tuple[str, dict[str, Any]]]) -> None:
        self.switch = unescaped.Switch()
        self._environment = unescaped.switched(self.switch)
        self._given = given
        self.whole: list[list[Shape]] = []
        self.fed: dict[int, int] = {}
        self._idle: set[int] = set()
        for place in range(len(given)):
            self.switch.printed.clear()
            self.whole.append(self._render(place))
            for number in self.switch.printed:
                if self.switch.is_fed(number):
                    self.fed.setdefault(number, place)
                elif not self.switch.strings(number):
                    self._idle.add(number)

    @property
    def unfed(self) -> list[unescaped.Output]:
        """Outputs that printed no data in any of the pages, but strings, or nothing at all."""
        numbers = set(range(len(self.switch.outputs))) - set(self.fed) - self._idle
        return [self.switch.outputs[number] for number in sorted(numbers)]

    def changes(self, number: int) -> bool:
        """Whether the elements of a page are others with this output left unescaped."""
        place = self.fed[number]
        self.switch.unescaped = number
        try:
            return self._render(place) != self.whole[place]
        finally:
            self.switch.unescaped = None

    def _render(self, place: int) -> list[Shape]:
        name, context = self._given[place]
        return shapes(self._environment.get_template(name).render(context))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with pytest.MonkeyPatch.context() as patch:
        yield Bench(unescaped.contexts(tmp_path_factory.mktemp("reports"), patch))


def test_every_output_is_given_hostile_data(bench: Bench) -> None:
    assert [output for output in bench.unfed if output.expression not in UNFED] == []
    assert {output.template for output in bench.switch.outputs} == {path.name for path in TEMPLATES.glob("*.j2")} - OURS


def test_no_output_that_is_fed_could_do_without_escaping(bench: Bench) -> None:
    survivors = [bench.switch.outputs[number] for number in bench.fed if not bench.changes(number)]

    assert survivors == []
    assert len(bench.fed) > 60


def test_the_pages_of_the_bench_hold_no_element_of_the_payload(bench: Bench) -> None:
    assert all(("b", ("x",)) not in whole for whole in bench.whole)


def test_nothing_turns_the_escaping_off() -> None:
    assert environment().autoescape is True
    assert environment().filters.keys().isdisjoint({"raw", "html"})
    for path in TEMPLATES.glob("*.j2"):
        found = re.search(r"\|\s*(safe|forceescape)\b|autoescape|\{%-?\s*raw", path.read_text(encoding="utf-8"))
        assert found is None, path
