"""Takes out of an executed notebook what differs from run to run: times, durations, paths, random ids."""

from __future__ import annotations

from typing import Any

INJECTED = "injected-parameters"
_ERROR_MARK = "papermill-error-cell-tag"


def tidied(notebook: Any) -> Any:
    """Return the notebook as it would be after any other run of the same."""
    notebook.metadata.pop("papermill", None)
    notebook.cells = [cell for cell in notebook.cells if _ERROR_MARK not in _tags(cell)]
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if is_added(cell):
            cell["id"] = INJECTED
    return notebook


def is_added(cell: Any) -> bool:
    """Whether papermill has put the cell in: the one with the parameters, or a mark of an error."""
    return bool({INJECTED, _ERROR_MARK} & set(_tags(cell)))


def _tags(cell: Any) -> list[str]:
    return list(cell.metadata.get("tags", []))
