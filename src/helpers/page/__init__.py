"""What a notebook may call: open a stage, analyse, show.

page = open_stage("audit", client, period, languages, as_of)
result = page.analyse()
page.cards(result.cards)
page.show(timeline, result.timeline)
page.record()
"""

from helpers.page.inputs import inputs_of
from helpers.page.loading import Loaded, exported_files, load, raw_files, returned_files
from helpers.page.page import Page, open_stage

__all__ = ["Loaded", "Page", "exported_files", "inputs_of", "load", "open_stage", "raw_files", "returned_files"]
