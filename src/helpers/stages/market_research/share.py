"""What is said of the share of voice: claims, bars, sentences, and mentions where they are followed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.claims import Claim, Comparison, Ledger, Verdict
from helpers.stages.context import Context
from helpers.stages.market_research import voice as market_voice
from helpers.stages.market_research.swot import ALPHA, Finding
from helpers.stages.parts import Bar, Bars, Caption, Caveat, Gap, Measure
from helpers.stages.sentences import leading
from helpers.wording import Message, Name, Value, listed, msg

NO_ADS = Gap(
    msg("No export holds ads of competitors, so the share of voice is not known."),
    msg(
        "A table of the ads that the client and each competitor run, from the Meta Ad Library: advertiser, id, first "
        "and last day. It is free."
    ),
)
NONE_RAN = Gap(
    msg("No ad of a competitor ran in the period, as far as the export tells, so the share of voice is not known."),
    msg("The table of the competitors' ads once more, with those of these days."),
)
SHOWN = 15
"""Advertisers in one drawing."""

_TITLES: dict[market_voice.Basis, Message] = {
    "spend": msg("Share of the spend of the client and its competitors in the period"),
    "spend_range": msg(
        "Share of the spend of the client and its competitors in the period; ranges count by their middle"
    ),
    "ads": msg("Share of the ads of the client and its competitors that ran in the period"),
}


@dataclass(frozen=True)
class Shares:
    """The claims of all advertisers, largest first, and those of the mentions."""

    context: Context
    voice: market_voice.Voice | None
    rivals: tuple[Claim, ...]
    own: Claim | None
    mentions: tuple[Claim, ...]
    has_ads: bool = True

    @property
    def names(self) -> list[str]:
        """The advertisers that are not the client."""
        return [part.name for part in self.voice.parts] if self.voice else []


def p_values(voice: market_voice.Voice | None) -> np.ndarray:
    """One a competitor: how often chance alone would part its ads from the client's so far; NaN where it is unknown."""
    if voice is None:
        return np.array([])
    return np.array([part.p_value if voice.is_enough else np.nan for part in voice.parts], dtype=float)


def claim(
    context: Context,
    ledger: Ledger,
    voice: market_voice.Voice | None,
    p_values: np.ndarray,
    mentioned: pd.DataFrame,
    *,
    has_ads: bool,
) -> Shares:
    """Claim every share."""
    said = _mentions(context, ledger, mentioned)
    if voice is None:
        return Shares(context, None, (), None, said, has_ads=has_ads)
    own = ledger.add("share_of_voice", voice.client.share, rows=voice.client.rows) if voice.client else None
    rivals = tuple(_rival(ledger, voice, part, own, float(p)) for part, p in zip(voice.parts, p_values, strict=True))
    return Shares(context, voice, rivals, own, said)


def _rival(
    ledger: Ledger, voice: market_voice.Voice, part: market_voice.Part, own: Claim | None, p_value: float
) -> Claim:
    scope = {"competitor": part.name}
    if own is None:
        return ledger.add("share_of_voice", part.share, scope=scope, rows=part.rows)
    against = Comparison("peers", own.figure.value)
    verdict = _verdict(voice, part, own, p_value)
    claim = ledger.add("share_of_voice", part.share, scope=scope, rows=part.rows, compared_to=against, verdict=verdict)
    return ledger.amend(claim, sentence=_sentence(msg("the client"), claim)) if verdict else claim


def _verdict(voice: market_voice.Voice, part: market_voice.Part, own: Claim, p_value: float) -> Verdict | None:
    """How the client stands against a competitor; what is spent is known for certain and needs no verdict."""
    if voice.basis == "spend":
        return None
    mine, theirs = own.interval, part.share.interval
    if voice.basis == "spend_range":
        # The ranges of a published spend leave no room where they do not meet.
        low, high = (theirs.low, theirs.high) if theirs else (part.share.value, part.share.value)
        least, most = (mine.low, mine.high) if mine else (own.figure.value, own.figure.value)
        return "better" if least > high else "worse" if most < low else "not_shown"
    if not voice.is_enough:
        return "not_enough_data"
    if not p_value < ALPHA:
        return "not_shown"
    return "worse" if part.share.value > own.figure.value else "better"


def _mentions(context: Context, ledger: Ledger, rows: pd.DataFrame) -> tuple[Claim, ...]:
    brands = market_voice.mentions(rows, context.period)
    if not brands:
        return ()
    everyone = pd.concat(brands.values())
    claims = []
    for brand, own in brands.items():
        scope = {} if market_voice.same(brand, context.name) else {"competitor": brand}
        share = market_voice.mention_share(own, everyone, context.period)
        claims.append(ledger.add("share_of_mentions", share, scope=scope, rows=own))
    return tuple(sorted(claims, key=lambda claim: -claim.figure.value))


