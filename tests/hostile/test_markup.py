"""Markup that is not escaped is made in few places, each for a reason; a new one must be argued for here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import helpers

SOURCE = Path(helpers.__file__).parent
RAW = {
    "html/drawing.py:drawing": "a drawing that the cleaner has written anew",
    "html/environment.py:data": "JSON in which no sign can end its element",
    "html/environment.py:style": "a style sheet whose only text from data is a string of numbered signs",
    "html/markdown.py:_safe": "what the sanitiser gave",
    "export/commentary.py:with_claims.hold": "a constant, its values escaped by `format`",
    "export/commentary.py:with_claims": "the sanitised comment with such spans put in",
    "export/publishing.py:_rendered": "a part of a page, made by the escaping environment",
    "site/frame.py:write_page": "the same, of an index",
    "catalogue/page.py:page": "the same, of the catalogue",
    "site/bundles/protected.py:protected": "style and script of ours, nothing from data",
}
"""Functions that declare a text to be markup, and why it is harmless."""


_MAKERS = {"Environment", "Template", "from_string", "overlay"}


def test_markup_is_made_where_it_is_listed_and_nowhere_else() -> None:
    found = [f"{path.relative_to(SOURCE).as_posix()}:{name}" for path in SOURCE.rglob("*.py") for name in raw_in(path)]

    assert sorted(found) == sorted(RAW)


def raw_in(path: Path) -> Iterator[str]:
    """The functions of a file that call `Markup` on anything."""
    yield from _raw(ast.parse(path.read_text(encoding="utf-8")), ())


def _raw(node: ast.AST, names: tuple[str, ...]) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        is_named = isinstance(child, ast.FunctionDef | ast.ClassDef)
        yield from _raw(child, (*names, child.name) if is_named else names)
        if isinstance(child, ast.Call) and child.args and _called(child) in {"Markup", "markupsafe.Markup"}:
            yield ".".join(names)


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func)


def test_no_other_way_around_the_escaping_is_taken() -> None:
    """Neither an environment without escaping, nor a type that says of itself that it is markup."""
    environments, types = [], []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node).split(".")[-1] in _MAKERS:
                environments.append((path.relative_to(SOURCE).as_posix(), ast.unparse(node)))
            if isinstance(node, ast.FunctionDef) and node.name == "__html__":
                types.append(path)

    assert types == []
    assert [place for place, _ in environments] == ["html/environment.py"]
    assert "autoescape=True" in environments[0][1]
