"""How a client stands, from its newest run and the claims of that run, and the figures that say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias, get_args

from helpers.claims import Claim
from helpers.site.figures import against, distance, goals, is_judged
from helpers.site.runs import Run, Stage
from helpers.wording import Message, Name, listed, msg

STALE_AFTER = timedelta(days=35)
"""Data that end so much before those of other clients are old: a month, and some days to export it."""

Kind: TypeAlias = Literal["failed", "stale", "off_track", "at_risk", "on_track", "not_judged"]

KINDS: tuple[Kind, ...] = get_args(Kind)
"""Every state, most severe first: the first that fits is the client's."""

STATES: dict[Kind, Message] = {
    "failed": msg("failed"),
    "stale": msg("stale"),
    "off_track": msg("off track"),
    "at_risk": msg("at risk"),
    "on_track": msg("on track"),
    "not_judged": msg("not judged"),
}
"""The word of each state."""

STATUSES = {
    "ok": msg("ready"),
    "cached": msg("ready, nothing has changed"),
    "failed": msg("failed"),
    "refused": msg("refused"),
    "skipped": msg("not run this time"),
}
"""What became of a stage, in words."""

STAGES = {
    "audit": msg("Audit"),
    "market_research": msg("Market research"),
    "persona": msg("Audience and persona"),
    "strategy": msg("Strategy and media plan"),
    "campaigns": msg("Campaigns"),
    "monitoring": msg("Monitoring"),
    "post_campaign": msg("Post-campaign analysis"),
    "community": msg("Community"),
    "calendar": msg("Calendar"),
}
"""Names of the stages for readers, in the order of the workflow."""

_FAILED = ("failed", "refused")
_NAMED = 2
"""Figures that a reason names; the goals below it hold all."""


@dataclass(frozen=True)
class State:
    """How a client stands.

    Parameters
    ----------
    what
        Why, in words.
    decisive
        The figures behind it that are named.
    has_more
        Whether there are others of their kind.
    error
        What went wrong in a run that failed, in the analyst's English; else empty.
    """

    kind: Kind
    what: Message
    decisive: tuple[Claim, ...] = ()
    has_more: bool = False
    error: str = ""

    @property
    def word(self) -> Message:
        """The state in a word."""
        return STATES[self.kind]

    @property
    def reason(self) -> Message:
        """Why, with the figures that decide, bound to their claims."""
        if not self.decisive:
            return self.what
        said = msg("{what}: {figures}", what=self.what, figures=listed([against(claim) for claim in self.decisive]))
        return msg("{said}, and others", said=said) if self.has_more else said


def stage_name(name: str) -> Message:
    """The stage's name for readers."""
    return STAGES.get(name) or msg("{stage}", stage=Name(name))


def state(run: Run, newest: date | None = None) -> State:
    """Judge a client by its newest run.

    What failed comes first, then what is old, then the figures that are held against a plan or a target: off track
    where most of those that can be judged are missed beyond chance, at risk where some are, on track where none is.

    Parameters
    ----------
    run
        The client's newest run, its claims included.
    newest
        The last day that any client's data reach; None where a client is looked at by itself.
    """
    failed = next((stage for stage in run.stages if stage.status in _FAILED), None)
    if failed:
        return State("failed", _what_failed(failed), error=failed.error or failed.status)
    return _stale(run, newest) or _by_goals(goals(run))


def _what_failed(stage: Stage) -> Message:
    if not stage.name:
        return msg("The run cannot be read.")
    return msg("No report: {stage}.", stage=stage_name(stage.name))


def _stale(run: Run, newest: date | None) -> State | None:
    if newest and run.newest and run.newest < newest - STALE_AFTER:
        said = msg("The data end on {day}; those of other clients reach {newest}.", day=run.newest, newest=newest)
        return State("stale", said)
    if any("stale" in stage.warnings for stage in run.stages):
        return State("stale", msg("A report was made before the newest exports came; run all stages again."))
    return None


def _by_goals(claims: Sequence[Claim]) -> State:
    held = sorted(filter(is_judged, claims), key=distance)
    missed = tuple(claim for claim in held if claim.verdict == "worse")
    if not claims:
        return State("not_judged", msg("No figure is held against a plan or a target."))
    if not held:
        return _named("not_judged", msg("Too little data to judge"), claims)
    if missed and len(missed) * 2 > len(held):
        return _named("off_track", msg("Most goals are missed"), missed)
    if missed:
        return _named("at_risk", msg("Some goals are missed"), missed)
    if distance(held[0]) < 0:
        return _named("on_track", msg("No goal is missed beyond chance; closest"), held[:1])
    return _named("on_track", msg("Every figure is on the good side of its goal; closest"), held[:1])


def _named(kind: Kind, what: Message, claims: Sequence[Claim]) -> State:
    return State(kind, what, tuple(claims[:_NAMED]), has_more=len(claims) > _NAMED)
