"""From a client's folder to canonical tables: read what is new, merge, convert, and find out which days are covered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from helpers import warehouse
from helpers.clients import AbDailyTest, AbTest, Client, Parameters, periods
from helpers.errors import ClientError
from helpers.intake import Receipt, Source
from helpers.quality import Material
from helpers.stages.trials import Trial
from helpers.store import Collected, FileUsed, Fx, Notice, Store, collect, snapshots
from helpers.tables import TABLES
from helpers.units import Period

_YES_OR_NO = {"true": 1.0, "yes": 1.0, "sí": 1.0, "si": 1.0, "false": 0.0, "no": 0.0}


@dataclass(frozen=True)
class Loaded:
    """Everything that a stage may read of a client.

    Parameters
    ----------
    frames
        Canonical tables by name, merged over files and converted to the reporting currency; empty where missing.
    material
        The same as the checks of data quality look at it.
    trials
        The experiments of the client file whose data could be read.
    receipts
        One for each file, those that were refused included.
    left_out
        By table, rows with money in currencies for which no rate is known.
    files
        What figures come from.
    earlier_exports
        Exports that are there no more and are compared with those that are.
    as_of
        The day that counts as today.
    period
        The days of the run.
    key
        Name of the period in folders.
    covered
        First and last day of the data; None where they hold no date at all.
    snapshots
        What every export ever seen said of each day; see `store.snapshots`.
    """

    frames: Mapping[str, pd.DataFrame]
    notices: tuple[Notice, ...]
    material: Material
    trials: tuple[Trial, ...]
    receipts: tuple[Receipt, ...]
    left_out: Mapping[str, pd.DataFrame]
    files: tuple[FileUsed, ...]
    earlier_exports: tuple[FileUsed, ...]
    as_of: date
    period: Period
    key: str
    covered: Period | None
    snapshots: pd.DataFrame


@dataclass(frozen=True)
class RawFile:
    """A raw file of a client: an export, or what a database returned when it was last asked.

    Parameters
    ----------
    name
        How receipts and evidence call it.
    sources
        The entries of the client file that apply to it.
    """

    path: Path
    name: str
    sources: tuple[Source, ...]

    def ingest(self, store: Store, salt: str) -> Receipt:
        """Return its receipt; it is read only if it was never read this way."""
        return store.ingest(self.path, name=self.name, sources=self.sources, salt=salt)


def raw_files(client: Client) -> tuple[RawFile, ...]:
    """Everything that a client's figures come from, but for experiments: exports first, then databases.

    Raises
    ------
    ClientError
        If a link leads out of the client folder.
    PreflightError
        If a database of the client was never read.
    """
    return (*exported_files(client), *returned_files(client))


def exported_files(client: Client) -> tuple[RawFile, ...]:
    """The files in the client's folder, as `raw_files`; no database is needed."""
    return tuple(RawFile(path, client.shown(path), client.intake_sources(path)) for path in client.exports())


def returned_files(client: Client) -> tuple[RawFile, ...]:
    """What the client's databases returned when they were last asked, as `raw_files`."""
    return tuple(RawFile(one.path, one.query.name, one.query.sources) for one in warehouse.snapshots(client))


def load(client: Client, parameters: Parameters) -> Loaded:
    """Read a client's exports and experiments for one run, and what its databases returned when they were last asked.

    Raises
    ------
    ClientError
        If something in the client folder is to be mended.
    PreflightError
        If a database of the client was never read.
    """
    store = Store(client.kept)
    salt = client.salt()
    receipts = [raw.ingest(store, salt) for raw in raw_files(client)]
    trials, tried = _trials(client, store, salt)
    named = {one.file for one in tried}
    earlier = [one for one in store.seen() if one.file not in named]
    collected = collect(store, receipts, currency=client.currency, fx=_fx(client), earlier=earlier)
    remembered = snapshots(store, [*earlier, *receipts])
    covered = covered_days(collected.frames)
    as_of = parameters.today or client.as_of or _day_after(covered, client.timezone)
    noticed = (*_unread(receipts), *collected.notices)
    return Loaded(
        frames=collected.frames if covered else _undated(collected.frames, as_of),
        notices=noticed,
        material=Material(
            collected.frames,
            receipts,
            noticed,
            today=parameters.today or client.as_of,
            names=(client.id, client.name, *(profile.handle for profile in client.profiles)),
            windows=client.attribution,
            timezone=client.timezone,
        ),
        trials=trials,
        receipts=(*receipts, *tried),
        left_out=collected.left_out,
        files=(*collected.files, *(FileUsed(one.file, one.sha256, one.rows) for one in tried)),
        earlier_exports=_compared(collected, remembered, earlier),
        as_of=as_of,
        period=periods.parse(parameters.period, as_of=as_of, covered=covered),
        key=periods.key(parameters.period, as_of=as_of) or parameters.period,
        covered=covered,
        snapshots=remembered,
    )


