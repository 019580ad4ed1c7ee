"""Accounts, campaigns and ids of paid media: what is missing, renamed, damaged, or counted another way."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from helpers.quality.model import Check, Finding, Material, called, days_of, number, share, some
from helpers.wording import msg

SMALL_SHARE = 0.01
SAFE_DIGITS = 15
"""Digits of a whole number that a spreadsheet keeps; it writes zeros for the rest."""

IDS = ("account_id", "campaign_id", "ad_group_id", "ad_id")


def _nameless(material: Material) -> Iterator[Finding]:
    """Spend without a campaign on platforms that name campaigns."""
    for platform, rows in material.table("ads").groupby("platform", observed=True):
        is_nameless = rows["campaign"].isna() & rows["campaign_id"].isna()
        spend = rows["spend"].where(is_nameless).sum()
        if is_nameless.all() or spend <= SMALL_SHARE * rows["spend"].sum():
            continue
        n = share(spend, rows["spend"].sum())
        text = msg(
            "Share of the spend of {place} without a campaign: {n}.", place=called("platform", str(platform)), n=n
        )
        yield Finding(text, n, rows[is_nameless], (("platform", str(platform)),), when=days_of(rows[is_nameless]))


def _renamed(material: Material) -> Iterator[Finding]:
    for platform, rows in material.table("ads").groupby("platform", observed=True):
        names = rows.groupby("campaign_id", observed=True)["campaign"].nunique()
        renamed = rows[rows["campaign_id"].isin(names.index[names > 1])]
        if not renamed.empty:
            n = number(renamed["campaign_id"].nunique())
            text = msg("{place}: campaigns whose name changed, such as {names}: {n}.",
                       place=called("platform", str(platform)), names=some(renamed["campaign"]), n=n)  # fmt: skip
            yield Finding(text, n, renamed, (("platform", str(platform)),))


def _damaged(material: Material) -> Iterator[Finding]:
    """Ids that a spreadsheet has rounded: all long ones end in zeros, or hold an exponent."""
    for platform, rows in material.table("ads").groupby("platform", observed=True):
        for column in IDS:
            ids = rows[column].dropna().drop_duplicates()
            long = ids[ids.str.fullmatch(r"\d{17,}")]
            is_zero = long.str[SAFE_DIGITS:].str.fullmatch("0+")
            damaged = ids[ids.str.fullmatch(r"\d(?:[.,]\d+)?[eE]\+?\d+")].tolist()
            damaged += long[is_zero].tolist() if len(long) > 1 and is_zero.mean() > 0.5 else []
            if damaged:
                wrong, n = rows[rows[column].isin(damaged)], number(len(damaged))
                text = msg("{place}: ids that a spreadsheet has rounded, such as {names}: {n}.",
                           place=called("platform", str(platform)), names=some(damaged), n=n)  # fmt: skip
                yield Finding(text, n, wrong, (("platform", str(platform)),))
                break


def _currencies(material: Material) -> Iterator[Finding]:
    """Accounts that bill in one currency and later in another."""
    ads = material.table("ads")
    money = ads["currency_original"] if "currency_original" in ads else ads["currency"]
    known = ads.assign(_currency=money, _account=ads["account_id"].fillna(ads["account"]))
    for (platform, account), rows in known[known["_currency"].notna()].groupby(["platform", "_account"], observed=True):
        if rows["_currency"].nunique() < 2:
            continue
        first = rows.groupby("_currency", observed=True)["period_start"].min().sort_values()
        name = str(rows["account"].dropna().iloc[0]) if rows["account"].notna().any() else str(account)
        day = pd.Timestamp(first.iloc[-1]).date()
        n = number(len(first))
        text = msg("The account {account} changes its currency ({names}), the last time on {day}; currencies: {n}.",
                   account=called("account", name), names=some(first.index), day=day, n=n)  # fmt: skip
        yield Finding(text, n, rows, (("platform", str(platform)), ("account", str(account))))


def _windows(material: Material) -> Iterator[Finding]:
    for platform, rows in material.table("ads").groupby("platform", observed=True):
        found = rows["attribution"].dropna().unique()
        if len(found) > 1:
            n = number(len(found))
            text = msg("{place}: conversions counted in different attribution windows ({names}); windows: {n}.",
                       place=called("platform", str(platform)), names=some(found), n=n)  # fmt: skip
            yield Finding(text, n, rows[rows["attribution"].notna()], (("platform", str(platform)),))


CHECKS = (
    Check(
        "damaged_ids",
        "error",
        ("ads",),
        _damaged,
        msg(
            "Export the report again and hand it over as downloaded: opening and saving it in a spreadsheet rounds ids."
        ),
    ),
    Check(
        "currency_change",
        "warning",
        ("ads",),
        _currencies,
        msg("Check the billing of the account, and give exchange rates for both currencies under fx in client.yaml."),
    ),
    Check(
        "unlike_windows",
        "warning",
        ("ads",),
        _windows,
        msg("Export all campaigns with the same attribution setting before their conversions are compared."),
    ),
    Check(
        "missing_campaigns",
        "warning",
        ("ads",),
        _nameless,
        msg("Add the column of the campaign's name to the export."),
    ),
    Check(
        "renamed_campaigns",
        "info",
        ("ads",),
        _renamed,
        msg("Keep a campaign's name while it runs; tags and plans that name it follow the old one."),
    ),
)
