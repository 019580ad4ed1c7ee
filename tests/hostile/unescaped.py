"""Templates in which any one output can be left unescaped, and what they are given to print.

Every `{{ … }}` of every template is found by the template engine itself; the contexts are those of real pages, with a
payload put into every string, whatever checks the string would have met before.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup
from pydantic import BaseModel
from tests.export.conftest import sample
from tests.site.conftest import claim, spend, stage, write_run

from helpers.export import pages
from helpers.html import Look, View, environment, fallback
from helpers.site import portfolio_pages
from helpers.site.bundles.protected import protected
from helpers.units import Quantity
from helpers.wording import Message

from . import fields
from .folders import index_pages, lay

PAYLOAD = "'\"><b x>"
"""Short, since some fields are cut; it ends an attribute, or it is an element."""

KEPT = {"kind", "role", "wide", "narrow", "logo", "texts", "unit", "by"}
"""Which block, how a number is written, how a list is ordered, and drawings, which other tests attack."""


NAMED = {"said"}
"""Dictionaries whose keys are names in a template."""


@dataclass(frozen=True)
class Output:
    """One `{{ … }}`: the template, its line and the expression."""

    template: str
    line: int
    expression: str


@dataclass
class Switch:
    """Which output is left unescaped, and what each was given to print."""

    unescaped: int | None = None
    outputs: list[Output] = field(default_factory=list)
    printed: dict[int, list[Any]] = field(default_factory=dict)

    def __call__(self, value: Any, number: int) -> Any:
        self.printed.setdefault(number, []).append(value)
        return Markup(value) if number == self.unescaped else value  # the mutation itself

    def add(self, output: Output) -> int:
        self.outputs.append(output)
        return len(self.outputs) - 1

    def is_fed(self, number: int) -> bool:
        """Whether the output prints data: a payload that is still to be escaped."""
        return any(PAYLOAD in str(value) for value in self.strings(number))

    def strings(self, number: int) -> list[Any]:
        """What the output printed but numbers and markup that a macro, or a function that other tests attack, made."""
        return [value for value in self.printed.get(number, []) if not isinstance(value, Markup | int)]


class Switched(Extension):
    """Sends every output of a template through the environment's switch."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        expression: list[str] = []
        for token in stream:
            if token.type == "variable_end":
                output = Output(stream.name or "", token.lineno, " ".join(expression))
                yield from _call(token.lineno, self.environment.globals["switch"].add(output))
            yield token
            expression.append(str(token.value))
            if token.type == "variable_begin":
                expression = []
                yield Token(token.lineno, "lparen", "(")


def _call(line: int, number: int) -> Iterator[Token]:
    """The tokens that end the bracket and send what is in it through the switch."""
    for kind, value in (("rparen", ")"), ("pipe", "|"), ("name", "switched"), ("lparen", "("), ("integer", number)):
        yield Token(line, kind, value)
    yield Token(line, "rparen", ")")


def switched(switch: Switch) -> jinja2.Environment:
    """The environment of the pages with the switch built in."""
    made = environment().overlay(extensions=[Switched])
    # An overlay shares these with the environment that the pages go on using.
    made.filters = made.filters | {"switched": jinja2.pass_context(lambda _, value, number: switch(value, number))}
    made.globals = made.globals | {"switch": switch}
    return made


