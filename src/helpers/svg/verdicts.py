"""How a verdict is shown, in drawings and on the page: a word, never a colour alone."""

from __future__ import annotations

from typing import NamedTuple

from helpers.wording import Message, msg


class Look(NamedTuple):
    """Word of a verdict, and the colour that goes with it."""

    word: Message
    token: str


VERDICTS = {
    "better": Look(msg("better"), "good"),
    "worse": Look(msg("worse"), "bad"),
    "not_shown": Look(msg("no change shown"), "mute"),
    "not_enough_data": Look(msg("not enough data"), "mute"),
}
