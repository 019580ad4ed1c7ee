"""How a client stands, from the newest run and its claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from helpers.kpis import METRICS
from helpers.site.runs import Run
from helpers.stages.sentences import listed
from helpers.wording import Message, Name, msg

STALE_AFTER = timedelta(days=35)

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
"""Names of the stages for readers."""


@dataclass(frozen=True)
class State:
    """How a client stands: the word, its colour (never alone), and why."""

    word: Message
    colour: str
    reason: Message


def stage_name(name: str) -> Message:
    """The stage's name for readers."""
    return STAGES.get(name) or msg("{stage}", stage=Name(name))


def state(run: Run, newest: date | None) -> State:
    """Judge a client by its newest run.

    What failed comes first, then what is old, then the figures: off track where most of those that are held against a
    plan or target are worse, at risk where some are.

    Parameters
    ----------
    run
        The client's newest run.
    newest
        The newest day up to which any client's data reach.
    """
    for stage in run.stages:
        if stage.status in {"failed", "refused"}:
            what = msg("{stage}: {what}", stage=stage_name(stage.name), what=Name(stage.error or stage.status))
            return State(msg("failed"), "bad", what)
    if _is_stale(run, newest):
        return State(
            msg("stale"), "mute", msg("The newest data are older than those of other clients; new exports are due.")
        )
    return _by_targets(run)


def _is_stale(run: Run, newest: date | None) -> bool:
    if any("stale" in stage.warnings for stage in run.stages):
        return True
    return bool(newest and run.as_of) and date.fromisoformat(run.as_of) < (newest or date.min) - STALE_AFTER


def _by_targets(run: Run) -> State:
    aims = {"plan", "target"}
    judged = [
        claim
        for stage in run.stages
        for claim in stage.claims
        if (claim.get("compared_to") or {}).get("what") in aims
        and claim.get("verdict") in {"better", "worse", "not_shown"}
    ]
    worse = [claim for claim in judged if claim["verdict"] == "worse"]
    if not judged:
        return State(msg("not judged"), "mute", msg("No figure is held against a plan or a target."))
    if not worse:
        return State(msg("on track"), "good", msg("No figure is worse than its plan or target."))
    named = _names([claim["metric"] for claim in worse])
    if len(worse) * 2 > len(judged):
        return State(msg("off track"), "bad", msg("Worse than planned for the most part: {metrics}.", metrics=named))
    return State(msg("at risk"), "mute", msg("Worse than planned in part: {metrics}.", metrics=named))


def _names(metrics: list[str]) -> Message:
    """The metrics' names, each once, as a list."""
    unique = list(dict.fromkeys(metrics))
    return listed([METRICS[name].label if name in METRICS else msg("{metric}", metric=Name(name)) for name in unique])
