"""Which platform and report a row of headers belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from helpers.intake.private import is_personal
from helpers.platforms import PLATFORMS, Header, Platform, Report, normalised

# Without a header that only one platform uses, nearly all headers must be known.
_SHARE_WITHOUT_MARK = 0.9
_SPANISH = ("es-ES", "es-419")


@dataclass(frozen=True)
class Match:
    """A row of headers read as one report.

    `columns` holds the position of each canonical or working column. `labels` holds its header as written.
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


def matches(cells: Sequence[str], platforms: Iterable[Platform] = ()) -> list[Match]:
    """Return the reports that a row of headers fits, best first; equal scores are for the analyst to decide."""
    if sum(1 for cell in cells if cell) < 2:
        return []
    found = [
        match
        for platform in (platforms or PLATFORMS.values())
        for report in platform.reports
        if (match := _match(cells, platform, report)) is not None
    ]
    return sorted(found, key=lambda match: -match.score)


def _match(cells: Sequence[str], platform: Platform, report: Report) -> Match | None:
    names = [normalised(cell) for cell in cells]
    places, duplicates = _places(cells, names, report)
    columns = {column: position for column, (position, _) in places.items()}
    fields = {column: header for column, (_, header) in places.items()}
    if not all(any(_has(columns, one) for one in group) for group in report.required):
        return None
    taken = set(columns.values())
    marks = sum(1 for name in names if name in report.exclusive)
    known = [i for i, name in enumerate(names) if i not in taken and (name in report.ignored or name in report.by_name)]
    personal = [i for i, name in enumerate(names) if name in report.private]
    unknown = [i for i, name in enumerate(names) if name and i not in {*taken, *known, *personal}]
    of_people = {i for i in unknown if is_personal(names[i])}
    understood = sum(1 for name in names if name) - len(unknown)
    if not marks and report.needs_mark:
        return None
    if not marks and understood < _SHARE_WITHOUT_MARK * (understood + len(unknown)):
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
    )


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
        if not name:
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