def contexts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """What reports, index pages and JupyterLab's fallback give to their templates: much, little, next to nothing."""
    given: list[tuple[str, dict[str, Any]]] = []
    render = jinja2.Template.render

    def noted(template: jinja2.Template, *arguments: Any, **named: Any) -> str:
        given.append((template.name or "", dict(*arguments, **named)))
        return render(template, *arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(jinja2.Template, "render", noted)
        for size in _SIZES:
            pages(fields.notebook([PAYLOAD], PAYLOAD, size=size), ["en"])
            for model in fields.BLOCKS:
                for block in fields.specimens(model, PAYLOAD, size):
                    fallback(block, fields.LANGUAGES)
        ordinary = sample(charts=())
        ordinary.cells[2].source = f"## {PAYLOAD}"
        pages(ordinary, ["en"])
        index_pages(lay(folder / "hostile", [PAYLOAD]))
        patch.setattr(portfolio_pages, "MOST", dict.fromkeys(portfolio_pages.MOST, 1))
        index_pages(_portfolio(folder / "ordinary"))
        (folder / "empty").mkdir()
        index_pages(folder / "empty")
        protected(pages(fields.notebook([PAYLOAD], PAYLOAD), ["en"])["en"], "en", "a password of the bench")
    return [(name, {key: poisoned(value, key) for key, value in context.items()}) for name, context in given]


def _portfolio(reports: Path) -> Path:
    """Clients in every state, one of them with more periods than are listed in full, and with files to hand over."""
    missed = [claim("roas", "worse"), claim("cpa", "worse"), claim("ctr", "better")]
    for month in range(1, 11):
        named = f"2026-{month:02}"
        folder = write_run(reports, month=named, claims=[*missed, spend(900.0, month=named)])
    (folder / "share").mkdir()
    (folder / "share" / f"{PAYLOAD}.zip").touch()
    write_run(reports, "beta", claims=[claim("roas", "better", value=3.0), spend(70.0)], name="Beta")
    write_run(reports, "gamma", stages=[stage(status="failed", error="no currency")], name="Gamma")
    (write_run(reports, "delta", "undated", stages=[], name="Delta") / "run.json").write_text('{"stages": []}')
    return reports


_SIZES = (1, 2, 16, None)
"""Sixteen rows are more than a page shows at once."""


class _View(View):
    """A view whose own words, from the catalogs, are hostile too."""

    def say(self, name: str) -> str:
        return PAYLOAD + name

    def day(self, iso: str) -> str:
        return PAYLOAD + iso

    def verdict(self, name: str) -> str:
        return PAYLOAD + name


class _Look(Look):
    @property
    def policy(self) -> str:
        return PAYLOAD + super().policy


def poisoned(value: Any, key: str = "") -> Any:
    """The same value with the payload before each string in it."""
    if key in KEPT or isinstance(value, Markup):
        return value
    if key in NAMED and isinstance(value, dict):
        return {name: poisoned(inner) for name, inner in value.items()}
    for kind, change in _CHANGES.items():
        if isinstance(value, kind):
            return change(value)
    if callable(value):
        return _answering(value)
    if dataclasses.is_dataclass(value):
        return _with_fields(value, {one.name for one in dataclasses.fields(value)})
    return value


def _answering(asked: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, whose answers bear the payload; what it is asked for does not, so that it knows it."""

    def answer(*given: Any) -> Any:
        plain = (one.replace(PAYLOAD, "") if isinstance(one, str) else one for one in given)
        return poisoned(asked(*plain))

    return answer


def _with_fields(value: Any, names: set[str]) -> Any:
    made = copy.copy(value)
    for name in names:
        object.__setattr__(made, name, poisoned(getattr(value, name), name))
    return made


_CHANGES: dict[type, Callable[[Any], Any]] = {
    Quantity: lambda figure: replace(figure, claim=poisoned(figure.claim)),
    Message: lambda said: replace(said, values=tuple((place, poisoned(value)) for place, value in said.values)),
    str: lambda text: text and PAYLOAD + text,  # what is empty is not shown
    dict: lambda found: {poisoned(key): poisoned(inner, key) for key, inner in found.items()},
    list: lambda found: [poisoned(inner) for inner in found],
    tuple: lambda found: tuple(poisoned(inner) for inner in found),
    View: lambda view: _View(view.index, f"{PAYLOAD}page", view.is_plain),  # another than any row's
    Look: lambda look: _Look(look.accent, PAYLOAD + look.margin),
    BaseModel: lambda block: _with_fields(block, set(type(block).model_fields)),
}
