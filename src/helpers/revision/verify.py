"""Whether a finished page still holds: every claim of it against what the client's exports give now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from helpers import claims
from helpers.batch import Listener
from helpers.clients import Roots, open_client
from helpers.errors import CuadernoError, UsageError
from helpers.revision.changes import Changes, changes
from helpers.revision.compare import Judged, Outcome, judge
from helpers.revision.forms import ClaimForm, Document, MadeFrom
from helpers.revision.reading import PageRead, Shown, read_page
from helpers.revision.remake import now_there, remake
from helpers.units import Part
from helpers.wording import LANGUAGES, Words

SCHEMA = "cuaderno.verify/1"

_INDEX = "index"
_MOST = 50
"""Passages that the document lists of each kind; after a change of the exports nearly all would be there."""


@dataclass(frozen=True)
class Misshown:
    """A figure of the page that is not what its claim says; `expected` is None where the page makes no such claim."""

    claim: str
    part: str
    shown: str
    expected: str | None

    def as_json(self) -> dict[str, str | None]:
        """Return the fields by name."""
        return dict(vars(self))


@dataclass(frozen=True)
class Verification:
    """What was found.

    Parameters
    ----------
    file
        Name of the page.
    shown
        How many figures of the page were held against its claims.
    misshown
        Those that are not what their claims say.
    beneath
        What has changed since the page was made.
    is_same
        Whether its bytes are those of the page that is made now.
    added, missing
        What only the page says, and what only the one of now says, in their orders.
    unmade
        Why no page can be made now; None where one can.
    """

    file: str
    document: Document
    judged: tuple[Judged, ...]
    shown: int
    misshown: tuple[Misshown, ...]
    beneath: Changes
    is_same: bool
    added: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unmade: CuadernoError | None = None

    @property
    def failing(self) -> int:
        """How many claims do not hold."""
        return sum(one.outcome != "holds" for one in self.judged)

    @property
    def is_edited(self) -> bool:
        """Whether the page is not as it was made: nothing beneath it has changed, and yet it is another."""
        return not self.is_same and self.beneath.is_none and self.unmade is None

    @property
    def holds(self) -> bool:
        """Whether every claim holds, and the page is what they say."""
        return not (self.failing or self.misshown or self.is_edited)

    @property
    def verdict(self) -> str:
        """The finding in one line."""
        number = len(self.judged)
        every = f"all {number} claims hold" if number > 1 else "the one claim holds" if number else "it claims nothing"
        if self.failing:
            return f"{self.failing} of {number} claims do not hold"
        if self.misshown:
            return f"{every}, but the page shows {_counted(len(self.misshown), 'figure')} otherwise"
        if self.is_edited:
            return f"{every}, but the page was edited"
        return every

    @property
    def likeness(self) -> str:
        """Whether the page is the one that is made now, in one line."""
        if self.unmade is not None:
            return f"The page cannot be made now: {self.unmade}"
        if self.is_same:
            return "The page is byte for byte the one that is made now."
        if not (self.added or self.missing):
            return "The page reads like the one that is made now, but is not byte for byte the same."
        added, missing = _counted(len(self.added), "passage"), len(self.missing)
        return f"The page is not the one that is made now; only here: {added}, only there: {missing}."

    def as_json(self) -> dict[str, Any]:
        """Return the whole finding."""
        made = self.document.made_from
        counts = Counter(one.outcome for one in self.judged)
        return {
            "schema": SCHEMA,
            "file": self.file,
            "client": self.document.client,
            "stage": self.document.stage,
            "period": self.document.period.model_dump(mode="json"),
            "as_of": made.as_of.isoformat() if made else None,
            "language": self.document.language,
            "verdict": self.verdict,
            "holds": self.holds,
            "counts": {outcome: counts[outcome] for outcome in get_args(Outcome)},
            "claims": [one.as_json() for one in self.judged],
            "shown": self.shown,
            "misshown": [one.as_json() for one in self.misshown],
            "changed": self.beneath.as_json(),
            "is_edited": self.is_edited,
            "page": {
                "is_same": self.is_same,
                "added": list(self.added[:_MOST]),
                "missing": list(self.missing[:_MOST]),
            },
            "error": None if self.unmade is None else self.unmade.as_json(),
        }


def verify(path: Path, roots: Roots, listener: Listener) -> Verification:
    """Hold a page against what the client's exports give now.

    Parameters
    ----------
    path
        The page; it is read and never changed.
    roots
        Where client folders are.
    listener
        Told which stages are run.

    Raises
    ------
    UsageError
        If the file is no report of ours, or there is no such client.
    CuadernoError
        If something in the client folder is to be mended, or the run ended badly.
    """
    page = read_page(path)
    made = _made_from(page.document, path)
    again = remake(page.document, made, roots, listener)
    if isinstance(again, CuadernoError):
        inputs = now_there(open_client(page.document.client, roots))
        now, beneath = None, changes(made, made.model_copy(update={"inputs": inputs}))
    else:
        now = again
        beneath = changes(made, _made_from(again.document, path))
    known = now.document.by_id if now else {}
    return Verification(
        file=path.name,
        document=page.document,
        judged=tuple(judge(claim, known.get(claim.id), beneath) for claim in page.document.claims),
        shown=len(page.shown),
        misshown=misshown(page),
        beneath=beneath,
        is_same=now is not None and now.content == page.content,
        added=_only_in(page, now) if now else (),
        missing=_only_in(now, page) if now else (),
        unmade=again if isinstance(again, CuadernoError) else None,
    )


def misshown(page: PageRead) -> tuple[Misshown, ...]:
    """The figures of a page that are not written as the numbers of its own claims are in its language."""
    known, words = page.document.by_id, Words(page.document.language)
    held = ((one, _expected(one, known.get(one.claim), words)) for one in page.shown)
    return tuple(Misshown(one.claim, one.part, one.text, text) for one, text in held if one.text != text)


def _expected(shown: Shown, claim: ClaimForm | None, words: Words) -> str | None:
    if claim is None or shown.part not in get_args(Part):
        return None
    try:
        made = claims.from_json(claim.model_dump(mode="json"))
        return words.text(claims.part_of(made, cast("Part", shown.part)))
    except (KeyError, ValueError):
        return None


def _made_from(document: Document, path: Path) -> MadeFrom:
    """What the page was made from; refuse one that does not say."""
    if document.stage == _INDEX:
        raise UsageError(
            "an index claims nothing of its own",
            where=path.name,
            next_step="Verify the reports that it leads to, such as audit.en.html in the folder of a period.",
        )
    if document.made_from is None or not document.made_from.period or document.language not in LANGUAGES:
        raise UsageError(
            "the page does not say what it was made from, so it cannot be made again",
            where=path.name,
            next_step="Make it anew with `cuaderno report`; pages of this version can be verified.",
        )
    return document.made_from


def _only_in(page: PageRead, other: PageRead) -> tuple[str, ...]:
    there = Counter(other.passages)
    found = []
    for said in page.passages:
        there[said] -= 1
        if there[said] < 0:
            found.append(said)
    return tuple(found)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
