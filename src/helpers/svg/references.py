"""What refers to what inside one drawing, and the ids that this takes."""

from __future__ import annotations

import re

from helpers.svg.allowed import GRADIENTS, SHAPES
from helpers.svg.node import Node

_PICTURE = "data:image/png;base64,"
_LOCAL = re.compile(r"url\(#([\w.-]+)\)")


def settle(root: Node, prefix: str) -> None:
    """Drop what refers to nothing or to the wrong kind of thing, then number the ids that are left in use."""
    targets: dict[str, Node] = {}
    for node in root.walk():
        targets.setdefault(node.attributes.get("id", ""), node)
    for node in root.walk():
        _loosen(node, targets)
    _prune(root)
    _number(root, prefix)


def _loosen(node: Node, targets: dict[str, Node]) -> None:
    """Remove each reference that does not lead to the kind of element it needs."""
    for key, value in list(node.attributes.items()):
        name = _name(key, value)
        if name is None:
            continue
        target = targets.get(name)
        if target is None or target.tag not in _wanted(node, key):
            node.attributes.pop(key)
            if key in {"fill", "stroke"}:
                node.attributes[key] = "none"


def _name(key: str, value: str) -> str | None:
    """The id that an attribute refers to, or None."""
    if key == "href":
        return None if value.startswith(_PICTURE) else value.removeprefix("#")
    found = _LOCAL.fullmatch(value)
    return found[1] if found else None


def _wanted(node: Node, key: str) -> frozenset[str]:
    """Kinds of element that a reference may lead to; never a group, since groups could refer to each other."""
    if key == "href":
        return {"use": SHAPES, "linearGradient": GRADIENTS, "radialGradient": GRADIENTS}.get(node.tag, frozenset())
    return frozenset({"clipPath"}) if key == "clip-path" else GRADIENTS


def _prune(node: Node) -> None:
    for child in node.children:
        _prune(child)
    node.children = [child for child in node.children if not _shows_nothing(child)]


def _shows_nothing(node: Node) -> bool:
    address = node.attributes.get("href", "")
    match node.tag:
        case "use":
            return not address
        case "image":
            return not address.startswith(_PICTURE)
        case "g" | "defs":
            return not node.children
        case _:
            return False


def _number(root: Node, prefix: str) -> None:
    used = {name for node in root.walk() for key, value in node.attributes.items() if (name := _name(key, value))}
    names: dict[str, str] = {}
    for node in root.walk():
        identity = node.attributes.pop("id", "")
        if identity in used and identity not in names:
            names[identity] = f"{prefix}i{len(names) + 1}"
            node.attributes["id"] = names[identity]
    for node in root.walk():
        for key, value in node.attributes.items():
            if name := _name(key, value):
                node.attributes[key] = f"#{names[name]}" if key == "href" else f"url(#{names[name]})"
