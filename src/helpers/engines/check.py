"""Checks a notebook's parameters before a kernel starts."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from helpers.clients import Parameters, Roots, open_client
from helpers.clients.nearest import advice
from helpers.errors import UsageError

TAG = "parameters"


def check_parameters(notebook: Any, places: Roots | None = None) -> Parameters:
    """Check what papermill was given against the notebook's own parameters cell.

    Parameters
    ----------
    notebook
        With papermill's metadata, which hold the parameters.
    places
        Where clients are; found as `roots.find` does where left out.

    Returns
    -------
    All parameters of the run, defaults of the cell included.

    Raises
    ------
    UsageError
        If one is unknown, misspelt or ill-typed, or there is no such client.
    ClientError
        If the client's file is to be mended.
    """
    given: Mapping[str, object] = notebook.metadata.get("papermill", {}).get("parameters", {})
    declared = declared_parameters(notebook)
    for name in given:
        if name not in declared:
            raise UsageError(
                "the notebook has no such parameter", where=name, next_step=advice(name, declared, shown=20)
            )
    merged = declared | dict(given)
    parameters = Parameters.of({name: value for name, value in merged.items() if name in Parameters.model_fields})
    open_client(parameters.client, places)
    return parameters


def declared_parameters(notebook: Any) -> dict[str, object]:
    """Names and defaults of the cell that is tagged `parameters`; empty where there is none."""
    for cell in notebook.cells:
        if TAG in cell.metadata.get("tags", []):
            return _assigned(cell.source)
    return {}


def _assigned(source: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            found |= {target.id: statement.value.value for target in statement.targets if isinstance(target, ast.Name)}
    return found
