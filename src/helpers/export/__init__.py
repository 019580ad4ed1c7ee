"""From an executed notebook to pages and to what a stage leaves beside them."""

from helpers.export.publishing import pages
from helpers.export.stage_record import StageRecord, record

__all__ = ["StageRecord", "pages", "record"]
