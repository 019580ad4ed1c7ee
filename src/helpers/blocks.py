"""What a notebook may emit: plain JSON, validated when it is shown and again when it is exported.

nbformat writes JSON with sorted keys, so every order that matters is a list. Words stand in each block once per
language, in the order of the head block's `languages`; a drawing stands once, with a table of its texts.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from helpers.units import Part, Unit
from helpers.wording import WEB

MIME = "application/vnd.cuaderno.block+json"
SCHEMA = "cuaderno.block/1"

Verdict = Literal["better", "worse", "not_shown", "not_enough_data"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Number(_Model):
    """The number that a piece of text writes, as it was computed: for those who go on working with it."""

    value: float
    unit: Unit
    currency: str | None = None


class Run(_Model):
    """A piece of text; at most one of claim, name, date and verdict is set; only a name leads to a web address.

    `number` is set where the piece writes a known number; the page shows the text alone.
    """

    text: str
    claim: str | None = None
    part: Part | None = None
    name: bool = False
    date: str | None = None
    verdict: Verdict | None = None
    number: Number | None = None
    link: str | None = Field(default=None, pattern=f"^{WEB.pattern}$")


Runs: TypeAlias = list[Run]
Text: TypeAlias = list[Runs]
"""A text in every language of the page, in the order of the head's `languages`."""


class Brand(_Model):
    """How the client looks: a cleaned SVG or a PNG data URI, a colour, the agency that signs."""

    logo: str | None = None
    accent: str | None = None
    agency: str | None = None


class Head(_Model):
    """Who, what and when; the first block of every page. `data_until` is the last day that the exports hold."""

    kind: Literal["head"] = "head"
    client: str
    name: str
    stage: str
    start: str
    end: str
    period: Text
    as_of: str
    currency: str
    is_dated: bool = True
    data_until: str | None = None
    languages: list[str]
    drawn: str
    brand: Brand = Brand()


class Prose(_Model):
    """Sentences. The summary stands on top of the page: its first paragraph is the conclusion."""

    kind: Literal["prose"] = "prose"
    role: Literal["summary", "text", "list", "note"] = "text"
    paragraphs: list[Text]


class Commentary(_Model):
    """A person's own words for one language of the page, as Markdown; never mixed with ours."""

    kind: Literal["commentary"] = "commentary"
    language: str
    markdown: str
    author: str | None = None
    is_checked: bool = True


class Card(_Model):
    """One figure: label, value, change with its verdict, target, a note (interval or n), a spark line."""

    label: Text
    value: Text
    change: Text | None = None
    verdict: Verdict | None = None
    target: Text | None = None
    note: Text | None = None
    spark: list[float | None] = []


class Cards(_Model):
    """The figures that decide, four to six."""

    kind: Literal["cards"] = "cards"
    cards: list[Card]


class Brief(_Model):
    """What changed, why, and what to do, each in a few short lines; stands on top of the page below the cards."""

    kind: Literal["brief"] = "brief"
    changes: list[Text]
    causes: list[Text]
    actions: list[Text]


class Column(_Model):
    """Head of a table's column."""

    label: Text
    is_number: bool = False


class Grid(_Model):
    """A table; the first column heads its row."""

    kind: Literal["grid"] = "grid"
    caption: Text
    columns: list[Column]
    rows: list[list[Text]]
    total: list[Text] | None = None
    note: Text | None = None


class Figure(_Model):
    """A drawing with its title (the finding), subtitle (the unit), description and data.

    `wide` and `narrow` are cleaned SVG in the language `drawn` of the head. `texts` has one row for each text of the
    drawing: as drawn, then in each language of the page.
    """

    kind: Literal["figure"] = "figure"
    chart: str
    title: Text
    subtitle: Text
    description: Text
    wide: str
    narrow: str
    texts: list[list[str]]
    data: Grid
    note: Text | None = None


class Action(_Model):
    """What to do, what it should bring, who, until when, and when to undo it."""

    what: Text
    expected: Text
    owner: Text
    due: Text
    reversal: Text


class Actions(_Model):
    """The proposed actions, most valuable first."""

    kind: Literal["actions"] = "actions"
    actions: list[Action]


class Gap(_Model):
    """What the data cannot answer, and the cheapest export that would."""

    kind: Literal["gap"] = "gap"
    what: Text
    cheapest: Text


class Source(_Model):
    """A file that the page was made from."""

    file: str
    sha256: str
    rows: int


class Print(_Model):
    """Something that the page was made from, by the digest of its bytes: a file, or what another stage has saved."""

    name: str
    sha256: str


class Making(_Model):
    """What a page was made from beside the exports: with it the page can be made again, and what has changed be said.

    Parameters
    ----------
    period
        Name of the period's folder; empty where a notebook does not say.
    files
        Files of the client folder that are no exports: client.yaml, plans, exchange rates, logo, commentary.
    earlier
        The saved Results of other stages that were read, by stage.
    goals
        As the client file has them, in its order.
    definitions
        Of every metric that is claimed: formula and meaning, in English.
    campaigns
        Platform and name of each campaign with a row inside the period.
    """

    period: str = ""
    files: list[Print] = []
    earlier: list[Print] = []
    goals: list[dict[str, Any]] = []
    definitions: dict[str, str] = {}
    campaigns: list[list[str]] = []


class Record(_Model):
    """What the stage leaves beside its page; the last block.

    `claims` and `warnings` are those of the contract without their text; `claim_texts` and `warning_texts` have one
    row each: in the language of the head's `drawn`, then in each language of the page. `inputs` are the files that
    figures come from; `earlier_exports` are there no more and only say what was restated, or how conversions come in.
    """

    kind: Literal["record"] = "record"
    claims: list[dict[str, Any]]
    claim_texts: list[list[str]]
    warnings: list[dict[str, Any]]
    warning_texts: list[list[str]]
    result: dict[str, Any]
    inputs: list[Source]
    earlier_exports: list[Source] = []
    versions: dict[str, str]
    making: Making = Making()


Block: TypeAlias = Head | Prose | Commentary | Cards | Brief | Grid | Figure | Actions | Gap | Record

_ADAPTER: TypeAdapter[Block] = TypeAdapter(Annotated[Block, Field(discriminator="kind")])


def dump(block: Block) -> dict[str, Any]:
    """Return the block as JSON that a notebook output can hold."""
    return {"schema": SCHEMA} | block.model_dump(mode="json", exclude_defaults=True) | {"kind": block.kind}


def load(data: object) -> Block:
    """Check a notebook output and return its block.

    Raises
    ------
    ValueError
        If it is of another schema version, or not a block.
    """
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise ValueError(f"no block of {SCHEMA}")
    return _ADAPTER.validate_python({key: value for key, value in data.items() if key != "schema"})


def iso(day: date) -> str:
    """Return the day as blocks write it."""
    return day.isoformat()
