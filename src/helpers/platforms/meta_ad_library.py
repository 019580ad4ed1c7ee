"""Meta Ad Library: the report of advertisers and exports of searched ads, CSV, English and Spanish.

The report gives what each page spent on political and social ads, `≤100` where it was little: that is a bound and no
figure, so it is kept as the high end of the spend. The report names no days. Searched ads have the field names of the
library's interface in every language; spend is given from-to, and only for political and social ads.
"""

from __future__ import annotations

import re

import pandas as pd

from helpers.platforms.model import Header, Platform, Report, Shaped

_BOUND = re.compile(r"(?P<side>lower|upper)_bound['\"]?\s*[:=]\s*['\"]?(?P<value>\d+(?:\.\d+)?)")
_LIST = re.compile(r"[\[{]\s*(?P<inner>.*)\s*[\]}]", re.DOTALL)


def _with_bounds_of_spend(frame: pd.DataFrame) -> Shaped:
    """Keep a bound as the high end of what was spent."""
    if "spend|bound" in frame:
        frame = frame.assign(spend_high=frame["spend|bound"])
    return {"competitor_ads": frame}


def _one_row_an_ad(frame: pd.DataFrame) -> Shaped:
    """Read spend from-to, and lists as their text."""
    for side, column in (("lower", "spend_low"), ("upper", "spend_high")):
        if "_spend" in frame:
            frame = frame.assign(**{column: [_bound(text, side) for text in frame["_spend"]]})
    lists = [name for name in ("text", "platforms") if name in frame]
    return {"competitor_ads": frame.assign(**{name: frame[name].map(_listed, na_action="ignore") for name in lists})}


def _bound(text: object, side: str) -> float:
    found = {match["side"]: float(match["value"]) for match in _BOUND.finditer(str(text))}
    return found.get(side, float("nan"))


def _listed(text: str) -> str:
    """Return `["a","b"]` as `a, b`."""
    found = _LIST.fullmatch(text.strip())
    if found is None:
        return text
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'', found["inner"])
    return ", ".join(double or single for double, single in quoted) or found["inner"]


_ADVERTISERS = Report(
    name="Report of advertisers",
    table="competitor_ads",
    headers=(
        Header("page", {"en": ("Page name",), "es": ("Nombre de la página",)}),
        Header("spend", {"en": ("Amount spent",), "es": ("Importe gastado", "Gasto")}),
        Header(
            "ads",
            {
                "en": ("Number of ads in Library", "Number of ads"),
                "es": ("Número de anuncios en la biblioteca", "Cantidad de anuncios en la biblioteca"),
            },
        ),
    ),
    required=(("page",), ("ads",)),
    marks=(
        "Number of ads in Library",
        "Número de anuncios en la biblioteca",
        "Cantidad de anuncios en la biblioteca",
        "Disclaimer",
        "Descargo de responsabilidad",
    ),
    needs_mark=True,
    known={
        "en": ("Page ID", "Disclaimer"),
        "es": ("Identificador de la página", "ID de la página", "Descargo de responsabilidad", "Aviso legal"),
    },
    decimal={"*": "."},
    shape=_with_bounds_of_spend,
)
_ADS = Report(
    name="Searched ads",
    table="competitor_ads",
    headers=(
        Header("page", {"en": ("page_name",)}),
        Header("ad_id", {"en": ("ad_archive_id", "id")}),
        Header("start", {"en": ("ad_delivery_start_time",)}),
        Header("stop", {"en": ("ad_delivery_stop_time",)}),
        Header("text", {"en": ("ad_creative_bodies", "ad_creative_body")}),
        Header("format", {"en": ("media_type",)}),
        Header("platforms", {"en": ("publisher_platforms", "publisher_platform")}),
        Header("currency", {"en": ("currency",)}),
        Header("_spend", {"en": ("spend",)}),
    ),
    required=(("page",), ("ad_id",), ("start",)),
    marks=("ad_archive_id", "ad_delivery_start_time", "ad_creative_bodies", "publisher_platforms"),
    needs_mark=True,
    known={
        "en": (
            "page_id",
            "byline",
            "bylines",
            "ad_creation_time",
            "impressions",
            "languages",
            "eu_total_reach",
            "br_total_reach",
            "ad_creative_link_titles",
            "ad_creative_link_captions",
            "ad_creative_link_descriptions",
            "ad_snapshot_url",
            "demographic_distribution",
            "delivery_by_region",
            "estimated_audience_size",
            "target_ages",
            "target_gender",
            "target_locations",
            "age_country_gender_reach_breakdown",
            "beneficiary_payers",
        )
    },
    shape=_one_row_an_ad,
)

PLATFORM = Platform(source="meta_ad_library", title="Meta Ad Library", reports=(_ADVERTISERS, _ADS))
