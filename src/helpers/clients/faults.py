"""From a file's faults, as pydantic finds them, to errors in the analyst's words: all of a file at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from helpers.clients.document import Document, Loc
from helpers.clients.nearest import advice
from helpers.errors import ClientError

OWN = "cuaderno"
SEEN = 60

KEY = "[key]"
"""How pydantic marks that a key is at fault, not its value."""

_BY_KIND: Mapping[str, tuple[str, str]] = {
    "string_type": ("must be text", "Write text; put it in quotes if it looks like a number or a date."),
    "string_too_short": ("is blank", "Write it, or remove the key."),
    "string_too_long": ("is too long", "Write at most {max_length} characters."),
    "float_type": ("must be a number", "Write a plain number, such as 3.5, without quotes or unit."),
    "finite_number": ("must be a number", "Write a plain number, such as 3.5."),
    "greater_than": ("must be more than {gt}", "Correct the number."),
    "greater_than_equal": ("must be at least {ge}", "Correct the number."),
    "less_than": ("must be less than {lt}", "Correct the number."),
    "less_than_equal": ("must be at most {le}", "Correct the number; a share is written as a fraction, such as 0.35."),
    "bool_type": ("must be true or false", "Write true or false."),
    "bool_parsing": ("must be true or false", "Write true or false."),
    "tuple_type": ("must be a list", "Write a list: [one, two]."),
    "too_short": ("needs at least {min_length}", "Add what is missing."),
    "dict_type": ("must hold keys and values", "Write them as {{key: value}}."),
    "model_type": ("must hold keys and values", "Write them as {{key: value}}."),
    "model_attributes_type": ("must hold keys and values", "Write them as {{key: value}}."),
    "literal_error": ("cannot have this value", "Write one of: {expected}."),
    "union_tag_invalid": ("cannot have this value", "Write one of: {expected_tags}."),
}
_BLANK = ("is blank", "Write its value, or remove the key.")
_IMPLIED: Mapping[str, Loc] = {"union_tag_invalid": ("kind",)}
_OTHERWISE = ("cannot be read", "Compare it with the file that `cuaderno new` lays down.")

AnyModel = TypeVar("AnyModel", bound=BaseModel)
_Models: TypeAlias = list[type[BaseModel]]


class Part(BaseModel):
    """A part of a client's or plan's file: its keys are known, its values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def fault(what: str, next_step: str, *, at: Loc = ()) -> PydanticCustomError:
    """A fault that a check of ours found.

    Parameters
    ----------
    what
        Continues a sentence that begins with the key at fault.
    next_step
        What the analyst does now.
    at
        The way from what was checked to the key at fault.
    """
    return PydanticCustomError(OWN, "{what}", {"what": what, "next": next_step, "at": tuple(at)})


def read(model: type[AnyModel], document: Document, context: Mapping[str, object] | None = None) -> AnyModel:
    """Check a file against its description.

    Parameters
    ----------
    model
        What the file may hold.
    document
        The file.
    context
        What the checks need to know beside it.

    Raises
    ------
    ClientError
        With every fault of the file.
    """
    try:
        return model.model_validate(document.data, context=context)
    except ValidationError as error:
        found = _telling(error.errors(include_url=False))
    # A missing key's place is that of what it is missing from, so a stable order by place reads from top to bottom.
    ordered = sorted(found, key=lambda one: document.position(one["loc"]))
    raise _together([_fault(model, document, one) for one in ordered])


def raise_all(problems: Sequence[ClientError]) -> None:
    """Raise what was found, as one error; nothing if there is none."""
    if problems:
        raise _together(problems)


def _together(problems: Sequence[ClientError]) -> ClientError:
    """Several faults as one error, whose cause holds them one by one."""
    if len(problems) == 1:
        return problems[0]
    texts = [problem.as_json() for problem in problems]
    error = ClientError(
        f"{len(problems)} things are to be mended: " + " · ".join(text["what"] for text in texts),
        where=", ".join(text["where"] for text in texts),
        next_step=" · ".join(text["next"] for text in texts),
    )
    error.__cause__ = ExceptionGroup("faults", problems)
    return error


