"""A Result as JSON, for the stages that come after: fields by name, messages in English, unknown numbers as null."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from datetime import date
from functools import singledispatch
from typing import Any

from helpers.claims import Claim
from helpers.wording import Message, Words


@singledispatch
def as_json(value: object) -> Any:
    """The value in a form that `json` writes; a claim becomes its id."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    return value


@as_json.register
def _(value: Message) -> str:
    return Words("en").text(value)


@as_json.register
def _(value: Claim) -> str:
    return value.id


@as_json.register
def _(value: date) -> str:
    return value.isoformat()


@as_json.register
def _(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


@as_json.register(tuple)
@as_json.register(list)
def _(value: tuple[object, ...] | list[object]) -> list[Any]:
    return [as_json(item) for item in value]


@as_json.register
def _(value: dict) -> dict[str, Any]:  # type: ignore[type-arg]
    return {str(key): as_json(item) for key, item in sorted(value.items())}
