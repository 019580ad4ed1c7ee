"""Every metric that a claim may name, from the modules of `metrics`."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from helpers.kpis import metrics
from helpers.kpis.metrics import ads
from helpers.kpis.model import Metric


def _all() -> dict[str, Metric]:
    names = sorted(module.name for module in pkgutil.iter_modules(metrics.__path__))
    areas = [import_module(f"{metrics.__name__}.{name}") for name in names]
    return {metric.id: metric for area in areas for metric in area.METRICS}


METRICS: dict[str, Metric] = _all()
"""All metrics by id."""

BASE = ("spend", "impressions", "clicks", "ctr", "cpc", "cpm", "conversions", "cvr", "cpa", "conversion_value", "roas")
"""The KPIs that every total, platform, channel and campaign is given in and compared by."""

FURTHER = tuple(metric.id for metric in ads.METRICS if metric.id not in BASE)
"""Further KPIs of ads, claimed for every total, platform and channel that reports them."""