def each(error: BaseException) -> Iterator[BaseException]:
    """The single faults of an error that holds several; any other error is its own only one."""
    if isinstance(error.__cause__, ExceptionGroup):
        yield from error.__cause__.exceptions
    else:
        yield error


def _telling(found: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out that a list is too short where the reason is that its entries are at fault."""
    ways = [one["loc"] for one in found]
    return [
        one
        for one in found
        if one["type"] != "too_short" or not any(way[: len(one["loc"])] == one["loc"] != way for way in ways)
    ]


def _fault(model: type[BaseModel], document: Document, found: ErrorDetails) -> ClientError:
    kind, context = found["type"], found.get("ctx", {})
    loc = (*found["loc"], *_IMPLIED.get(kind, context.get("at", ())))
    is_key = loc[-1:] == (KEY,)
    loc = loc[:-1] if is_key else loc
    parents = _models_at(model, loc[:-1])
    name = str(loc[-1]) if loc else ""
    if kind == "extra_forbidden":
        return _unknown_key(document, loc, name, parents)
    if kind in {"missing", "union_tag_not_found"}:
        is_kind = kind != "missing"
        holders = _models_at(model, loc) if is_kind else parents
        return _missing_key(document, loc if is_kind else loc[:-1], "kind" if is_kind else name, holders)
    is_blank = not is_key and document.value(loc) is None
    what, next_step = _BLANK if is_blank else _words(kind, context)
    return ClientError(
        f"{document.key(loc) or 'the file'} {what}",
        where=document.where(loc, is_key=is_key),
        seen="" if is_key else _seen(document.value(loc)),
        next_step=next_step,
    )


def _unknown_key(document: Document, loc: Loc, name: str, parents: _Models) -> ClientError:
    known = [key for parent in parents for key in _keys(parent)]
    return ClientError(
        f"there is no key {name} here", where=document.where(loc, is_key=True), next_step=advice(name, known, shown=30)
    )


def _missing_key(document: Document, loc: Loc, name: str, parents: _Models) -> ClientError:
    examples = [_example(parent, name) for parent in parents]
    example = next((text for text in examples if text), f"{name}: …")
    return ClientError(f"the key {name} is missing", where=document.where(loc), next_step=f"Add it: {example}")


def _words(kind: str, context: Mapping[str, Any]) -> tuple[str, str]:
    if kind == OWN:
        return context["what"], context["next"]
    what, next_step = _BY_KIND.get(kind, _OTHERWISE)
    plain = {key: _shown(value) for key, value in context.items()}
    return what.format(**plain), next_step.format(**plain)


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value).replace("'", "")


def _models_at(model: type[BaseModel], loc: Loc) -> _Models:
    """The models that may stand at a place; entries of lists and names of kinds lead to the same field's models."""
    models: _Models = [model]
    for part in loc:
        fields = [_field(one, part) for one in models if isinstance(part, str)]
        known = [field for field in fields if field is not None]
        if known:
            models = [one for field in known for one in _models_in(field.annotation)]
            continue
        models = [one for one in models if _is_kind(one, part)] or models
    return models


def _field(model: type[BaseModel], key: str | int) -> FieldInfo | None:
    by_key = {field.alias or name: field for name, field in model.model_fields.items()}
    return by_key.get(str(key))


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _models_in(annotation: object) -> _Models:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]


def _is_kind(model: type[BaseModel], tag: str | int) -> bool:
    field = model.model_fields.get("kind")
    return field is not None and tag in get_args(field.annotation)


def _example(model: type[BaseModel], key: str) -> str:
    field = _field(model, key)
    if field is None or not field.examples:
        return ""
    return f"{key}: {field.examples[0]}"


def _seen(value: object) -> str:
    """A single value as it stands in the file; what holds others says nothing by itself."""
    if value is None or isinstance(value, dict | list):
        return ""
    text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= SEEN else f"{text[:SEEN]}…"
