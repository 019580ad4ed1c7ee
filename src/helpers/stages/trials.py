"""Experiments of the client file: was the split sound, what did each variant bring, and is it more than chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from helpers.claims import Claim, Comparison, Evidence, Ledger, Verdict, evidence, fixed
from helpers.clients import AbDailyTest, AbTest
from helpers.methods import experiments
from helpers.stages.parts import Action, Bar, Caption, Caveat, Forest, Gap, Measure
from helpers.units import Unit
from helpers.wording import Message, Name, Value, msg

if TYPE_CHECKING:
    from datetime import date

LEVEL = 0.95
MIN_SUCCESSES = 10

_NO_TRIALS = Gap(
    msg("No experiment is listed in the client file, so no effect of a variant can be told from chance."),
    msg("The table of a test, one row a user or a day, and its entry under experiments in the client file."),
)


@dataclass(frozen=True)
class Trial:
    """An experiment and its data.

    `rows` holds, for a test by unit, one table with the columns `variant` and each metric; for a test by day one table
    an arm with the columns `date`, `split` and, for each metric, `<metric>.successes` and `<metric>.trials`.
    """

    spec: AbTest | AbDailyTest
    rows: Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Outcomes:
    """What all experiments showed."""

    forest: Forest | Gap
    sentences: tuple[Message, ...]
    caveats: tuple[Caveat, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class _Test:
    """One metric of one variant against the control, before the verdicts of the family are settled."""

    metric: str
    kind: Literal["proportion", "mean"]
    variant: str
    control: str
    found: experiments.Difference
    is_enough: bool
    has_outliers: bool = False
    depends_on_outliers: bool = False


def outcomes(ledger: Ledger, trials: tuple[Trial, ...], due: date) -> Outcomes:
    """Analyse every experiment that compares variants by unit or by day."""
    bars: list[Bar] = []
    sentences: list[Message] = []
    caveats: list[Caveat] = []
    actions: list[Action] = []
    for trial in trials:
        spec = trial.spec
        tests, found = _by_unit(ledger, trial, spec) if isinstance(spec, AbTest) else _by_day(ledger, trial, spec)
        is_sound = not any(caveat.code == "sample_ratio_mismatch" for caveat in found)
        caveats += found
        verdicts = _verdicts(trial, tests, is_sound=is_sound)
        for test, verdict in zip(tests, verdicts, strict=True):
            lift, said = _claim(ledger, trial, test, verdict)
            bars.append(_bar(trial, test, lift, verdict))
            sentences.append(said)
        actions += _roll_outs(trial, tests, verdicts, due) if is_sound else [_repeat(trial, due)]
    forest = Forest(_caption(bars, caveats), Measure("share"), tuple(bars)) if bars else _NO_TRIALS
    return Outcomes(forest, tuple(sentences), tuple(caveats), tuple(actions))


def _by_unit(ledger: Ledger, trial: Trial, spec: AbTest) -> tuple[list[_Test], list[Caveat]]:
    units = trial.rows["units"]
    scope = {"experiment": spec.name}
    counts = {str(name): int(n) for name, n in units["variant"].value_counts().items()}
    caveats = _check_split(ledger, trial, counts, spec.expected_split or dict.fromkeys(counts, 1 / len(counts)))
    tests = []
    for metric, kind in spec.metrics.items():
        values = {name: rows[metric].dropna().to_numpy(float) for name, rows in units.groupby("variant", observed=True)}
        for name, observed in values.items():
            _claim_level(ledger, trial, metric, kind, str(name), observed)
        control = str(spec.control)
        tests += [
            _test(metric, kind, str(name), control, values[control], treated)
            for name, treated in values.items()
            if str(name) != control
        ]
        if kind == "mean" and any(test.has_outliers for test in tests if test.metric == metric):
            text = msg(
                "{experiment}: a few extreme units move the mean of {metric}.",
                experiment=Name(spec.name),
                metric=Name(metric),
            )
            caveats.append(Caveat("outliers", text, tuple({**scope, "parameter": metric}.items())))
    return tests, caveats


def _test(metric: str, kind: str, variant: str, control: str, base: np.ndarray, treated: np.ndarray) -> _Test:
    if kind == "mean":
        means = experiments.compare_means(base, treated, level=LEVEL)
        is_enough = min(len(base), len(treated)) >= MIN_SUCCESSES
        outliers = (means.has_outliers, means.depends_on_outliers)
        return _Test(metric, "mean", variant, control, means, is_enough, *outliers)
    hits = (base.sum(), treated.sum())
    found = experiments.compare_proportions(int(hits[0]), len(base), int(hits[1]), len(treated), level=LEVEL)
    rare = min(hits[0], hits[1], len(base) - hits[0], len(treated) - hits[1])
    return _Test(metric, "proportion", variant, control, found, rare >= MIN_SUCCESSES)


def _by_day(ledger: Ledger, trial: Trial, spec: AbDailyTest) -> tuple[list[_Test], list[Caveat]]:
    control, *others = sorted(trial.rows, key=lambda arm: arm != "control")
    caveats: list[Caveat] = []
    if spec.split:
        sizes = {arm: int(rows["split"].sum()) for arm, rows in trial.rows.items()}
        expected = {str(arm): share for arm, share in spec.expected_split.items()}
        caveats += _check_split(ledger, trial, sizes, expected or dict.fromkeys(sizes, 1 / len(sizes)))
    tests, immature = [], False
    for metric in spec.metrics:
        for arm in others:
            pairs = _pairs(trial, metric, control, arm)
            known = pairs.dropna()
            immature = immature or len(known) < len(pairs)
            tests.append(
                _Test(metric, "proportion", arm, control, experiments.compare_days(known, level=LEVEL), len(known) >= 7)
            )
            for name, side in ((control, "c"), (arm, "t")):
                trials = known[f"trials_{side}"].sum()
                rate = known[f"successes_{side}"].sum() / trials if trials else float("nan")
                ledger.add(
                    "conversion_rate", rate, scope=_scope(trial, metric, name), rows=_proof(trial), n=int(trials)
                )
    if immature:
        text = msg(
            "{experiment}: outcomes of the last days are not known yet; those days are left out, not counted as zero.",
            experiment=Name(spec.name),
        )
        caveats.append(Caveat("immature_outcomes", text, (("experiment", spec.name),)))
    return tests, caveats


def _pairs(trial: Trial, metric: str, control: str, arm: str) -> pd.DataFrame:
    """Successes and trials of both arms on their common days."""
    columns = {f"{metric}.successes": "successes", f"{metric}.trials": "trials"}
    sides = [trial.rows[name].set_index("date")[list(columns)].rename(columns=columns) for name in (control, arm)]
    return sides[0].join(sides[1], how="inner", lsuffix="_c", rsuffix="_t", validate="1:1")


def _check_split(
    ledger: Ledger, trial: Trial, counts: Mapping[str, int], expected: Mapping[str, float]
) -> list[Caveat]:
    p_value = experiments.sample_ratio(counts, expected)
    scope = {"experiment": trial.spec.name, "parameter": "sample_ratio"}
    ledger.add("p_value", p_value, scope=scope, rows=_proof(trial), n=sum(counts.values()))
    if p_value >= experiments.SAMPLE_RATIO_ALPHA:
        return []
    text = msg(
        "{experiment}: the groups are not as large as the split should make them; do not trust its results.",
        experiment=Name(trial.spec.name),
    )
    return [Caveat("sample_ratio_mismatch", text, (("experiment", trial.spec.name),))]


def _claim_level(ledger: Ledger, trial: Trial, metric: str, kind: str, variant: str, values: np.ndarray) -> None:
    name = "conversion_rate" if kind == "proportion" else "mean"
    ledger.add(name, float(values.mean()), scope=_scope(trial, metric, variant), rows=_proof(trial), n=len(values))


def _verdicts(trial: Trial, tests: list[_Test], *, is_sound: bool) -> list[Verdict | None]:
    """The verdict of each test; the family of one experiment shares the error (Holm).

    A broken split allows neither better nor worse.
    """
    adjusted = experiments.adjust(np.array([test.found.p_value for test in tests])) if tests else np.array([])
    said: list[Verdict | None] = []
    for test, p_value in zip(tests, adjusted, strict=True):
        direction = (trial.spec.direction or {}).get(test.metric, "up")
        shown = p_value < 1 - LEVEL and is_sound and not test.depends_on_outliers
        if not test.is_enough:
            said.append("not_enough_data")
        elif not shown:
            said.append("not_shown")
        else:
            is_up = test.found.difference.value > 0
            said.append(None if direction == "none" else "better" if is_up == (direction == "up") else "worse")
    return said


def _claim(ledger: Ledger, trial: Trial, test: _Test, verdict: Verdict | None) -> tuple[Claim, Message]:
    scope, proof = _scope(trial, test.metric, test.variant), _proof(trial)
    unit: Unit = "points" if test.kind == "proportion" else "ratio"
    against = Comparison("control", 0.0)
    difference = ledger.add(
        "difference", test.found.difference, scope=scope, rows=proof, unit=unit, compared_to=against, verdict=verdict
    )
    lift = ledger.add("lift", test.found.lift, scope=scope, rows=proof, compared_to=against, verdict=verdict)
    p_value = ledger.add("p_value", test.found.p_value, scope=scope, rows=proof)
    values: dict[str, Value] = {
        "experiment": Name(trial.spec.name),
        "variant": Name(test.variant),
        "control": Name(test.control),
        "metric": Name(test.metric),
        "difference": difference.figure,
        "low": difference.low,
        "high": difference.high,
        "p": p_value.figure,
        "verdict": fixed(verdict or "not_shown"),
    }
    if difference.interval is None:
        return lift, msg("{experiment}: {metric} of {variant} against {control}: {verdict}.", **values)
    said = msg(
        "{experiment}: {metric} of {variant} against {control}: {difference} (between {low} and {high}), {verdict}.",
        **values,
    )
    ledger.amend(difference, sentence=said)
    values |= {"lift": lift.figure, "low": lift.low, "high": lift.high}
    text = msg("{experiment}: lift of {metric} by {variant}: {lift} (between {low} and {high}), {verdict}.", **values)
    return ledger.amend(lift, sentence=text), said


def _bar(trial: Trial, test: _Test, lift: Claim, verdict: Verdict | None) -> Bar:
    label = Name(
        f"{trial.spec.name} · {test.metric}"
        if test.variant in {"treatment", "variant"}
        else f"{trial.spec.name} · {test.metric} · {test.variant}"
    )
    interval = lift.interval
    return Bar(
        label,
        lift.figure.value,
        interval.low if interval else None,
        interval.high if interval else None,
        verdict=verdict,
    )


def _caption(bars: list[Bar], caveats: list[Caveat]) -> Caption:
    if any(bar.verdict in {"better", "worse"} for bar in bars):
        title = msg("Some variants differ from their control beyond chance")
    elif any(caveat.code == "sample_ratio_mismatch" for caveat in caveats):
        title = msg("A broken split leaves the experiments without a verdict")
    else:
        title = msg("No variant differs from its control beyond chance")
    return Caption(title, msg("Lift of each variant over its control, with its interval"))


def _roll_outs(trial: Trial, tests: list[_Test], verdicts: list[Verdict | None], due: date) -> list[Action]:
    """One action for each variant that is better in some metric and worse in none."""
    found: dict[str, _Test] = {}
    for test, verdict in zip(tests, verdicts, strict=True):
        if verdict == "better":
            found.setdefault(test.variant, test)
    worse = {test.variant for test, verdict in zip(tests, verdicts, strict=True) if verdict == "worse"}
    return [_roll_out(trial, test, due) for variant, test in found.items() if variant not in worse]


def _roll_out(trial: Trial, test: _Test, due: date) -> Action:
    values = {"variant": Name(test.variant), "experiment": Name(trial.spec.name), "metric": Name(test.metric)}
    return Action(
        what=msg("Roll out {variant} of the experiment {experiment}", **values),
        expected=msg("A better {metric}, as the experiment showed", **values),
        owner=msg("Media buyer"),
        due=due,
        reversal=msg("Go back if {metric} falls below the control's level", **values),
    )


def _repeat(trial: Trial, due: date) -> Action:
    name = Name(trial.spec.name)
    return Action(
        what=msg("Find out why the split of {experiment} is broken, and repeat it", experiment=name),
        expected=msg("A result that can be trusted"),
        owner=msg("Analyst"),
        due=due,
        reversal=msg("Nothing to undo: the campaigns stay as they are"),
    )


def _scope(trial: Trial, metric: str, variant: str) -> dict[str, str]:
    return {"experiment": trial.spec.name, "variant": variant, "parameter": metric}


def _proof(trial: Trial) -> tuple[Evidence, ...]:
    return tuple(item for rows in trial.rows.values() for item in evidence(rows))
