"""How the comparison with a competitor is put into words, and the definition that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.claims import Claim, Verdict, scope_label
from helpers.stages.market_research import peers
from helpers.wording import Message, Name, Value, listed, msg

_PARTS: dict[str, Message] = {
    "reactions": msg("reactions"),
    "likes": msg("likes"),
    "comments": msg("comments"),
    "shares": msg("shares"),
    "saves": msg("saves"),
}


@dataclass(frozen=True)
class Compared:
    """A competitor's claims: its rate, and the client's rate over it."""

    rival: peers.Rival
    rate: Claim
    gap: Claim
    own: Claim

    @property
    def verdict(self) -> Verdict:
        """How the client stands against the competitor."""
        return self.gap.verdict or "not_shown"


def called(one: Compared) -> Message:
    """A competitor and where."""
    platform = scope_label("platform", one.rival.definition.platform)
    return msg("{competitor} · {platform}", competitor=Name(one.rival.name), platform=platform)


def sentence(client: Name | Message, one: Compared) -> Message:
    """Say how the client stands against a competitor, in the words that the verdict allows."""
    values: dict[str, Value] = {
        "platform": scope_label("platform", one.rival.definition.platform),
        "client": client,
        "competitor": Name(one.rival.name),
        "own": one.own.figure,
        "other": one.rate.figure,
        "gap": one.gap.figure,
        "low": one.gap.low,
        "high": one.gap.high,
    }
    match one.verdict:
        case "better":
            return msg(
                "On {platform}, {client} engages more than {competitor}: {own} a post against {other}, "
                "{gap} (between {low} and {high}).",
                **values,
            )
        case "worse":
            return msg(
                "On {platform}, {client} engages less than {competitor}: {own} a post against {other}, "
                "{gap} (between {low} and {high}).",
                **values,
            )
        case "not_enough_data":
            return msg(
                "On {platform}, {competitor} engages {other} a post and {client} {own}: too few posts for a verdict.",
                **values,
            )
        case _:
            return msg(
                "On {platform}, {competitor} engages {other} a post and {client} {own}: no difference beyond chance.",
                **values,
            )


def definition(rule: peers.Definition) -> Message:
    """Say what was counted, over what, and in which days."""
    values: dict[str, Value] = {
        "platform": scope_label("platform", rule.platform),
        "parts": _added([_PARTS[part] for part in rule.parts]),
        "days": rule.window,
    }
    if rule.base == "er_followers":
        said = msg(
            "Engagement on {platform} is {parts} of a post for each follower at its time, the mean over the posts of "
            "{days}",
            **values,
        )
    else:
        said = msg("Engagement on {platform} is {parts} for each view, added up over the posts of {days}", **values)
    if rule.formats:
        names = listed([msg("{name}", name=scope_label("format", name)) for name in rule.formats])
        return msg("{said}; only posts whose views are known of everyone: {formats}.", said=said, formats=names)
    return msg("{said}.", said=said)


def _added(parts: Sequence[Message]) -> Message:
    """What is added up to the interactions of a post."""
    said = parts[0]
    for part in parts[1:]:
        said = msg("{parts} plus {part}", parts=said, part=part)
    return said


def unlike(one: peers.Unlike) -> Message:
    """Say why competitors are not ranked."""
    values: dict[str, Value] = {
        "platform": scope_label("platform", one.platform),
        "names": listed([msg("{name}", name=Name(name)) for name in one.names]),
    }
    match one.why:
        case "no_own_posts":
            return msg(
                "{names} cannot be ranked on {platform}: no export holds the client's own posts there.", **values
            )
        case "no_base":
            return msg(
                "{names} cannot be ranked on {platform}: followers or views are not known of both sides.", **values
            )
        case _:
            return msg("{names} cannot be ranked on {platform}: both sides tell no interactions of one kind.", **values)
