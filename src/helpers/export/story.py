"""The pieces of a page in the order in which they are read, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from markupsafe import Markup

from helpers.blocks import Actions, Brief, Cards, Commentary, Figure, Gap, Grid, Prose
from helpers.errors import RunError
from helpers.export.commentary import with_claims
from helpers.export.reading import Passage, Sheet
from helpers.html import inline, rich
from helpers.wording import Message, Words
from helpers.wording.extract import paragraphs

_ON_TOP = (Prose, Cards, Brief)
_HEADING = re.compile(r"(#{1,6})\s+(.+)")


@dataclass(frozen=True)
class Said:
    """A paragraph of a Markdown cell, or a heading below that of its section."""

    html: Markup
    kind: str = "passage"


@dataclass(frozen=True)
class Remark:
    """A person's comment with the values of the claims that it names."""

    block: Commentary
    html: Markup
    kind: str = "remark"


@dataclass(frozen=True)
class Numbered:
    """A figure and its number on the page, counted from one."""

    figure: Figure
    number: int
    kind: str = "numbered"


Piece: TypeAlias = Said | Remark | Numbered | Prose | Cards | Brief | Grid | Actions | Gap


@dataclass
class Section:
    """What stands below one heading; the pieces before the first heading have none."""

    id: str
    heading: Markup | None = None
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class Story:
    """A page: title, lead, what stands on top of it, and its sections."""

    title: Markup | None = None
    lead: Markup | None = None
    summary: list[Prose | Cards | Brief] = field(default_factory=list)
    sections: list[Section] = field(default_factory=lambda: [Section("start")])
    figures: int = 0

    @property
    def name(self) -> str:
        """The title as plain text."""
        return (self.title or Markup()).striptags()

    @property
    def has_summary(self) -> bool:
        """Whether anything was lifted to the top."""
        return bool(self.summary)


def tell(sheet: Sheet, language: str) -> Story:
    """Arrange a notebook's pieces.

    Summary, first cards and brief are lifted to the top; sections begin at headings of the second level; those
    that hold nothing are left out.
    """
    story = Story()
    words = Words(language)
    heard = _heard(sheet, language)
    for piece in sheet.pieces:
        if isinstance(piece, Passage):
            _passage(story, piece, words)
        elif isinstance(piece, Commentary):
            if piece.language == heard:
                story.sections[-1].pieces.append(Remark(piece, with_claims(piece.markdown, sheet.record, words)))
        elif isinstance(piece, Figure):
            story.figures += 1
            story.sections[-1].pieces.append(Numbered(piece, story.figures))
        elif isinstance(piece, Prose | Cards | Brief) and _is_lifted(piece, story):
            story.summary.append(piece)
        elif isinstance(piece, Prose | Cards | Brief | Grid | Actions | Gap):
            story.sections[-1].pieces.append(piece)
    if story.title is None:
        raise RunError(
            "the notebook has no title", where="first cell", next_step="Begin its first cell with a line: # Title"
        )
    story.summary.sort(key=lambda piece: _ON_TOP.index(type(piece)))
    story.sections = [section for section in story.sections if section.pieces]
    return story


def _heard(sheet: Sheet, language: str) -> str:
    """The language whose comments the page shows: its own, else the first that another country shares with it."""
    spoken = [piece.language for piece in sheet.pieces if isinstance(piece, Commentary)]
    shared = [one for one in spoken if one.partition("-")[0] == language.partition("-")[0]]
    return language if language in spoken or not shared else shared[0]


def _is_lifted(piece: Prose | Cards | Brief, story: Story) -> bool:
    """Whether it goes to the top of the page, where there is room for one summary, one row of cards and one brief."""
    if isinstance(piece, Prose):
        return piece.role == "summary"
    return not any(isinstance(lifted, type(piece)) for lifted in story.summary)


def _passage(story: Story, passage: Passage, words: Words) -> None:
    for paragraph in _said(passage, words):
        heading = _HEADING.fullmatch(paragraph)
        if heading and len(heading[1]) == 1 and story.title is None:
            story.title = inline(heading[2])
        elif heading and len(heading[1]) <= 2:
            story.sections.append(Section(f"part-{len(story.sections)}", inline(heading[2])))
        elif heading:
            story.sections[-1].pieces.append(
                Said(inline(heading[2]), "heading" if len(story.sections) > 1 else "passage")
            )
        elif story.lead is None and len(story.sections) == 1 and not story.sections[0].pieces:
            story.lead = inline(paragraph)
        else:
            story.sections[-1].pieces.append(Said(rich(paragraph)))


def _said(passage: Passage, words: Words) -> Iterator[str]:
    """The paragraphs of a cell in the language; a figure in them is an error, since no claim could back it."""
    for paragraph in paragraphs(passage.source):
        try:
            yield words.inside(Message(paragraph))
        except ValueError as error:
            raise RunError(
                "a text cell states a figure or holds a brace",
                where=f"cell {passage.cell}",
                seen=str(error)[:160],
                next_step="Say figures with page.say(), which binds them to claims; names with digits go into `code`.",
            ) from error
