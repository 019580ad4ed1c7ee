"""Which platform and report a row of headers belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from helpers.intake.private import is_personal
from helpers.platforms import PLATFORMS, Header, Platform, Report, Title, normalised

# Without a header or a title that only one platform uses, nearly all headers must be known.
_SHARE_WITHOUT_MARK = 0.9
_SPANISH = ("es-ES", "es-419")
# The column that a title above the table names.
_NAMED_ABOVE = "_value"


@dataclass(frozen=True)
class Match:
    """A row of headers read as one report.

    `columns` holds the position of each canonical or working column. `labels` holds its header as written. `others`
    holds the positions of columns that the report keeps without knowing them. `constants` holds what the lines above
    the headers say of every row.
    """

    platform: Platform
    report: Report
    columns: Mapping[str, int]
    labels: Mapping[str, str]
    fields: Mapping[str, Header]
    known: tuple[str, ...]
    unknown: tuple[str, ...]
    duplicates: tuple[str, ...]
    personal: tuple[str, ...]
    language: str | None
    score: int
    width: int
    others: tuple[int, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)


def matches(cells: Sequence[str], above: Sequence[str] = (), stated: str = "") -> list[Match]:
    """Return the reports that a row of headers fits, best first; equal scores are for the analyst to decide.

    Parameters
    ----------
    cells
        The row.
    above
        The lines above it, the nearest last.
    stated
        The source that the analyst says wrote it: then only that one is tried, and it needs no mark.
    """
    if sum(1 for cell in cells if cell) < 2:
        return []
    names = {normalised(cell) for cell in cells}
    found = [
        match
        for platform in PLATFORMS.values()
        if stated in {"", platform.source}
        for report in platform.reports
        if not report.strange & names
        if (match := _match(cells, above, platform, report, is_stated=bool(stated))) is not None
    ]
    proper = [match for match in found if not match.report.is_fallback]
    return sorted(proper or found, key=lambda match: -match.score)


def headers_for(line: str, others: Iterable[str]) -> tuple[str, ...] | None:
    """Return the headers of a table that stands under a line in place of them, None where no platform writes so.

    `others` are the lines of one cell beside it, of which one may have to say whose table it is.
    """
    return next(
        (
            report.headless[normalised(line)]
            for platform in PLATFORMS.values()
            for report in platform.reports
            if normalised(line) in report.headless
            and any(re.fullmatch(report.headless_beside, normalised(other)) for other in others)
        ),
        None,
    )


def _match(
    cells: Sequence[str], above: Sequence[str], platform: Platform, report: Report, *, is_stated: bool
) -> Match | None:
    title = _title(above, report)
    if report.titles and title is None:
        return None
    names = [normalised(cell) for cell in cells]
    places, duplicates = _places(cells, names, report)
    if title and title.column and _NAMED_ABOVE in places:
        places[title.column] = (places.pop(_NAMED_ABOVE)[0], Header(title.column))
    columns = {column: position for column, (position, _) in places.items()}
    fields = {column: header for column, (_, header) in places.items()}
    if not all(any(_has(columns, one) for one in group) for group in report.required):
        return None
    if report.fits is not None and not is_stated and not report.fits(cells):
        return None
    taken = set(columns.values())
    marks = sum(1 for name in names if name in report.exclusive) + (report.fits is not None) + is_stated
    known = [i for i, name in enumerate(names) if i not in taken and (name in report.ignored or name in report.by_name)]
    personal = [i for i, cell in enumerate(cells) if cell and report.is_private(cell)]
    unknown = [i for i, name in enumerate(names) if name and i not in {*taken, *known, *personal}]
    understood = sum(1 for name in names if name) - len(unknown)
    others, unknown = (unknown, []) if report.keeps_others else ([], unknown)
    of_people = {i for i in unknown if is_personal(names[i])}
    if not _is_believed(report, marks, understood, len(unknown), is_titled=title is not None):
        return None
    return Match(
        platform,
        report,
        columns,
        {column: cells[i].strip() for column, i in columns.items()},
        fields,
        known=tuple(cells[i].strip() for i in known),
        unknown=tuple(cells[i].strip() for i in unknown if i not in of_people),
        duplicates=tuple(duplicates),
        personal=tuple(cells[i].strip() for i in range(len(cells)) if i in personal or i in of_people),
        language=_language(names, report),
        score=understood + 2 * marks - 2 * len(unknown),
        width=len(cells),
        others=tuple(others),
        constants=_said_above(above, report),
    )


def _title(above: Sequence[str], report: Report) -> Title | None:
    """Return the title right above the headers."""
    if not above:
        return None
    return next((title for title in report.titles if not title.is_context and title.fits(above[-1])), None)


def _said_above(above: Sequence[str], report: Report) -> Mapping[str, str]:
    """Return what the lines above say of every row, the nearest line first of all."""
    said: dict[str, str] = {}
    for line in above:
        for title in report.titles:
            if title.fits(line) and (title.is_context or line == above[-1]):
                said |= title.constants
                break
    return said


def _is_believed(report: Report, marks: int, understood: int, unknown: int, *, is_titled: bool) -> bool:
    """Whether what is understood of a row of headers is enough to take it for the report."""
    # A report that takes any column as a dimension would else take the file of any other platform.
    if report.has_open_dimensions and unknown > understood:
        return False
    if marks or is_titled:
        return bool(marks) or not report.needs_mark
    return not report.needs_mark and understood >= _SHARE_WITHOUT_MARK * (understood + unknown)


def _places(
    cells: Sequence[str],
    names: Sequence[str],
    report: Report,
) -> tuple[dict[str, tuple[int, Header]], list[str]]:
    """Give each canonical column the header whose spelling ranks first; an equal header twice is told."""
    best: dict[str, tuple[int, int, Header]] = {}
    seen: set[str] = set()
    duplicates: list[str] = []
    for position, name in enumerate(names):
        if not name and name not in report.by_name:
            continue
        if name in seen:
            duplicates.append(cells[position].strip())
        elif name in report.by_name:
            header, rank = report.by_name[name]
            if header.column not in best or rank < best[header.column][0]:
                best[header.column] = (rank, position, header)
        elif name not in report.ignored:
            for pattern, header in report.patterns:
                if pattern.fullmatch(cells[position].strip()):
                    best[f"{header.column}:{cells[position].strip()}"] = (0, position, header)
        seen.add(name)
    return {column: (position, header) for column, (_, position, header) in best.items()}, duplicates


def _has(columns: Mapping[str, int], wanted: str) -> bool:
    return wanted in columns or any(column.startswith(f"{wanted}:") for column in columns)


def _language(names: Iterable[str], report: Report) -> str | None:
    votes: Counter[str] = Counter()
    for name in names:
        for language in report.languages.get(name, frozenset()):
            votes.update(_SPANISH if language == "es" else (language,))
    votes.pop("*", None)
    if not votes:
        return None
    most = max(votes.values())
    return next((one for one in ("en", *_SPANISH) if votes[one] == most), None) or min(
        language for language, number in votes.items() if number == most
    )