def _compared(collected: Collected, remembered: pd.DataFrame, earlier: Sequence[Receipt]) -> tuple[FileUsed, ...]:
    """The exports that are there no more, of those that say what was restated or how conversions come in."""
    now = {one.sha256 for one in collected.files}
    told = ({one.sha256 for one in collected.earlier} | set(remembered["sha256"])) - now
    found = {one.sha256: FileUsed(one.file, one.sha256, one.rows) for one in earlier if one.sha256 in told}
    return tuple(sorted(found.values(), key=lambda one: (one.name, one.sha256)))


def _unread(receipts: Sequence[Receipt]) -> list[Notice]:
    """Exports that give no figure: those that were refused, and those that nothing recognised."""
    codes = {"refused": "unread_export", "warning": "unknown_export"}
    silent = [receipt for receipt in receipts if not receipt.tables and receipt.status in codes]
    return [Notice(codes[receipt.status], {}, {"file": receipt.file}) for receipt in silent]


def covered_days(frames: Mapping[str, pd.DataFrame]) -> Period | None:
    """First and last day of all dated rows; None where no row has a date."""
    ends = []
    for name, frame in frames.items():
        column = TABLES[name].day
        if not frame.empty and column and column in frame:
            last = frame["period_end"] if "period_end" in frame else frame[column]
            ends += [frame[column].min(), pd.to_datetime(last).max()]
    known = [pd.Timestamp(day).date() for day in ends if pd.notna(day)]
    return Period(min(known), max(known)) if known else None


def _day_after(covered: Period | None, timezone: str) -> date:
    if covered:
        return covered.end + timedelta(days=1)
    # Without any date in the data, only the clock can say what day it is for this client.
    return datetime.now(ZoneInfo(timezone)).date()


def _undated(frames: Mapping[str, pd.DataFrame], as_of: date) -> dict[str, pd.DataFrame]:
    """Data without any date count for the day of the report, which the page says."""
    day = pd.Timestamp(as_of)
    return {
        name: frame.assign(period_start=day, period_end=day) if "period_start" in frame else frame
        for name, frame in frames.items()
    }


def _fx(client: Client) -> Fx | None:
    if client.fx is None:
        return None
    if client.fx.file is None:
        return Fx("fixed", client.fx.rates)
    return Fx(client.fx.policy, rates=pd.read_csv(client.folder / client.fx.file))


def _trials(client: Client, store: Store, salt: str) -> tuple[tuple[Trial, ...], list[Receipt]]:
    """Read the files of the experiments that compare variants, as tables of units with the columns they name."""
    trials, receipts = [], []
    for spec in client.experiments:
        if isinstance(spec, AbTest):
            columns = {"variant": spec.variant} | {metric: metric for metric in spec.metrics}
            paths = {"units": spec.file}
        elif isinstance(spec, AbDailyTest):
            columns = {"date": spec.date} | ({"split": spec.split} if spec.split else {})
            for metric, rate in spec.metrics.items():
                columns |= {f"{metric}.successes": rate.successes, f"{metric}.trials": rate.trials}
            paths = {"control": spec.files.control, "treatment": spec.files.treatment}
        else:
            continue
        rows = {}
        for arm, path in paths.items():
            source = Source(files=path, table="customers", columns=columns)
            receipt = store.ingest(client.folder / path, name=path, sources=(source,), salt=salt)
            receipts.append(receipt)
            rows[arm] = _outcomes(store.read("customers", [receipt]), spec, path)
        if all(not frame.empty for frame in rows.values()):
            trials.append(Trial(spec, rows))
    return tuple(trials), receipts


def _outcomes(rows: pd.DataFrame, spec: AbTest | AbDailyTest, path: str) -> pd.DataFrame:
    """Outcomes as numbers: an outcome that is written as yes or no is one or nothing; a blank stays unknown."""
    if not isinstance(spec, AbTest):
        return rows
    for metric in [metric for metric in spec.metrics if not pd.api.types.is_numeric_dtype(rows[metric])]:
        words = rows[metric].str.strip().str.casefold()
        unknown = set(words.dropna()) - set(_YES_OR_NO)
        if unknown:
            raise ClientError(
                f"the outcome {metric} of the experiment {spec.name} is neither a number nor yes or no",
                where=path,
                seen=", ".join(sorted(unknown)[:5]),
                next_step="Name a column of numbers, or of true and false, under metrics in client.yaml.",
            )
        rows = rows.assign(**{metric: words.map(_YES_OR_NO).astype(float)})
    return rows