# What is shown


def bars(shares: Shares) -> Bars | Gap:
    """The shares of the client and its competitors, largest first."""
    if shares.voice is None:
        return NONE_RAN if shares.has_ads else NO_ADS
    drawn = [*shares.rivals[:SHOWN], *([shares.own] if shares.own else [])]
    drawn = sorted(drawn, key=lambda claim: -claim.figure.value)
    first = leading(drawn)
    title = (
        msg("{name} has the largest share: {share}", name=_name(shares, first), share=first.figure)
        if first
        else msg("No brand has the largest share alone")
    )
    caption = Caption(title, _TITLES[shares.voice.basis], _source(shares.voice, drawn))
    return Bars(caption, Measure("share"), tuple(_bar(shares, claim) for claim in drawn))


def fact(shares: Shares) -> list[Message]:
    """Who has the largest share, with the number behind it; nothing where no share is known."""
    drawn = bars(shares)
    return [] if isinstance(drawn, Gap) else [msg("{said}.", said=drawn.caption.title)]


def _name(shares: Shares, claim: Claim) -> Name:
    return Name(dict(claim.scope).get("competitor", shares.context.name))


def _bar(shares: Shares, claim: Claim) -> Bar:
    edges = claim.interval
    return Bar(_name(shares, claim), claim.figure.value, edges.low if edges else None, edges.high if edges else None)


def _source(voice: market_voice.Voice, claims: Iterable[Claim]) -> Message:
    files = dict.fromkeys(one.file for claim in claims for one in claim.evidence)
    named = listed([msg("{name}", name=Name(file)) for file in files])
    last = max((day for part in voice.parts if pd.notna(day := part.rows["start"].max())), default=None)
    if last is None:
        return msg("Source: {files}.", files=named)
    return msg("Source: {files}, up to {day}.", files=named, day=last.date())


def words(shares: Shares) -> tuple[Message, ...]:
    """Who has more and who less than the client, and how mentions are shared."""
    client = Name(shares.context.name)
    said = [_sentence(client, claim) for claim in shares.rivals if claim.verdict in {"better", "worse"}]
    alike = [claim for claim in shares.rivals if claim.verdict == "not_shown"]
    if alike:
        names = listed([msg("{name}", name=_name(shares, claim)) for claim in alike])
        said.append(
            msg(
                "Between the share of {client} and that of {names}, no difference is shown.", client=client, names=names
            )
        )
    said += [
        msg("{name}: {share} of the mentions.", name=_name(shares, claim), share=claim.figure)
        for claim in shares.mentions
    ]
    return tuple(said)


def _sentence(client: Name | Message, claim: Claim) -> Message:
    values: dict[str, Value] = {
        "client": client,
        "competitor": Name(dict(claim.scope)["competitor"]),
        "share": claim.figure,
        "own": claim.other,
    }
    if claim.verdict == "worse":
        return msg("{competitor} has more share of voice than {client}: {share} against {own}.", **values)
    if claim.verdict == "better":
        return msg("{competitor} has less share of voice than {client}: {share} against {own}.", **values)
    return msg("{competitor} has {share} of the voice and {client} {own}: no difference is shown.", **values)


def caveats(shares: Shares) -> tuple[Caveat, ...]:
    """What the shares leave out, and names that may be one."""
    found = []
    if shares.voice and shares.own is None:
        text = msg("Nothing tells the client's own part in this table; the shares are those of the competitors alone.")
        found.append(Caveat("assumption", text))
    if shares.voice and shares.voice.unpriced:
        names = listed([msg("{name}", name=Name(name)) for name in shares.voice.unpriced])
        text = msg("The spend of {names} is not known, so ads are counted and not spend.", names=names)
        found.append(Caveat("assumption", text))
    if any(claim.verdict == "not_enough_data" for claim in shares.rivals):
        found.append(Caveat("small_sample", msg("The ads are too few to tell the shares apart.")))
    return tuple(found)


def findings(shares: Shares) -> list[Finding]:
    """A competitor that advertises more is a threat, one that advertises less leaves the client its lead."""
    return [
        Finding(
            "threat" if claim.verdict == "worse" else "strength",
            _sentence(Name(shares.context.name), claim),
            "measured",
            claim,
        )
        for claim in shares.rivals
        if claim.verdict in {"better", "worse"}
    ]
