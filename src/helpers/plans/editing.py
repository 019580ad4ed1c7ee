"""A plan file as text: written anew, or brought up to new content with a person's comments and order kept."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

_HEADING = "A proposal: edit it, then sign it with `cuaderno plan approve`. Shares of a curve add up to one."


def fresh(content: Mapping[str, Any]) -> str:
    """Write a new file."""
    root = CommentedMap()
    _bring_up(root, content)
    root.yaml_set_start_comment(_HEADING)
    return "".join(f"{line.rstrip()}\n" for line in _text(root).splitlines())


def revised(text: str, content: Mapping[str, Any]) -> str:
    """Bring a file up to new content.

    Keys that `content` does not name stay. In a list of lines or objectives, entries that it does not hold any more
    go, new ones come last, and the others are brought up in their place.
    """
    root = _yaml().load(text)
    _bring_up(root, content)
    return _text(root)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 120
    # The same day in two curves is written out twice: plan files know no aliases.
    yaml.representer.ignore_aliases = lambda *_: True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _text(root: CommentedMap) -> str:
    out = io.StringIO()
    _yaml().dump(root, out)
    return out.getvalue()


def _bring_up(tree: CommentedMap, content: Mapping[str, Any]) -> None:
    for key, value in content.items():
        is_list_of_entries = isinstance(value, Sequence) and not isinstance(value, str)
        if is_list_of_entries:
            tree[key] = _entries(tree.get(key), value)
        elif key not in tree or not _same(tree[key], value):
            tree[key] = _written(value)


def _entries(old: CommentedSeq | None, new: Sequence[Mapping[str, Any]]) -> CommentedSeq:
    entries = CommentedSeq() if old is None else old
    wanted = {_name(entry): entry for entry in new}
    for at in reversed(range(len(entries))):
        if _name(entries[at]) not in wanted:
            del entries[at]
    known = {_name(entry): entry for entry in entries}
    for name, entry in wanted.items():
        if name not in known:
            known[name] = CommentedMap()
            entries.append(known[name])
        _bring_up(known[name], entry)
    return entries


def _name(entry: Mapping[str, Any]) -> tuple[object, ...]:
    """What makes an entry the same one: a line by its name, an objective by its metric and scope."""
    if "line" in entry:
        return (str(entry["line"]),)
    return (entry.get("metric"), *sorted((entry.get("scope") or {}).items()))


def _same(old: object, new: object) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        return dict(old) == dict(new)
    return bool(old == new)


def _written(value: object) -> object:
    """A value as it is put into the tree: whole numbers without a point, a curve's days in running lines."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        tree = CommentedMap({_day(key): _written(part) for key, part in value.items()})
        tree.fa.set_flow_style()
        return tree
    return value


def _day(key: object) -> object:
    return date.fromisoformat(key) if isinstance(key, str) and key[:4].isdigit() else key
