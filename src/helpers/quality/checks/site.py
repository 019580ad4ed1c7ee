"""What the measuring of the site says, and what it shows of itself being wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from helpers.methods import shift
from helpers.quality.channels import UNASSIGNED, channel_of
from helpers.quality.model import Check, Find, Finding, Material, Place, called, days_of, number, share, some
from helpers.quality.tagging import TAGS, plain
from helpers.units import Period, Quantity
from helpers.wording import Message, msg

MUCH = 0.1
FEW_SESSIONS = 200
FEW_DAYS = 84
DIRECT_MORE = 0.5
SURE = 0.99
SMALL_SHARE = 0.01
TILLS = frozenset({
    "paypal", "stripe", "redsys", "adyen", "mollie", "klarna", "sumup", "bizum", "mercadopago", "payu",
    "checkout", "sequra", "aplazame",
})  # fmt: skip
"""Sites that take payments: a visit that comes back from one is no new visit."""

Says = Callable[[Message, Quantity], Message]


def _share_of(rule: Callable[[pd.DataFrame], pd.Series[bool]], says: Says) -> Find:
    """Find the sites of which a rule takes much of the sessions."""

    def find(material: Material) -> Iterator[Finding]:
        for scope, place, rows in _sites(material):
            wrong = rows[rule(rows)]
            part, whole = wrong["sessions"].sum(), rows["sessions"].sum()
            if whole >= FEW_SESSIONS and part > MUCH * whole:
                n = share(part, whole)
                yield Finding(says(place, n), n, wrong, scope, when=days_of(rows))

    return find


def _sites(material: Material) -> Iterator[tuple[Place, Message, pd.DataFrame]]:
    web = material.table("web")
    for name, rows in web.groupby("property", observed=True):
        yield (("series", str(name)),), called("series", str(name)), rows
    nameless = web[web["property"].isna()]
    if not nameless.empty:
        yield (), msg("The site"), nameless


def _impossible(material: Material) -> Iterator[Finding]:
    web = material.table("web")
    wrong = web[
        web[["sessions", "engaged_sessions", "views", "orders"]].lt(0).any(axis=1)
        | web["engaged_sessions"].gt(web["sessions"])
        | web["new_users"].gt(web["users"])
    ]
    if not wrong.empty:
        n = number(len(wrong))
        text = msg("Rows of the site's measuring in which a part is larger than the whole, or negative: {n}.", n=n)
        yield Finding(text, n, wrong, when=days_of(wrong))


def _revenue_alone(material: Material) -> Iterator[Finding]:
    """Revenue in rows that count orders and have none."""
    web = material.table("web")
    wrong = web[web["orders"].eq(0) & web["revenue"].gt(0)]
    if wrong["revenue"].sum() > SMALL_SHARE * web["revenue"].sum():
        n = share(wrong["revenue"].sum(), web["revenue"].sum())
        text = msg("Share of the site's revenue in rows without an order: {n}.", n=n)
        yield Finding(text, n, wrong, when=days_of(wrong))


def _own_referrals(material: Material) -> Iterator[Finding]:
    """Visits that the site itself or a till is said to have sent."""
    tags = material.tags
    own = {plain(name).replace("_", "") for name in material.names if len(plain(name)) > 3}
    sent = tags[tags["utm_medium"].str.lower().eq("referral")]
    wrong = sent[sent["utm_source"].isin([source for source in sent["utm_source"].unique() if _is_own(source, own)])]
    if wrong["visits"].sum() > SMALL_SHARE * tags["visits"].sum():
        n = share(wrong["visits"].sum(), tags["visits"].sum())
        text = msg("Share of the visits that the site itself or a payment page is said to have sent ({names}): {n}.",
                   names=some(wrong["utm_source"]), n=n)  # fmt: skip
        yield Finding(text, n, wrong, tables=tuple(wrong["table"].unique()), when=days_of(wrong, "day"))


def _is_own(source: str, own: set[str]) -> bool:
    labels = source.lower().split(".")
    return bool(TILLS & set(labels)) or ("." in source and any(label.replace("-", "") in own for label in labels[:-1]))


def _direct(material: Material) -> Iterator[Finding]:
    """A lasting jump of the share of direct visits: tags or consent were lost on that day."""
    for scope, place, rows in _sites(material):
        days = rows[rows["period_start"].eq(rows["period_end"]) & rows["channel"].notna() & rows["sessions"].notna()]
        by_day = days.pivot_table(
            index="period_start", columns="channel", values="sessions", aggfunc="sum", observed=True
        )
        if "Direct" not in by_day or len(by_day) < FEW_DAYS or by_day.shape[1] < 2:
            continue
        weeks = by_day.fillna(0.0).resample("W-MON", label="left", closed="left").sum().iloc[1:-1]
        weeks = weeks[weeks.sum(axis=1) > 0]
        odds = (weeks["Direct"] + 1) / (weeks.drop(columns="Direct").sum(axis=1) + 1)
        dates = [day.date() for day in pd.DatetimeIndex(odds.index)]
        found = shift.level_shift(dates, np.log(odds.to_numpy()) + 10.0, level=SURE)
        if found is None:
            continue
        is_after = np.array([day >= found.date for day in dates])
        before, after = (
            weeks.loc[part, "Direct"].sum() / weeks.loc[part].sum().sum() for part in (~is_after, is_after)
        )
        if after > (1 + DIRECT_MORE) * before:
            n = share(after, 1.0)
            text = msg("{place}: direct visits jump on {day} and stay there; their share since: {n}.",
                       place=place, day=found.date, n=n)  # fmt: skip
            yield Finding(text, n, days, scope, when=Period(found.date, dates[-1]))


def _other_channel(material: Material) -> Iterator[Finding]:
    """Rows that name channel, source and medium, and a channel that the default rules do not give them."""
    tags = material.tags
    known = tags[tags["channel"].notna() & tags["utm_source"].ne("") & tags["utm_medium"].ne("")]
    by_rule = [channel_of(*triple) for triple in known[list(TAGS)].itertuples(index=False, name=None)]
    wrong = known[known["channel"].ne(pd.Series(by_rule, index=known.index, dtype="str"))]
    if wrong["visits"].sum() > MUCH * known["visits"].sum():
        n = share(wrong["visits"].sum(), known["visits"].sum())
        text = msg("Share of the visits whose channel is not the one of Google Analytics' default rules: {n}.", n=n)
        yield Finding(text, n, wrong, when=days_of(wrong, "day"))


CHECKS = (
    Check(
        "site_figures",
        "error",
        ("web",),
        _impossible,
        msg("Export the report again with one set of dimensions; sampled reports can contradict themselves."),
    ),
    Check(
        "site_revenue_without_orders",
        "warning",
        ("web",),
        _revenue_alone,
        msg("Check that the purchase event carries an order number and an amount."),
    ),
    Check(
        "not_set",
        "warning",
        ("web",),
        _share_of(
            lambda web: web["value"].fillna("").str.contains("(not set)", regex=False),
            lambda place, n: msg("Share of the visits of {place} whose origin is not set: {n}.", place=place, n=n),
        ),
        msg("Check that the first event of a visit carries its page, and that every campaign link is tagged."),
    ),
    Check(
        "unassigned",
        "warning",
        ("web",),
        _share_of(
            lambda web: web["channel"].fillna("").str.casefold().isin({UNASSIGNED.casefold(), "sin asignar"}),
            lambda place, n: msg("Share of the visits of {place} that no channel takes: {n}.", place=place, n=n),
        ),
        msg(
            "Write the media of the links as Google Analytics knows them: cpc, paid_social, email, affiliate, referral."
        ),
    ),
    Check(
        "self_referral",
        "warning",
        ("web", "orders"),
        _own_referrals,
        msg("Name these sites in the list of unwanted referrals of the data stream."),
    ),
    Check(
        "direct_jump",
        "warning",
        ("web",),
        _direct,
        msg("Look what changed on that day: redirects that drop tags, a consent banner, untagged mailings or apps."),
    ),
    Check(
        "channel_unlike_rules",
        "info",
        ("web",),
        _other_channel,
        msg("Look whether the property uses channel groups of its own, and name those in the report."),
    ),
)
