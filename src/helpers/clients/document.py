"""A YAML file whose every value knows its line and column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent, NodeEvent

from helpers.errors import ClientError

LIMIT = 1_000_000
DEPTH = 20

Loc: TypeAlias = Sequence[str | int]
"""Keys and positions from the top of a file down to a value."""


@dataclass(frozen=True)
class Document:
    """A YAML file that was read.

    Parameters
    ----------
    name
        The file as it is named in messages.
    root
        Its content with positions, as ruamel keeps it.
    """

    name: str
    root: CommentedMap

    @property
    def data(self) -> dict[object, object]:
        """The content as plain Python values."""
        plain = _plain(self.root)
        return plain if isinstance(plain, dict) else {}

    def position(self, loc: Loc = (), *, is_key: bool = False) -> tuple[int, int]:
        """Line and column of a value, counted from 1; of its key where `is_key` or where the value is blank.

        Parts of `loc` that are not in the file are passed over, so that the place of something missing is that of
        what it is missing from.
        """
        line, column = 0, 0
        for part, parent in self._way(loc):
            if isinstance(parent, CommentedSeq):
                line, column = parent.lc.item(part)
                continue
            asks_key = parent[part] is None or (is_key and part == loc[-1])
            line, column = parent.lc.key(part) if asks_key else parent.lc.value(part)
        return line + 1, column + 1

    def where(self, loc: Loc = (), *, is_key: bool = False) -> str:
        """The same as file:line:column."""
        line, column = self.position(loc, is_key=is_key)
        return f"{self.name}:{line}:{column}"

    def value(self, loc: Loc) -> object:
        """The value at a place, or of the nearest thing around it that is in the file."""
        node: object = self.root
        for part, parent in self._way(loc):
            node = parent[part]
        return _plain(node)

    def key(self, loc: Loc) -> str:
        """The innermost key on the way to a value, "" where there is none."""
        keys = [str(part) for part, parent in self._way(loc) if isinstance(parent, CommentedMap)]
        return keys[-1] if keys else ""

    def _way(self, loc: Loc) -> Iterator[tuple[str | int, CommentedMap | CommentedSeq]]:
        """Each step towards a value: the part of `loc`, and what holds it."""
        node: object = self.root
        for part in loc:
            is_key = isinstance(node, CommentedMap) and part in node
            is_entry = isinstance(node, CommentedSeq) and isinstance(part, int) and part < len(node)
            if isinstance(node, CommentedMap | CommentedSeq) and (is_key or is_entry):
                yield part, node
                node = node[part]


class _Constructor(RoundTripConstructor):
    """Leaves days as they are written: a day that does not exist is a fault of its key, not of the whole file."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def _reader() -> YAML:
    reader = YAML(typ="rt")
    reader.Constructor = _Constructor
    return reader


def parse(content: bytes, name: str) -> Document:
    """Read a YAML file of keys and values.

    Parameters
    ----------
    content
        The file, UTF-8 with or without a byte order mark.
    name
        What to call it in messages.

    Raises
    ------
    ClientError
        If it is too large, not UTF-8, not YAML, uses anchors or tags, or has no keys at its top.
    """
    text = _text(content, name)
    try:
        _refuse_dangers(text, name)
        root = _reader().load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise ClientError(
            "the file is not valid YAML here",
            where=place,
            seen=" ".join(str(error.problem or error.context or "").removeprefix("found ").split("\n")[0].split()),
            next_step="Mend this line: keys end in a colon and a space, entries are indented alike, names with : or # "
            "stand in quotes.",
        ) from error
    except (YAMLError, ValueError) as error:
        raise ClientError(
            "the file is not valid YAML",
            where=name,
            seen=str(error).split("\n", maxsplit=1)[0],
            next_step="Mend it, or start again from the file that `cuaderno new` lays down.",
        ) from error
    if not isinstance(root, CommentedMap):
        raise ClientError(
            "the file does not begin with keys",
            where=f"{name}:1:1",
            seen="nothing" if root is None else type(_plain(root)).__name__,
            next_step="Write one key a line, such as: name: Café Aurora.",
        )
    return Document(name, root)


def _text(content: bytes, name: str) -> str:
    if len(content) > LIMIT:
        raise ClientError(
            "the file is larger than 1 MB",
            where=name,
            seen=f"{len(content) / 1e6:.1f} MB",
            next_step="Keep data in exports/; this file only describes it.",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        raise ClientError(
            "the file is not written in UTF-8",
            where=f"{name}:{line}:{column}",
            seen=f"the byte {content[error.start]:#x}",
            next_step="Save it as UTF-8 in your editor.",
        ) from error


def _refuse_dangers(text: str, name: str) -> None:
    """Refuse what a data file does not need, and what can make a small file huge once it is read."""
    depth = 0
    for event in _reader().parse(text):
        place = f"{name}:{event.start_mark.line + 1}:{event.start_mark.column + 1}"
        if isinstance(event, NodeEvent) and event.anchor:
            raise ClientError(
                "anchors and aliases (& and *) are not used here",
                where=place,
                next_step="Write the value out; a text that begins with & or * stands in quotes.",
            )
        if getattr(event, "tag", None):
            raise ClientError(
                "tags (!) are not used here",
                where=place,
                seen=str(event.tag),
                next_step="Remove the tag; a text that begins with ! stands in quotes.",
            )
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > DEPTH:
            raise ClientError(
                f"brackets are nested more than {DEPTH} deep",
                where=place,
                next_step="Remove the superfluous brackets.",
            )


def _plain(node: object) -> object:
    """The value without ruamel's own types, which carry positions and ways of writing."""
    if isinstance(node, dict):
        return {_plain(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, int) and not isinstance(node, bool):
        return int(node)
    if isinstance(node, float):
        return float(node)
    return str(node) if isinstance(node, str) else node
