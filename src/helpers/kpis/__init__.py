"""The metric registry, and the only way to work a metric out: sums before ratios.

Adding a KPI is one entry in a module of `metrics` and its names in the catalogs.
"""

from helpers.kpis.measure import daily, holding, measure, on_days, prepare_ads, prepare_orders, within
from helpers.kpis.model import Additivity, Direction, Metric
from helpers.kpis.registry import BASE, FURTHER, METRICS

__all__ = [
    "BASE",
    "FURTHER",
    "METRICS",
    "Additivity",
    "Direction",
    "Metric",
    "daily",
    "holding",
    "measure",
    "on_days",
    "prepare_ads",
    "prepare_orders",
    "within",
]
