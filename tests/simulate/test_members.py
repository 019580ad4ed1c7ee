"""The loyalty club of the demo clients: its members are customers, and its groups can be found."""

from __future__ import annotations

import csv
from collections import Counter

import numpy as np
import pandas as pd

from helpers.methods import segments
from helpers.methods.mixture import rand


def table(raw) -> pd.DataFrame:
    return pd.read_csv(raw.export("clientes/socios.csv"))


def truth_of(truth) -> np.ndarray:
    return np.array([int(digit) for digit in truth["members"]["of_rows"]])


def test_every_member_is_a_customer_once(raw) -> None:
    addresses = table(raw)["Correo"]

    assert addresses.is_unique
    assert set(addresses) <= set(raw.shop["Email"])
    assert 0.15 < len(addresses) / raw.shop["Email"].nunique() < 0.25


def test_the_truth_counts_the_rows_of_each_group(raw, truth) -> None:
    groups = truth["members"]["groups"]

    assert truth["members"]["count"] == len(table(raw)) == sum(group["members"] for group in groups.values())
    counts = Counter(truth_of(truth))
    assert [group["members"] for group in groups.values()] == [counts[number] for number in range(len(groups))]


def test_no_column_of_the_export_tells_the_group(raw) -> None:
    with raw.export("clientes/socios.csv").open(encoding="utf-8", newline="") as file:
        head = next(csv.reader(file))

    assert head == ["Correo", "Edad", "Personas en casa", "Vivienda", "Gama preferida", "Visitas al mes"]


def test_the_planted_groups_are_found(raw, truth) -> None:
    found = segments.find(table(raw).drop(columns="Correo"), seed=1)

    assert (found.verdict, found.count) == ("found", len(truth["members"]["groups"]))
    assert rand(found.labels, truth_of(truth)) >= 0.80


def test_groups_that_lean_to_larger_baskets_pay_more_for_an_order(raw, truth) -> None:
    members = table(raw).assign(group=truth_of(truth))
    orders = raw.shop[raw.shop["Total"].astype(str) != ""]
    paid = orders.assign(Total=orders["Total"].astype(float)).groupby("Email")["Total"].mean()

    means = members.assign(paid=members["Correo"].map(paid)).groupby("group")["paid"].mean()

    names = list(truth["members"]["groups"])
    larger, smaller = (
        [means[names.index(name)] for name in pair] for pair in (("familia", "pareja"), ("piso", "mayor"))
    )
    assert min(larger) > 1.2 * max(smaller)
