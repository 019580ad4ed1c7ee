"""Lists of reports, made from what lies in the reports folder alone: a client's, and those of all clients."""

from helpers.site.pages import write_client_index, write_portfolio

__all__ = ["write_client_index", "write_portfolio"]
