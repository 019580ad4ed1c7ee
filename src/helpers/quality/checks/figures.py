"""Figures of paid media that cannot be, or can hardly be."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from helpers.quality.model import Check, Find, Finding, Material, called, days_of, number, share
from helpers.store.merge import keys
from helpers.tables import TABLES
from helpers.tables.ads import LEVELS
from helpers.units import Quantity
from helpers.wording import Message, msg

LATE_CLICKS = 20
"""A click just after midnight belongs to an impression of the day before: so many more clicks than impressions pass."""

FEW = 5
SMALL_SHARE = 0.01
FROZEN_DAYS = 5
FROZEN_IMPRESSIONS = 50
ITEM = ["platform", "account", "account_id", *(name for level in LEVELS[1:] for name in level)]

Rule = Callable[[pd.DataFrame], "pd.Series[bool]"]
Says = Callable[[Message, Quantity], Message]


def _where_rows(rule: Rule, says: Says) -> Find:
    """Find the rows of each platform for which a rule holds."""

    def find(material: Material) -> Iterator[Finding]:
        wrong = material.ads[rule(material.ads)]
        for platform, rows in wrong.groupby("platform", observed=True):
            yield _on(str(platform), rows, number(len(rows)), says)

    return find


def _where_share(measure: str, rule: Rule, says: Says) -> Find:
    """Find the platforms of which a rule takes more than a hundredth of a measure."""

    def find(material: Material) -> Iterator[Finding]:
        for platform, rows in material.ads.groupby("platform", observed=True):
            wrong = rows[rule(rows)]
            part, whole = wrong[measure].sum(), rows[measure].sum()
            if part > SMALL_SHARE * whole:
                yield _on(str(platform), wrong, share(part, whole), says)

    return find


def _on(platform: str, rows: pd.DataFrame, n: Quantity, says: Says) -> Finding:
    return Finding(says(called("platform", platform), n), n, rows, (("platform", platform),), when=days_of(rows))


def _negative(ads: pd.DataFrame) -> pd.Series[bool]:
    return ads[["spend", "impressions", "clicks", "link_clicks", "conversions", "conversion_value"]].lt(0).any(axis=1)


def _too_many_clicks(ads: pd.DataFrame) -> pd.Series[bool]:
    return ads["traffic"].gt(ads["impressions"] + LATE_CLICKS) & ads["impressions"].gt(0)


def _clicks_unseen(ads: pd.DataFrame) -> pd.Series[bool]:
    return ads["impressions"].eq(0) & ads["traffic"].ge(FEW)


def _no_clicks(material: Material) -> Iterator[Finding]:
    """Campaigns with conversions and not one click, on platforms that report clicks."""
    known = material.ads[material.ads["traffic"].notna() & material.ads["conversions"].notna()]
    for platform, rows in known.groupby("platform", observed=True):
        sums = rows.groupby("campaign", observed=True)[["traffic", "conversions"]].transform("sum")
        wrong = rows[sums["traffic"].eq(0) & sums["conversions"].ge(FEW)]
        if not wrong.empty and rows["traffic"].sum() > 0:
            n = number(wrong["conversions"].sum())
            yield _on(
                str(platform),
                wrong,
                n,
                lambda place, n: msg(
                    "{place} reports conversions of campaigns without a click: {n}.", place=place, n=n
                ),
            )


def _doubled_keys(material: Material) -> Iterator[Finding]:
    """Rows of one file that name the same item and days with other figures."""
    ads = material.table("ads")
    measures = [name for name in TABLES["ads"].additive if ads[name].notna().any()]
    key = keys(TABLES["ads"], ads)
    same = pd.DataFrame({"file": ads["file"], "key": key})
    wrong = ads[same.duplicated(keep=False) & ~ads.assign(_key=key).duplicated([*measures, "_key", "file"], keep=False)]
    for platform, rows in wrong.groupby("platform", observed=True):
        yield _on(
            str(platform),
            rows,
            number(len(rows)),
            lambda place, n: msg(
                "Rows of {place} that name the same item and day with other figures: {n}.", place=place, n=n
            ),
        )


def _frozen(material: Material) -> Iterator[Finding]:
    """The same spend, impressions and clicks of an item for days on end."""
    days = material.daily_ads.sort_values("period_start")
    days = days[days["impressions"].ge(FROZEN_IMPRESSIONS) & days["spend"].gt(0)]
    item = days.groupby(ITEM, dropna=False, observed=True, sort=False).ngroup()
    figures = days[["spend", "impressions", "traffic"]].assign(item=item)
    days, figures = days.iloc[item.argsort(kind="stable")], figures.iloc[item.argsort(kind="stable")]
    is_same = figures.eq(figures.shift()).drop(columns="traffic").all(axis=1) & days["period_start"].diff().dt.days.eq(
        1
    )
    run = (~is_same).cumsum()
    wrong = days[run.groupby(run).transform("size").ge(FROZEN_DAYS)]
    for platform, rows in wrong.groupby("platform", observed=True):
        yield _on(
            str(platform),
            rows,
            number(len(rows)),
            lambda place, n: msg(
                "Rows of {place} with the very figures of the day before, for days on end: {n}.", place=place, n=n
            ),
        )


_EXPORT_AGAIN = msg("Export the report again and compare it with the ads manager; a wrong column may have been mapped.")

CHECKS = (
    Check(
        "negative_amounts",
        "error",
        ("ads",),
        _where_rows(_negative, lambda place, n: msg("Rows of {place} with negative figures: {n}.", place=place, n=n)),
        msg("Look whether they are credits of the platform; if so take them to the billing, not to the performance."),
    ),
    Check(
        "clicks_above_impressions",
        "error",
        ("ads",),
        _where_rows(
            _too_many_clicks,
            lambda place, n: msg("Rows of {place} with more clicks than impressions: {n}.", place=place, n=n),
        ),
        _EXPORT_AGAIN,
    ),
    Check(
        "reach_above_impressions",
        "error",
        ("ads",),
        _where_rows(
            lambda ads: ads["reach"].gt(ads["impressions"]),
            lambda place, n: msg(
                "Rows of {place} that reach more people than they have impressions: {n}.", place=place, n=n
            ),
        ),
        _EXPORT_AGAIN,
    ),
    Check(
        "clicks_without_impressions",
        "warning",
        ("ads",),
        _where_rows(
            _clicks_unseen,
            lambda place, n: msg("Rows of {place} with clicks and no impression: {n}.", place=place, n=n),
        ),
        _EXPORT_AGAIN,
    ),
    Check(
        "link_clicks_above_clicks",
        "warning",
        ("ads",),
        _where_rows(
            lambda ads: ads["link_clicks"].gt(ads["clicks"]),
            lambda place, n: msg("Rows of {place} with more link clicks than clicks: {n}.", place=place, n=n),
        ),
        msg("Say under sources in client.yaml which column holds all clicks and which the link clicks."),
    ),
    Check(
        "spend_without_impressions",
        "warning",
        ("ads",),
        _where_share(
            "spend",
            lambda ads: ads["impressions"].eq(0) & ads["spend"].gt(0),
            lambda place, n: msg("Share of the spend of {place} in rows without an impression: {n}.", place=place, n=n),
        ),
        msg("Look in the billing whether these are corrections of earlier days, and keep them apart if so."),
    ),
    Check(
        "value_without_conversions",
        "warning",
        ("ads",),
        _where_share(
            "conversion_value",
            lambda ads: ads["conversions"].eq(0) & ads["conversion_value"].gt(0),
            lambda place, n: msg(
                "Share of the conversion value of {place} in rows without a conversion: {n}.", place=place, n=n
            ),
        ),
        msg("Check that conversions and their value count the same event in the ads manager."),
    ),
    Check(
        "conversions_without_clicks",
        "warning",
        ("ads",),
        _no_clicks,
        msg("Look whether they are view-through conversions; report those apart from conversions after a click."),
    ),
    Check(
        "doubled_keys",
        "warning",
        ("ads",),
        _doubled_keys,
        msg("Add the column that tells the rows apart (ad id, placement, device) to the export."),
    ),
    Check(
        "frozen_values",
        "warning",
        ("ads",),
        _frozen,
        msg("Look at these days in the ads manager: a connector that fails often repeats its last good day."),
    ),
)
