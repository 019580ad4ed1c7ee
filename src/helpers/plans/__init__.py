"""The media plan: flights with their objectives and lines, proposed by an analysis and approved by a person."""

from helpers.plans.files import approve, find_plan, load_plans, propose, read_plan, revise
from helpers.plans.model import Line, Objective, Plan, shares

__all__ = [
    "Line",
    "Objective",
    "Plan",
    "approve",
    "find_plan",
    "load_plans",
    "propose",
    "read_plan",
    "revise",
    "shares",
]
