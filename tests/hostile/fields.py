"""A payload in every field: of every block, found by its annotations, and of all that a notebook holds beside blocks.

A new block or field is attacked without a new line here. Fields that must have a form are named in `FORMED`.
"""

from __future__ import annotations

import itertools
import re
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from helpers import blocks
from helpers.blocks import MIME, Block, Run, Text

LANGUAGES = ["es-ES", "en"]
BLOCKS: tuple[type[BaseModel], ...] = get_args(Block)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" {0}><title>{1}</title>'
    "<style>.a{{fill:{1}}}</style>"
    '<g id={2} {0}><path d="M0 0L9 9" class={2} fill={2} style={2} transform={2} {0}/></g>'
    '<rect id="r" width="5" height="5" fill="url(#{1})" clip-path={2}/><use href={2}/><image href={2} width="9"/>'
    "<text font-family={2} {0}>{1}</text><desc>{1}</desc><script>{1}</script><a href={2}><text>{1}</text></a>"
    "<foreignObject><p>{1}</p></foreignObject><animate attributeName={2} values={2}/></svg>"
)
FOREIGN = (
    *("text/html", "text/markdown", "text/latex", "text/plain", "application/javascript", "text/vnd.mermaid"),
    *("image/svg+xml", "application/vnd.jupyter.widget-view+json", "application/vnd.plotly.v1+json", "text/x-unknown"),
)
FORMED: dict[tuple[str, str], Any] = {
    ("Head", "languages"): LANGUAGES,
    ("Head", "drawn"): LANGUAGES[0],
    ("Head", "stage"): "audit",
    ("Commentary", "language"): "en",
    ("Run", "link"): "https://a.example/",
}
"""Fields that a page refuses, or does not show, where they have not the form that the workbook writes."""

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def drawing(payload: str) -> str:
    """A drawing with the payload as text, attribute value, name of an attribute, style, reference and element."""
    text = _xml(payload)
    return SVG.format('onload="x" ' + f'data-x="{text}"', text, f'"{text}"')


def specimens(model: type[BaseModel], payload: str, size: int | None = 1) -> Iterator[Any]:
    """The block with the payload in each string, once for every choice of its fields that are lists of words.

    Parameters
    ----------
    model
        A block, or a part of one.
    payload
        What stands in its strings.
    size
        Entries of each list; None for a block in which all that may be missing is missing, and no text has a word.
    """
    choices = [
        [(name, value) for value in get_args(field.annotation)]
        for name, field in model.model_fields.items()
        if get_origin(field.annotation) is Literal and len(get_args(field.annotation)) > 1
    ]
    for chosen in itertools.product(*choices):
        yield _Filler(payload, size).filled(model, **dict(chosen))


def runs(payload: str) -> list[Run]:
    """A text in the forms that a run can have: without a mark, and with each two marks that there are."""
    marks = {name: _Filler(payload).value(Run, name) for name in Run.model_fields if name != "text"}
    return [Run(text=payload), *(Run(text=payload, **dict(two)) for two in itertools.combinations(marks.items(), 2))]


def notebook(
    payloads: Sequence[str],
    head: str = "x",
    remarks: Sequence[str] = (),
    *,
    size: int | None = 1,
    has_markdown: bool = True,
) -> Any:
    """An executed notebook: every payload in every block, as output of every other kind, in cells and metadata.

    Parameters
    ----------
    payloads
        Each has blocks of its own.
    head
        Stands in the fields that a page has once: of the head block and of the record.
    remarks
        Further comments, which may be Markdown.
    size
        Of the lists in the blocks, as `specimens` has it.
    has_markdown
        Whether there are comments and text cells too; without them a payload can have no say in the page's elements.
    """
    once = [next(specimens(model, head, size)) for model in (blocks.Head, blocks.Record)]
    shown = [block for payload in payloads for block in body(payload, size)]
    shown += [blocks.Commentary(language=language, markdown=text) for text in remarks for language in LANGUAGES]
    words = [source for payload in payloads for source in passages(payload)]
    if not has_markdown:
        shown, words = [block for block in shown if block.kind != "commentary"], []
    cells = [_words("# Title\n\nlead?"), cell(once[:1]), *map(_words, words), cell(shown)]
    return {
        "cells": [*cells, *map(strange, payloads), cell(once[1:])],
        "metadata": {"title": head, "authors": payloads},
    }


