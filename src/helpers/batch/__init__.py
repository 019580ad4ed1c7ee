"""Clients times stages: one supervised process a client runs its stages and writes its reports."""

from __future__ import annotations

from helpers.batch.client import Interrupted, Listener, exit_code, run_client
from helpers.batch.document import DONE, Entry, Run, note_unplaced
from helpers.batch.lock import hold
from helpers.batch.notebooks import chosen, stage_notebooks
from helpers.batch.order import Order
from helpers.batch.slots import Ended, Slots

__all__ = [
    "DONE",
    "Ended",
    "Entry",
    "Interrupted",
    "Listener",
    "Order",
    "Run",
    "Slots",
    "chosen",
    "exit_code",
    "hold",
    "note_unplaced",
    "run_client",
    "stage_notebooks",
]
