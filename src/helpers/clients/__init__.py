"""The clients: their files, the parameters of a run, and where things are on disk, which nothing else knows."""

from __future__ import annotations

from helpers.clients.checks import NETWORKS, PLATFORMS, SCOPE_KEYS
from helpers.clients.client import (
    FILE,
    NAME,
    SUFFIXES,
    Client,
    Comment,
    address_variables,
    check_name,
    client_names,
    open_client,
)
from helpers.clients.experiments import AbDailyTest, AbTest, BeforeAfter, Experiment, GeoTest
from helpers.clients.file import Brand, ClientFile, Competitor, ExchangeRates, Goal, Member, Profile, SourceEntry
from helpers.clients.parameters import Parameters
from helpers.clients.roots import Roots, checkout, find

__all__ = [
    "FILE",
    "NAME",
    "NETWORKS",
    "PLATFORMS",
    "SCOPE_KEYS",
    "SUFFIXES",
    "AbDailyTest",
    "AbTest",
    "BeforeAfter",
    "Brand",
    "Client",
    "Comment",
    "ClientFile",
    "Competitor",
    "ExchangeRates",
    "Experiment",
    "GeoTest",
    "Goal",
    "Member",
    "Parameters",
    "Profile",
    "Roots",
    "SourceEntry",
    "address_variables",
    "check_name",
    "checkout",
    "client_names",
    "find",
    "open_client",
]
