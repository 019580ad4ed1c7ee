"""A block for a notebook that JupyterLab does not trust: plain markup, drawings as images."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.blocks import Block
from helpers.html.environment import environment
from helpers.html.view import View


def fallback(block: Block, languages: Sequence[str]) -> str:
    """Return the block as HTML in the first of the languages.

    It survives JupyterLab's sanitiser, which strips drawings and `data-` attributes from notebooks made by papermill.
    """
    view = View(index=0, language=languages[0], is_plain=True)
    return environment().get_template("fallback.html.j2").render(block=block, view=view).strip()
