"""A person's comment, with the values of claims put in where it names them."""

from __future__ import annotations

import re

from markupsafe import Markup

from helpers.blocks import Record
from helpers.claims import from_json, part_of
from helpers.errors import RunError
from helpers.html import rich
from helpers.wording import Words

_NAMED = re.compile(r"\{\{\s*claim:([^{}]+?)\s*\}\}")
_OPEN, _CLOSE = "\ue000", "\ue001"
_HELD = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


def with_claims(markdown: str, record: Record, words: Words) -> Markup:
    """Return the comment as HTML.

    The values are put in after the Markdown was made safe, so that they can carry the mark of their claim.

    Raises
    ------
    RunError
        If it names a claim that this run did not make.
    """
    known = {claim.get("id"): claim for claim in record.claims}
    held: list[Markup] = []

    def hold(found: re.Match[str]) -> str:
        claim = known.get(found[1])
        if claim is None:
            raise RunError(
                "the commentary names a claim that this report does not make",
                seen=found[1],
                next_step="Take an id from the claims.json of the stage, or delete the mark.",
            )
        held.append(Markup('<span data-claim="{}">{}</span>').format(found[1], words.text(part_of(from_json(claim)))))
        return f"{_OPEN}{len(held) - 1}{_CLOSE}"

    html = rich(_NAMED.sub(hold, markdown.replace(_OPEN, "")))
    return Markup(_HELD.sub(lambda found: held[int(found[1])], html))  # noqa: S704  both parts are escaped already
