"""The same figures, however a spreadsheet or a platform wrote them, are the same figures."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from helpers.intake import read_file

# day of January 2026, campaign, cost in cents, impressions, clicks, conversions in hundredths
FIGURES = [
    (2, "Marca, exacta", 123450, 48210, 3122, 9650),
    (3, "Genérica «ñ»", 290317, 151902, 4410, 8800),
    (14, 'El "bueno"', 5, 999, 1, 0),
    (25, "PMax", 100000000, 1234567, 89012, 12133),
]
HEADERS = {
    "en": ("Day", "Campaign", "Currency code", "Cost", "Impr.", "Clicks", "Conversions", "Conv. rate"),
    "es-ES": ("Día", "Campaña", "Código de moneda", "Coste", "Impr.", "Clics", "Conversiones", "Tasa de conv."),
    "es-419": ("Día", "Campaña", "Código de moneda", "Costo", "Impr.", "Clics", "Conversiones", "Porcentaje de conv."),
}
TITLES = {
    "en": ("Campaign report", "January 1, 2026 - January 31, 2026", "Total: Campaigns"),
    "es-ES": ("Informe de campañas", "1 de enero de 2026 - 31 de enero de 2026", "Total: campañas"),
    "es-419": ("Informe de campañas", "1 de enero de 2026 - 31 de enero de 2026", "Total: Campañas"),
}
STYLES = {"point": (",", "."), "comma": (".", ","), "blank": ("\u00a0", ","), "bare": ("", ".")}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
EXPECTED = {
    "spend": 1004137.72, "impressions": 1435678, "clicks": 96545, "conversions": 305.83,
}  # fmt: skip


def written(number: int, decimals: int, style: str) -> str:
    grouping, decimal = STYLES[style]
    whole, fraction = divmod(number, 10**decimals)
    groups = f"{whole:,}".replace(",", grouping)
    return f"{groups}{decimal}{fraction:0{decimals}d}" if decimals else groups


def export(language: str, style: str, delimiter: str, *, is_padded: bool) -> str:
    headers, (title, period, total) = HEADERS[language], TITLES[language]
    sums = [sum(row[i] for row in FIGURES) for i in range(2, 6)]

    def line(day: str, name: str, cost: int, shown: int, clicks: int, conversions: int) -> list[str]:
        rate = written(round(10000 * conversions / 100 / max(clicks, 1)), 2, style) + " %"
        figures = [written(cost, 2, style), written(shown, 0, style), written(clicks, 0, style)]
        return [day, name, "EUR", *figures, written(conversions, 2, style), rate]

    rows = [line(f"2026-01-{day:02d}", *row) for day, *row in FIGURES]
    rows.append(line(total, " --", *sums))
    above = [[title], [period]]
    if is_padded:
        above = [row + [""] * (len(headers) - 1) for row in above] + [[""] * len(headers)]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows([*above, headers, *rows])
    return buffer.getvalue()


@pytest.mark.parametrize(("language", "style"), list(product(HEADERS, STYLES)))
def test_figures_do_not_depend_on_how_they_are_written(tmp_path: Path, language: str, style: str) -> None:
    path = tmp_path / "export.csv"
    for delimiter, is_padded, encoding in product(",;\t", (False, True), ENCODINGS):
        text = export(language, style, delimiter, is_padded=is_padded)
        path.write_bytes(text.encode(encoding))
        receipt = read_file(path).receipt
        table = receipt.tables[0]

        assert dict(table.totals) == EXPECTED
        assert (table.language, table.currency, table.kept) == (language, "EUR", len(FIGURES))
        assert table.period == ("2026-01-01", "2026-01-31")
        assert receipt.status == "ok", [problem.message for problem in receipt.problems]


@pytest.mark.parametrize(
    "style", ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y/%m/%d", "%d-%b-%Y", "%b %d, %Y", "%Y%m%d"]
)
def test_days_do_not_depend_on_how_they_are_written(tmp_path: Path, style: str) -> None:
    path = tmp_path / "export.csv"
    text = export("en", "point", "\t", is_padded=False)
    for day in (2, 3, 14, 25):
        text = text.replace(f"2026-01-{day:02d}", date(2026, 1, day).strftime(style))
    path.write_text(text, encoding="utf-8")

    (name, frame), *_ = read_file(path).frames

    assert name == "ads"
    assert frame["date"].dt.day.tolist() == [2, 3, 14, 25]
    assert frame["date"].dt.month.eq(1).all()
