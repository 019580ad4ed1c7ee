"""A report while its notebook runs."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from importlib.metadata import version
from types import ModuleType
from typing import Any

from IPython.display import display

from helpers import blocks, html, stages
from helpers.charts import Chart
from helpers.claims import Claim
from helpers.clients import Client, Parameters, open_client
from helpers.clients.workbook import fingerprints
from helpers.errors import StageDataError
from helpers.page import appendix, saved
from helpers.page.inputs import inputs_of
from helpers.page.loading import Loaded, load
from helpers.page.making import making
from helpers.page.scribe import Scribe
from helpers.stages.parts import Action, Brief, Card, Caveat, Gap, Table
from helpers.store import FileUsed
from helpers.wording import Message, msg

_CLAIM = re.compile(r"\{\{[^{}]*\}\}")
_FIGURE = re.compile(r"\d")
MOST_SAID = 6
"""So many findings on the data are said one by one; the others follow in a table."""

_PNG = b"\x89PNG\r\n\x1a\n"

VERSIONED = ("cuaderno", "pandas", "numpy", "scipy", "duckdb", "matplotlib", "babel")


def open_stage(
    stage: str, client: str = "demo", period: str = "last-month", languages: str = "", as_of: str = ""
) -> Page:
    """Open a stage of a client and show for whom and when it is.

    Parameters
    ----------
    stage
        Name of a stage, such as `audit`.
    client, period, languages, as_of
        As in the notebook's parameters cell.

    Raises
    ------
    UsageError
        If a parameter is wrong, or there is no such client or stage.
    ClientError
        If something in the client folder is to be mended.
    """
    given = {"client": client, "period": period, "languages": languages, "as_of": as_of}
    parameters = Parameters.of(given)
    opened = open_client(parameters.client)
    page = Page(stages.stage(stage), opened, load(opened, parameters), parameters.language_list or opened.languages)
    page.head()
    return page


class Page:
    """What a notebook shows; each method emits one block.

    A part that is a `Gap` is shown as such, so that the cells need no `if`; the same gap is told only once.
    """

    def __init__(self, stage: ModuleType, client: Client, loaded: Loaded, languages: Sequence[str]) -> None:
        self._stage = stage
        self._name = stage.__name__.rpartition(".")[2]
        self._client = client
        self._loaded = loaded
        self._scribe = Scribe(client.languages[0], languages)
        self._result: Any = None
        self._told: set[Gap] = set()

    def head(self) -> None:
        """Show who, what and when."""
        client, loaded = self._client, self._loaded
        self._emit(
            blocks.Head(
                client=client.id,
                name=client.name,
                stage=self._name,
                start=loaded.period.start.isoformat(),
                end=loaded.period.end.isoformat(),
                period=self._scribe.text(loaded.period),
                as_of=loaded.as_of.isoformat(),
                currency=client.currency,
                is_dated=loaded.covered is not None,
                data_until=loaded.covered.end.isoformat() if loaded.covered else None,
                languages=list(self._scribe.languages),
                drawn=self._scribe.drawn,
                brand=blocks.Brand(logo=_logo(client), accent=client.brand.accent, agency=client.brand.agency),
            )
        )

    def analyse(self) -> Any:
        """Run the stage's analysis and return its Result.

        Raises
        ------
        StageDataError
            If there is no file at all that the stage could report on.
        """
        if not self._loaded.files:
            raise self._nothing()
        self._result = self._stage.analyse(inputs_of(self._stage, self._client, self._loaded))
        return self._result

    def summary(self, messages: Sequence[Message]) -> None:
        """Show the executive summary; its first sentence is the conclusion."""
        self._emit(self._scribe.prose("summary", messages))

    def cards(self, cards: Sequence[Card] | Gap) -> None:
        """Show the figures that decide."""
        if isinstance(cards, Gap):
            self._miss(cards)
        else:
            self._emit(self._scribe.cards(cards))

    def brief(self, brief: Brief | None) -> None:
        """Show what changed, why, and what to do; nothing where there is nothing to compare."""
        if brief is not None:
            self._emit(self._scribe.brief(brief))

    def commentary(self) -> None:
        """Show a person's own words for this report, where the client folder holds some; they outlive every run."""
        for language in self._scribe.languages:
            comment = self._client.commentary(self._loaded.key, self._name, language)
            if comment and comment.words.strip():
                is_checked = not _FIGURE.search(_CLAIM.sub("", comment.words))
                self._emit(
                    blocks.Commentary(
                        language=language, markdown=comment.words, author=comment.author, is_checked=is_checked
                    )
                )

    def say(self, messages: Sequence[Message] | Gap) -> None:
        """Show sentences; nothing for an empty list."""
        if isinstance(messages, Gap):
            self._miss(messages)
        elif messages:
            self._emit(self._scribe.prose("list" if len(messages) > 1 else "text", messages))

    def show(self, chart: Chart, part: Any) -> None:
        """Draw a part; nothing where there is nothing to draw."""
        if isinstance(part, Gap):
            self._miss(part)
        elif part is not None:
            self._emit(self._scribe.figure(chart, part))

    def table(self, table: Table | Gap) -> None:
        """Show a table."""
        if isinstance(table, Gap):
            self._miss(table)
        else:
            self._emit(self._scribe.grid(table))

    def actions(self, actions: Sequence[Action]) -> None:
        """Show what to do next, or that nothing is called for."""
        if actions:
            self._emit(self._scribe.actions(actions))
        else:
            self.say([msg("The figures call for no change now.")])

    def quality(self) -> None:
        """Show what is to be known of the data; the page itself lists the files that it was made from.

        What the stage says itself comes before what the checks of the data find; the receipts of the exports follow.
        """
        own: Sequence[Caveat] = self._result.caveats
        caveats = sorted(own, key=lambda caveat: caveat.fix is not None)
        said = [_with_fix(caveat) for caveat in caveats[:MOST_SAID]]
        self.say(said or [msg("Nothing in the exports speaks against these figures.")])
        if rest := caveats[MOST_SAID:]:
            rows = tuple((caveat.text, caveat.fix) for caveat in rest)
            columns = (msg("Found in the data"), msg("What to do"))
            self.table(Table(msg("Further findings in the data"), columns, rows))
        loaded, fx, read = self._loaded, self._client.fx, stages.tables_of(self._stage)
        used = appendix.rates(loaded.frames, read, loaded.period, fx.policy) if fx else None
        for table in (appendix.exports(loaded.receipts, read), used):
            if table is not None:
                self.table(table)

    def record(self) -> None:
        """Leave the claims, the warnings and the Result for the files beside the page."""
        claims: Sequence[Claim] = self._result.claims
        caveats: Sequence[Caveat] = self._result.caveats
        self._emit(
            blocks.Record(
                claims=[claim.as_json() for claim in claims],
                claim_texts=[self._scribe.plain(claim.text) for claim in claims],
                warnings=[{"code": caveat.code, "scope": dict(caveat.scope)} for caveat in caveats],
                warning_texts=[self._scribe.plain(caveat.text) for caveat in caveats],
                result=saved.as_json(self._result),
                inputs=_sources(self._loaded.files),
                earlier_exports=_sources(self._loaded.earlier_exports),
                versions={name: version(name) for name in VERSIONED} | dict(fingerprints()),
                making=making(self._stage, self._client, self._loaded, claims, self._scribe.languages),
            )
        )

    def _nothing(self) -> StageDataError:
        """What to say where no file gives any figure: why the first one does not, else that there is none."""
        for receipt in self._loaded.receipts:
            for problem in receipt.problems:
                if problem.severity != "info":
                    return StageDataError(problem.message, where=receipt.file, next_step=problem.action)
        return StageDataError(
            "there is no export to report on",
            where=f"{self._client.id}/exports",
            next_step="Put at least one export there; `cuaderno platforms` lists what can be read.",
        )

    def _miss(self, gap: Gap) -> None:
        if gap not in self._told:
            self._told.add(gap)
            self._emit(self._scribe.gap(gap))

    def _emit(self, block: blocks.Block) -> None:
        bundle = {
            blocks.MIME: blocks.dump(block),
            "text/html": html.fallback(block, list(self._scribe.languages)),
            "text/plain": f"[{block.kind}]",
        }
        display(bundle, raw=True)  # type: ignore[no-untyped-call]


def _sources(files: Sequence[FileUsed]) -> list[blocks.Source]:
    return [blocks.Source(file=one.name, sha256=one.sha256, rows=one.rows) for one in files]


def _with_fix(caveat: Caveat) -> Message:
    return msg("{found} {fix}", found=caveat.text, fix=caveat.fix) if caveat.fix else caveat.text


def _logo(client: Client) -> str | None:
    """The logo as blocks hold it; what is no picture is left out, and cleaned again at export."""
    content = client.logo()
    if content is None:
        return None
    if content.startswith(_PNG):
        return "data:image/png;base64," + base64.b64encode(content).decode()
    return content.decode("utf-8", errors="replace")
