"""Data quality: named checks over a client's canonical tables, each with its severity and the words to mend it.

A check is one entry in `checks/<area>.py`, found by folder scan. It only looks: what a stage makes of a finding (a
caveat, an action, a mark in a drawing) is the stage's.
"""

from helpers.quality.channels import channel_of
from helpers.quality.model import Check, Finding, Found, Material
from helpers.quality.registry import CHECKS, examine

__all__ = ["CHECKS", "Check", "Finding", "Found", "Material", "channel_of", "examine"]
