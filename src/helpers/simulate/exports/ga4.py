"""GA4 in Spanish: traffic acquisition by day and default channel group, under a preamble of `#` lines."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.simulate.scenario import COVERED

GROUP = "Grupo de canales principal de la sesión (grupo de canales predeterminado)"
HEADER = ("Fecha", GROUP, "Sesiones", "Sesiones con interacción", "Eventos clave", "Ingresos totales")
_RULE = "# ----------------------------------------"


def write(path: Path, rows: pd.DataFrame, account: str) -> None:
    """Write the report; `rows` as `web.draw` returns them."""
    preamble = [
        _RULE,
        f"# Adquisición de tráfico: {GROUP}",
        f"# Cuenta: {account}",
        f"# Propiedad: {account} - GA4",
        _RULE,
        "# ",
        "# Todos los usuarios",
        f"# Fecha de inicio: {COVERED.start:%Y%m%d}",
        f"# Fecha de finalización: {COVERED.end:%Y%m%d}",
    ]
    lines = [
        f"{row.date:%Y%m%d},{row.group},{row.sessions},{row.engaged},{row.key_events},{row.revenue:.10g}"
        for row in rows.itertuples(index=False)
    ]
    path.write_text("\n".join([*preamble, ",".join(HEADER), *lines, ""]), encoding="utf-8", newline="\n")
