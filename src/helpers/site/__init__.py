"""Lists of reports, made from what lies in the reports folder alone: a client's, and those of all clients."""

from helpers.site.client_pages import write_client_index
from helpers.site.portfolio import ORDERS, By, Client, Portfolio, overview
from helpers.site.portfolio_pages import write_portfolio

__all__ = ["ORDERS", "By", "Client", "Portfolio", "overview", "write_client_index", "write_portfolio"]
