"""Decisions about security that are taken in Python, each undone in turn: what was held back is let through.

The places are found in the source of the modules named here, and in their lists of what is allowed. A mutant is the
live function with the code of a changed source, so whoever holds the function meets the mutant.
"""

from __future__ import annotations

import ast
import copy
import functools
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from .checks import ELEMENTS, STRANGE

MODULES = (
    *("helpers.svg.cleaner", "helpers.svg.node", "helpers.svg.references", "helpers.svg.texts"),
    *("helpers.html.drawing", "helpers.html.environment", "helpers.html.look", "helpers.html.markdown"),
    *("helpers.html.accent", "helpers.export.commentary", "helpers.export.reading"),
)
_ESCAPES = {"escape", "quote", "_quoted", "clean"}
_LISTENING = {"nh3.clean", "mistune.create_markdown"}
"""Calls of libraries whose every argument holds something back."""

_ALL = re.compile(r".*", re.DOTALL)


@dataclass(frozen=True)
class Mutant:
    """A decision undone: where, what was changed, and how to do it."""

    place: str
    change: str
    apply: Callable[[pytest.MonkeyPatch], None]

    def __str__(self) -> str:
        return f"{self.place}: {self.change}"


def mutants() -> list[Mutant]:
    """All of them, lists first, then in the order of the modules."""
    return [*_lists(), *(mutant for name in MODULES for mutant in _changed(importlib.import_module(name)))]


def _lists() -> Iterator[Mutant]:
    """Lists of what is allowed, with one entry more or a form that holds nothing back."""
    cleaner, markdown = (importlib.import_module(f"helpers.{name}") for name in ("svg.cleaner", "html.markdown"))
    for name in ELEMENTS:
        yield _attribute(cleaner, "ELEMENTS", cleaner.ELEMENTS | {name}, name)
    for listed in ("PLACED", "PAINTED"):
        known = getattr(cleaner, listed)
        for key in dict.fromkeys((*known, *STRANGE)):
            yield _attribute(cleaner, listed, known | {key: _ALL}, key)
    yield _attribute(markdown, "_TAGS", markdown._TAGS | {"img"}, "img")
    yield _attribute(markdown, "_SCHEMES", markdown._SCHEMES | {"http"}, "http")
    environment = importlib.import_module("helpers.html.environment")
    for sign in environment._IN_SCRIPT:
        rest = {other: written for other, written in environment._IN_SCRIPT.items() if other != sign}
        yield _attribute(environment, "_IN_SCRIPT", rest, f"without {sign!r}")


def _attribute(module: ModuleType, name: str, value: Any, change: str) -> Mutant:
    return Mutant(f"{module.__name__}.{name}", change, lambda patch: patch.setattr(module, name, value))


def _changed(module: ModuleType) -> Iterator[Mutant]:
    """One mutant for each place of the module's functions that decides."""
    tree = ast.parse(inspect.getsource(module))
    for name, function in _functions(tree):
        for node in ast.walk(function):
            for change in _undone(node):
                code = compile(_with(tree, node, change), str(module.__file__), "exec")
                swap = functools.partial(_swap, _live(module, name), _code_of(code, name))
                yield Mutant(f"{module.__name__}.{name}", _said(node, change), swap)


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            methods = (inner for inner in node.body if isinstance(inner, ast.FunctionDef))
            yield from ((f"{node.name}.{method.name}", method) for method in methods)


def _undone(node: ast.AST) -> Iterator[ast.expr]:
    """What could stand at a node's place that lets more through."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]) if name in _ESCAPES:
            yield first
        case ast.Call(func=ast.Attribute(value=pattern, attr="fullmatch"), args=[text]):
            yield ast.Constant(value=True)
            yield ast.Call(func=ast.Attribute(value=pattern, attr="match", ctx=ast.Load()), args=[text], keywords=[])
        case ast.Call(func=ast.Attribute(value=text, attr="translate" | "replace")):
            yield text
        case ast.Call(func=ast.Name(id="Markup"), args=[ast.Constant() as first]):
            yield first
        case ast.Tuple(elts=rules) if "'none'" in ast.unparse(node):  # of a policy
            for dropped in rules:
                yield ast.Tuple([rule for rule in rules if rule is not dropped], ast.Load())
        case ast.Compare(left=left, ops=[ast.In() | ast.NotIn() as way]):
            is_search = isinstance(left, ast.Constant)
            yield ast.Constant(value=isinstance(way, ast.In) is not is_search)
    if isinstance(node, ast.Call) and ast.unparse(node.func) in _LISTENING:
        for keyword in node.keywords:
            rest = [other for other in node.keywords if other is not keyword]
            is_flag = isinstance(keyword.value, ast.Constant) and keyword.value.value is True
            flipped = [ast.keyword(keyword.arg, ast.Constant(value=False))] if is_flag else []
            yield ast.Call(node.func, node.args, [*rest, *flipped])


def _said(node: ast.AST, change: ast.expr) -> str:
    if isinstance(node, ast.Call) and ast.unparse(node.func) in _LISTENING and isinstance(change, ast.Call):
        left = {ast.unparse(keyword) for keyword in change.keywords}
        return f"{ast.unparse(node.func)} without {', '.join({ast.unparse(one) for one in node.keywords} - left)}"
    return f"{ast.unparse(node)} -> {ast.unparse(change)}"


def _with(tree: ast.Module, node: ast.AST, change: ast.expr) -> ast.Module:
    """The module with one node changed."""
    place = next(number for number, found in enumerate(ast.walk(tree)) if found is node)
    other = copy.deepcopy(tree)
    old = next(found for number, found in enumerate(ast.walk(other)) if number == place)

    class Swap(ast.NodeTransformer):
        def visit(self, found: ast.AST) -> Any:
            return copy.deepcopy(change) if found is old else self.generic_visit(found)

    made: ast.Module = Swap().visit(other)
    return ast.fix_missing_locations(made)


def _live(module: ModuleType, name: str) -> FunctionType:
    """The function that runs, below a property or a cache."""
    found: Any = module
    for part in name.split("."):
        found = vars(found)[part]
    found = found.fget if isinstance(found, property) else found
    function: FunctionType = getattr(found, "__wrapped__", found)
    return function


def _code_of(code: CodeType, name: str) -> CodeType:
    """The code of a function within that of its module."""
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return next((found for found in inner if found.co_qualname == name), None) or next(
        _code_of(found, name) for found in inner if name.startswith(f"{found.co_qualname}.")
    )


def _swap(function: FunctionType, code: CodeType, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(function, "__code__", code)


def forget() -> None:
    """Let what the modules keep be made anew."""
    for name in MODULES:
        for kept in vars(importlib.import_module(name)).values():
            if hasattr(kept, "cache_clear"):
                kept.cache_clear()
