"""`jupyter nbconvert --to cuaderno`: the same pages as `cuaderno report`, written by nbconvert."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters.exporter import Exporter
from traitlets import Unicode

from helpers.export.publishing import pages


class CuadernoExporter(Exporter):
    """Writes a page for every language of the run.

    nbconvert takes one page from an exporter and its name's ending; the pages of the other languages go beside it.
    """

    export_from_notebook = "Cuaderno report"
    language = Unicode("", help="Write the page in this language only.").tag(config=True)

    def from_notebook_node(  # type: ignore[override]  # nbconvert declares a notebook where exporters give text
        self, nb: Any, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the first page, and all others as further outputs.

        Parameters
        ----------
        nb
            An executed notebook.
        resources
            What nbconvert knows about it; the name of the pages comes from there.
        kwargs
            Passed on to nbconvert.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **kwargs)
        made = pages(notebook, [self.language] if self.language else None)
        first, *others = made
        name = resources.get("unique_key") or resources.get("metadata", {}).get("name") or "notebook"
        resources["output_extension"] = f".{first}.html"
        # Without "./" nbconvert tries to make a folder without a name.
        folder = "" if "/" in name else "./"
        resources.setdefault("outputs", {})
        resources["outputs"] |= {f"{folder}{name}.{code}.html": made[code].encode() for code in others}
        return made[first], resources
