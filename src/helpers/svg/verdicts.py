"""How a verdict is shown, in drawings and on the page: a word, never a colour alone."""

from __future__ import annotations

from typing import NamedTuple

from helpers.wording import Message, msg


class Look(NamedTuple):
    """Word of a verdict, the colour that goes with it, and what it means."""

    word: Message
    token: str
    meaning: Message


VERDICTS = {
    "better": Look(
        msg("better"),
        "good",
        msg("The difference goes the good way, and chance alone would rarely make one as large."),
    ),
    "worse": Look(
        msg("worse"),
        "bad",
        msg("The difference goes the bad way, and chance alone would rarely make one as large."),
    ),
    "not_shown": Look(
        msg("no change shown"),
        "mute",
        msg("The difference is one that chance alone often makes; it shows neither a change nor that there was none."),
    ),
    "not_enough_data": Look(
        msg("not enough data"),
        "mute",
        msg("There are too few days, posts or conversions to tell a change from chance."),
    ),
}
"""What is to be said, before it is said in a language."""
