"""The border for drawings: parse, keep what is known, write anew."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree as Tree

from helpers.svg.allowed import DECIMALS, ELEMENTS, NUMBER, PAINTED, PLACED, SHAPES, TEXTS
from helpers.svg.node import Node
from helpers.svg.references import settle
from helpers.svg.tokens import CLASSES, Mark, read_mark

NAMESPACE = "http://www.w3.org/2000/svg"
FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

_SVG = f"{{{NAMESPACE}}}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_MAX_DEPTH = 60
_RULE = re.compile(r"(\*|\.[\w-]+)\s*\{([^{}]*)\}")
_SHORTHAND = re.compile(r"(?P<weight>bold|[1-9]00)?[^\d]*(?P<size>[\d.]+px)")
_NO_TURN = re.compile(r"\s*rotate\(\s*-?0(?:\.0*)?(?:[\s,][^()]*)?\)\s*")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class DrawingError(ValueError):
    """The text is not an SVG drawing that can be cleaned."""


@dataclass(frozen=True)
class _Setting:
    """What holds around an element: rules of style sheets, colours named by a group, the depth."""

    rules: dict[str, dict[str, str]]
    decimals: int
    mark: Mark | None = None
    is_definition: bool = False
    depth: int = 0


def clean(source: str, *, prefix: str = "", title: str = "", description: str = "", decimals: int = 1) -> str:
    """Return a drawing that holds nothing but known shapes and texts.

    Parameters
    ----------
    source
        SVG from a chart, from a notebook's output or from a client's folder.
    prefix
        Begins every id, so that two drawings of one page never share one.
    title, description
        Words for readers who do not see the drawing; without them those of the source stay.
    decimals
        Digits kept of a coordinate: one for charts, three for logos, whose units are larger.

    Raises
    ------
    DrawingError
        If it is not one well-formed SVG document, or uses an entity of a document type of its own.
    """
    root = _parse(source)
    rules = dict(_rules(root))
    kept = _keep(root, _Setting(rules, decimals))
    if kept is None or not kept.children:
        raise DrawingError("nothing is drawn")
    kept.attributes = _frame(root, rules.get("*", {}) | kept.attributes)
    settle(kept, prefix)
    kept.children[:0] = _words(root, title, description)
    return kept.write()


def _parse(source: str) -> Tree.Element:
    start = source.find("<svg")
    if start < 0:
        raise DrawingError("no SVG document")
    try:
        # A document type can only stand before the first element, where it is cut off: no entity can be declared.
        root = Tree.fromstring(source[start:])  # noqa: S314
    except Tree.ParseError as error:
        raise DrawingError(f"not well-formed: {error}") from error
    if root.tag != f"{_SVG}svg":
        raise DrawingError("the outer element is not svg")
    return root


def _rules(root: Tree.Element) -> Iterator[tuple[str, dict[str, str]]]:
    """Simple style rules (all, or one class), which drawing programs use instead of attributes."""
    for sheet in root.iter(f"{_SVG}style"):
        for selector, body in _RULE.findall(sheet.text or ""):
            yield selector, _painted(_declarations(body))


def _declarations(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.split(";"))
    found = {name.strip(): value.strip() for name, _, value in pairs if value}
    if shorthand := _SHORTHAND.match(found.pop("font", "")):
        found |= {f"font-{key}": value for key, value in shorthand.groupdict().items() if value}
    return found


def _painted(declared: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in declared.items() if name in PAINTED and PAINTED[name].fullmatch(value)}


def _keep(element: Tree.Element, setting: _Setting) -> Node | None:
    """The element with what is allowed of it, or None."""
    tag = element.tag.removeprefix(_SVG)
    if tag not in ELEMENTS or (tag == "svg" and setting.depth):
        return None
    if setting.depth > _MAX_DEPTH:
        raise DrawingError("elements are nested too deeply")
    inner = replace(
        setting,
        mark=read_mark(element.get("id", "")) or setting.mark,
        depth=setting.depth + 1,
        is_definition=setting.is_definition or tag == "defs",
    )
    node = Node(tag, _attributes(element, tag, inner))
    if tag in TEXTS:
        node.text = element.text or ""
    for child in element:
        kept = _keep(child, inner)
        if kept is not None:
            node.children += kept.children if kept.tag == "g" and not kept.attributes else [kept]
    return node


def _attributes(element: Tree.Element, tag: str, setting: _Setting) -> dict[str, str]:
    given = {("href" if key == _XLINK else key): value.strip() for key, value in element.attrib.items()}
    classes = given.get("class", "").split()
    place = {key: value for key, value in given.items() if key in PLACED and PLACED[key].fullmatch(value)}
    paint = _painted(given)
    for name in classes:
        paint |= setting.rules.get(f".{name}", {})
    paint |= _painted(_declarations(given.get("style", "")))
    kept = {key: _rounded(key, value, setting.decimals) for key, value in (place | paint).items()}
    if _NO_TURN.fullmatch(kept.get("transform", "")):
        del kept["transform"]
    named = [name for name in classes if name in CLASSES] + _colours(kept, tag, setting)
    if named:
        kept["class"] = " ".join(named)
    if tag == "text" and (given.get("translate") == "no" or (setting.mark and setting.mark.is_name)):
        kept["translate"] = "no"
    if tag != "g" and "id" in given:
        kept["id"] = given["id"]
    return kept


def _colours(kept: dict[str, str], tag: str, setting: _Setting) -> list[str]:
    """Classes for the parts of a marked group; a shape that is drawn by reference leaves them to the reference."""
    if setting.mark is None or tag not in SHAPES | TEXTS | {"use"}:
        return []
    if setting.is_definition:
        kept.pop("fill", None)
        kept.pop("stroke", None)
        return []
    fill = [f"f-{setting.mark.fill}"] if kept.get("fill") != "none" else []
    has_line = tag not in TEXTS and kept.get("stroke", "none") != "none"
    return fill + ([f"k-{setting.mark.stroke}"] if has_line else [])


def _rounded(key: str, value: str, decimals: int) -> str:
    if key not in DECIMALS:
        return value
    digits = max(decimals, DECIMALS[key])
    if key != "d":
        return NUMBER.sub(lambda found: _short(float(found[0]), digits), value)
    if "a" in value.lower():
        # Arcs may run their flags together, which no simple reader of numbers tells apart.
        return value
    rounded = NUMBER.sub(lambda found: f" {_short(float(found[0]), digits)}", value)
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", " ".join(rounded.replace(",", " ").split()))


def _short(number: float, decimals: int) -> str:
    if not math.isfinite(number):
        return "0"
    written = f"{number:.{decimals}f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _frame(root: Tree.Element, attributes: dict[str, str]) -> dict[str, str]:
    """Say on the outer element how large the drawing is and which letters it uses."""
    view = attributes.get("viewBox")
    if view is None:
        sides = [NUMBER.match(root.get(side, "")) for side in ("width", "height")]
        view = " ".join(["0 0", *(_short(float(side[0]), 1) for side in sides if side)])
        if None in sides:
            raise DrawingError("the drawing does not say how large it is")
    drop = {"width", "height", "x", "y", "viewBox", "id", "transform", "clip-path"}
    rest = {key: value for key, value in attributes.items() if key not in drop}
    return {"xmlns": NAMESPACE, "viewBox": view, "role": "img", "font-family": FONTS} | rest


def _words(root: Tree.Element, title: str, description: str) -> list[Node]:
    given = {"title": title, "desc": description}
    found = {tag: text or root.findtext(f"{_SVG}{tag}", "") for tag, text in given.items()}
    return [Node(tag, {}, _NOT_TEXT.sub(" ", text)) for tag, text in found.items() if text]