def body(payload: str, size: int | None = 1) -> Iterator[Any]:
    """One of each kind of block between head and record."""
    for model in BLOCKS:
        if model not in (blocks.Head, blocks.Record):
            yield from specimens(model, payload, size)


def passages(payload: str) -> list[str]:
    """Markdown cells that a stage could hold: digits and braces, which end a run, are left out or stand in code."""
    words = "".join(sign for sign in payload if not sign.isdigit() and sign not in "{}")
    code = "".join(sign for sign in payload if sign not in "`{}\r\n")
    return [f"## {words}", words, f"### {words}\n\n- {words}\n\n> {words}", f"a `{code}` b"] if words.strip() else []


def cell(shown: Sequence[Any]) -> dict[str, Any]:
    """A code cell that has shown these blocks."""
    bundles = [{MIME: blocks.dump(block), "text/html": "<b>x</b>", "text/plain": "[x]"} for block in shown]
    return _code("page.show()", [{"output_type": "display_data", "data": bundle, "metadata": {}} for bundle in bundles])


def strange(payload: str) -> dict[str, Any]:
    """A code cell with outputs that no page may show."""
    shown = {"output_type": "display_data", "data": dict.fromkeys(FOREIGN, payload), "metadata": {payload: payload}}
    return _code(payload, [shown, {"output_type": "stream", "name": "stdout", "text": payload}])


def _code(source: str, outputs: list[dict[str, Any]]) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": {"name": source}, "outputs": outputs}


def _words(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {"name": source}}


@dataclass(frozen=True)
class _Filler:
    """Makes values of a payload by their annotations."""

    payload: str
    size: int | None = 1

    def filled(self, model: type[BaseModel], **chosen: Any) -> Any:
        names = [name for name, field in model.model_fields.items() if self.size or field.is_required()]
        given = {name: self.value(model, name) for name in names if name not in chosen}
        flags = {
            name: False for name, field in model.model_fields.items() if field.annotation is bool and not self.size
        }
        return model.model_validate(flags | given | chosen)

    def value(self, model: type[BaseModel], name: str) -> Any:
        payload, texts = self.payload, [[self.payload] * (len(LANGUAGES) + 1)]
        formed = FORMED | {
            ("Figure", "wide"): drawing(payload),
            ("Figure", "narrow"): drawing(payload),
            ("Figure", "texts"): texts,
            ("Record", "claims"): [_claim(payload)],
            ("Record", "claim_texts"): texts,
            ("Record", "warnings"): [{"code": payload, "scope": {payload: payload}}],
            ("Record", "warning_texts"): texts,
        }
        key = (model.__name__, name)
        return formed[key] if key in formed else self._made(model.model_fields[name].annotation)

    def _made(self, annotation: Any) -> Any:
        """A value of the annotation in which every string is the payload."""
        if annotation == Text:
            return [runs(self.payload) if self.size else [] for _ in LANGUAGES]
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self.filled(annotation)
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin in (Union, types.UnionType):
            return self._made(next(argument for argument in arguments if argument is not type(None)))
        if origin is Literal:
            return arguments[0]
        plain = {str: self.payload, Any: self.payload, bool: True, int: 1, float: 1.0}
        return plain[annotation] if origin is None else self._many(origin, arguments)

    def _many(self, origin: Any, arguments: tuple[Any, ...]) -> Any:
        if origin is list:
            # No line can be drawn through a single point.
            return [self._made(arguments[0])] * max(self.size or 1, 2 if arguments[0] == float | None else 1)
        key, value = map(self._made, arguments)
        return {f"{key}{number}": value for number in range(self.size or 1)}


def _claim(payload: str) -> dict[str, Any]:
    keys = ("id", "metric", "unit", "currency", "value", "n", "verdict")
    nested = {"scope": {payload: payload}, "evidence": [{"file": payload, "sha256": payload, "rows": 1}]}
    return dict.fromkeys(keys, payload) | nested | {payload: payload}


def _xml(text: str) -> str:
    """The text as it can stand in XML, so that the drawing is one."""
    return escape(_NOT_XML.sub(" ", text))
