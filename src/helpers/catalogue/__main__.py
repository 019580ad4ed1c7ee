"""`python -m helpers.catalogue [FILE]`: write the catalogue and say where it is."""

from __future__ import annotations

import argparse
from pathlib import Path

from helpers.catalogue.page import page
from helpers.wording import LANGUAGES


def main() -> None:
    """Write the page; it is drawn in one language and may be read in another, as in a report."""
    asked = argparse.ArgumentParser(prog="python -m helpers.catalogue", description=__doc__)
    asked.add_argument("file", nargs="?", type=Path, default=Path("reports/catalogue.html"))
    asked.add_argument("--drawn", choices=LANGUAGES, default="en", help="language in which the charts are drawn")
    asked.add_argument("--language", choices=LANGUAGES, help="language in which they are read; the same by default")
    given = asked.parse_args()
    given.file.parent.mkdir(parents=True, exist_ok=True)
    given.file.write_text(page(given.drawn, given.language), encoding="utf-8")
    print(f"Open {given.file.resolve()}")  # noqa: T201  the result of a command


if __name__ == "__main__":
    main()
