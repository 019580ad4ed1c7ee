"""The words of a page: every metric that it shows, from the registry, and what a verdict means."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from helpers.kpis import METRICS, Metric
from helpers.svg.verdicts import VERDICTS
from helpers.wording import Words


@dataclass(frozen=True)
class Term:
    """A word of the page and what is meant by it, in the language of the page; `formula` in columns, or empty."""

    name: str
    meaning: str
    formula: str = ""


def glossary(shown: Iterable[Mapping[str, Any]], words: Words) -> list[Term]:
    """Return the terms of the claims that a page shows, in the order of the alphabet, verdicts last.

    Parameters
    ----------
    shown
        Claims in the contract's form. A claim about another metric (a change of it, say) brings both. A metric that the
        registry does not know, as in a notebook of an older version, is left out.
    words
        The language of the page.
    """
    claims = list(shown)
    named = {str(name) for claim in claims for name in (claim["metric"], claim["scope"].get("parameter"))}
    metrics = [METRICS[name] for name in sorted(named & METRICS.keys()) if not METRICS[name].is_plain]
    terms = [Term(words.text(metric.label), words.text(metric.meaning), _formula(metric)) for metric in metrics]
    judged = {claim["verdict"] for claim in claims}
    verdicts = [
        Term(words.text(look.word), words.text(look.meaning)) for name, look in VERDICTS.items() if name in judged
    ]
    return sorted(terms, key=lambda term: _folded(term.name)) + verdicts


def _formula(metric: Metric) -> str:
    """The formula of a ratio; a sum is the column of its name."""
    return metric.formula if metric.denominator else ""


def _folded(name: str) -> str:
    """A name without accents and capitals, so that é stands beside e."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
