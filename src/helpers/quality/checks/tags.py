"""Faults of UTM tags, each with the repair: GA4 compares tags letter by letter and knows English media alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pandas as pd

from helpers.quality.channels import UNASSIGNED, channel_of
from helpers.quality.model import Check, Find, Finding, Material, days_of, number, some
from helpers.quality.tagging import (
    ADDRESS,
    MACRO,
    PAID_WORDS,
    SOURCE_NAMES,
    SPANISH_WORDS,
    TAGS,
    Repair,
    plain,
    proposed_medium,
    words_of,
)
from helpers.units import Quantity
from helpers.wording import Message, Name, msg

_ODD = re.compile(r"\s|[^\x00-\x7f]|[?&#%]")
FEW_VISITS = 5

Says = Callable[[Name, Quantity], Message]
Repairs = Callable[[pd.DataFrame], "pd.Series[str]"]


def _repaired(repairs: Repairs, says: Says) -> Find:
    """Find visits for which a function names a repair; an empty text is no fault.

    The visits of the two tables are not added: each has its own finding.
    """

    def find(material: Material) -> Iterator[Finding]:
        for table, tags in _by_table(material):
            found = repairs(tags)
            wrong = tags[found.ne("")]
            if not wrong.empty:
                n = number(wrong["visits"].sum())
                names = some(found[found.ne("")])
                yield Finding(says(names, n), n, wrong, (("series", table),), (table,), days_of(wrong, "day"))

    return find


def _by_table(material: Material) -> Iterator[tuple[str, pd.DataFrame]]:
    for table, rows in material.tags.groupby("table", observed=True):
        yield str(table), rows


def _each(repair: Callable[[str, str, str], str | None]) -> Repairs:
    """Ask for every triple of tags once."""

    def repairs(tags: pd.DataFrame) -> pd.Series[str]:
        known = {triple: repair(*triple) or "" for triple in set(tags[list(TAGS)].itertuples(index=False, name=None))}
        found = [known[triple] for triple in tags[list(TAGS)].itertuples(index=False, name=None)]
        return pd.Series(found, index=tags.index, dtype="str")

    return repairs


def _incomplete(source: str, medium: str, _campaign: str) -> str | None:
    return (
        str(Repair(f"{source} / {medium}", f"{source or '?'} / {medium or '?'}")) if not (source and medium) else None
    )


def _odd_signs(*tags: str) -> str | None:
    wrong = [tag for tag in tags if _ODD.search(tag) and not MACRO.search(tag)]
    return "; ".join(str(Repair(tag, _ODD.sub("_", plain(tag)))) for tag in wrong)


def _unfilled(*tags: str) -> str | None:
    return "; ".join(tag for tag in tags if MACRO.search(tag))


def _addresses(*tags: str) -> str | None:
    """Say in which tag a mail address stands, never the address."""
    return ", ".join(name for name, tag in zip(TAGS, tags, strict=True) if ADDRESS.search(tag))


def _is_order(medium: str) -> bool:
    words = words_of(medium)
    return bool(words & PAID_WORDS) and not words & (SPANISH_WORDS - {"social"})


def _spanish(source: str, medium: str, campaign: str) -> str | None:
    better = proposed_medium(source, medium, campaign)
    return str(Repair(medium, better)) if better and words_of(medium) & SPANISH_WORDS else None


def _unknown_paid(source: str, medium: str, campaign: str) -> str | None:
    """Paid media in a word or an order that GA4 does not take for paid, such as social_paid and social-ads."""
    better = proposed_medium(source, medium, campaign)
    return str(Repair(medium, better)) if better and _is_order(medium) else None


def _swapped(source: str, medium: str, _campaign: str) -> str | None:
    """A word that GA4 knows as a medium stands in place of the source, and a source in place of the medium."""
    is_exchanged = channel_of("", source) != UNASSIGNED and channel_of(source, "") == UNASSIGNED
    is_source = channel_of(medium, "") != UNASSIGNED and channel_of("", medium) == UNASSIGNED
    return str(Repair(f"{source} / {medium}", f"{medium} / {source}")) if is_exchanged and is_source else None


def _other_name(source: str, _medium: str, _campaign: str) -> str | None:
    better = SOURCE_NAMES.get(source.strip().lower())
    return str(Repair(source, better)) if better else None


def _capitals(tags: pd.DataFrame) -> pd.Series[str]:
    """Values that stand in small letters too, or in other capitals: GA4 splits them."""
    found = pd.Series("", index=tags.index, dtype="str")
    for name in TAGS:
        spellings = tags.groupby(tags[name].str.lower(), observed=True)[name].transform("nunique")
        is_wrong = spellings.gt(1) & tags[name].ne(tags[name].str.lower())
        repairs = tags.loc[is_wrong, name].map(lambda tag: str(Repair(tag, tag.lower())))
        found.loc[is_wrong] = repairs.where(found.loc[is_wrong].eq(""), found.loc[is_wrong] + "; " + repairs)
    return found


def _partly_untagged(material: Material) -> Iterator[Finding]:
    """Paid visits without a campaign where others have one."""
    for table, tags in _by_table(material):
        paid = tags[[_is_paid(*triple) for triple in tags[list(TAGS)].itertuples(index=False, name=None)]]
        blank = paid[paid["utm_campaign"].eq("")]
        if 0 < len(blank) < len(paid):
            n = number(blank["visits"].sum())
            text = msg("Paid visits without a campaign in their tags, from {names}: {n}.",
                       names=some(blank["utm_source"]), n=n)  # fmt: skip
            yield Finding(text, n, blank, (("series", table),), (table,), days_of(blank, "day"))


def _foreign_campaigns(material: Material) -> Iterator[Finding]:
    """Paid campaigns of tags that no campaign of the ad platforms is called like, by name or id."""
    ads = material.table("ads")
    known = {plain(str(name)) for column in ("campaign", "campaign_id", "ad_group", "ad_group_id", "ad", "ad_id")
             for name in ads[column].dropna().unique()}  # fmt: skip
    for table, tags in _by_table(material):
        paid = tags[[_is_paid(*triple) for triple in tags[list(TAGS)].itertuples(index=False, name=None)]]
        named = paid[paid["utm_campaign"].ne("") & ~paid["utm_campaign"].str.contains(MACRO)]
        wrong = named[~named["utm_campaign"].map(plain).isin(known)]
        if known and wrong["visits"].sum() >= FEW_VISITS:
            n = number(wrong["visits"].sum())
            text = msg("Paid visits whose campaign no ad platform knows, such as {names}: {n}.",
                       names=some(wrong["utm_campaign"]), n=n)  # fmt: skip
            yield Finding(text, n, wrong, (("series", table),), ("ads", table), days_of(wrong, "day"))


def _is_paid(source: str, medium: str, campaign: str) -> bool:
    return channel_of(source, medium, campaign).startswith(("Paid", "Cross", "Display"))


_BOTH = ("orders", "web")
_DYNAMIC = msg("Write the campaign's name or id by the platform's own dynamic parameter, so that both are the same.")

CHECKS = (
    Check(
        "utm_personal_data",
        "error",
        _BOTH,
        _repaired(_each(_addresses), lambda names, n: msg("Visits with a mail address in their tags ({names}): {n}.",
                                                          names=names, n=n)),
        msg("Take the address out of the links at once: analytics tools forbid it and the law does too."),
    ),
    Check(
        "utm_unfilled",
        "warning",
        _BOTH,
        _repaired(_each(_unfilled), lambda names, n: msg("Visits with tags that a platform should have filled in "
                                                         "({names}): {n}.",
                                                         names=names, n=n)),
        msg("Write the parameter as that platform spells it; another platform's is left as it stands."),
    ),
    Check(
        "utm_incomplete",
        "warning",
        _BOTH,
        _repaired(_each(_incomplete), lambda names, n: msg("Visits with a source and no medium, or a medium and no "
                                                           "source ({names}): {n}.", names=names, n=n)),
        msg("Tag every link with source, medium and campaign."),
    ),
    Check(
        "utm_case",
        "warning",
        _BOTH,
        _repaired(_capitals, lambda names, n: msg("Visits apart only by capital letters ({names}): {n}.",
                                                  names=names, n=n)),
        msg("Write all tags in small letters; correct the links that still run."),
    ),
    Check(
        "utm_signs",
        "warning",
        _BOTH,
        _repaired(_each(_odd_signs), lambda names, n: msg("Visits with blanks, accents or reserved signs in their tags "
                                                          "({names}): {n}.", names=names, n=n)),
        msg("Write letters without accents and underscores in place of blanks."),
    ),
    Check(
        "utm_spanish",
        "warning",
        _BOTH,
        _repaired(_each(_spanish), lambda names, n: msg("Visits with a medium in Spanish that Google Analytics does "
                                                        "not know ({names}): {n}.", names=names, n=n)),
        msg("Change the medium in the links as proposed; past visits can be mapped in a channel group of your own."),
    ),
    Check(
        "utm_paid_words",
        "warning",
        _BOTH,
        _repaired(_each(_unknown_paid), lambda names, n: msg("Paid visits that count as unpaid because of their "
                                                             "medium ({names}): {n}.", names=names, n=n)),
        msg("Begin the medium with paid, or write cpc: social_paid is not paid, paid_social is."),
    ),
    Check(
        "utm_swapped",
        "warning",
        _BOTH,
        _repaired(_each(_swapped), lambda names, n: msg("Visits whose source and medium are exchanged ({names}): {n}.",
                                                        names=names, n=n)),
        msg("Exchange the two tags in the links."),
    ),
    Check(
        "utm_partly_untagged",
        "warning",
        _BOTH,
        _partly_untagged,
        _DYNAMIC,
    ),
    Check(
        "utm_unknown_campaign",
        "warning",
        ("orders", "web"),
        _foreign_campaigns,
        _DYNAMIC,
    ),
    Check(
        "utm_source_names",
        "info",
        _BOTH,
        _repaired(_each(_other_name), lambda names, n: msg("Visits from a source that goes by several names "
                                                           "({names}): {n}.",
                                                           names=names, n=n)),
        msg("Agree on one name a source and write it everywhere."),
    ),
)  # fmt: skip
