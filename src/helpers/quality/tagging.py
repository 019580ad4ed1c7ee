"""The UTM convention as data: words that GA4 does not know, and what to write in their place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import pandas as pd

from helpers.quality.channels import Visit, channel_of

PAID_WORDS = frozenset(
    {"pago", "pagos", "pagado", "pagados", "pagada", "paga", "publicidad", "publi", "anuncio", "anuncios", "sem"}
    | {"patrocinado", "patrocinada", "promocionado", "promocionada", "inversion", "pauta"}
    | {"ads", "ad", "adv", "paid", "sponsored"}
)
"""Words by which teams mean paid media; `paid` itself only where GA4 overlooks it, as in `social_paid`."""

SOCIAL_WORDS = frozenset(["social", "redes", "rrss", "socials", "influencer", "influencers"])

OTHER_WORDS = {
    "correo": "email",
    "boletin": "email",
    "newsletter": "email",
    "mailing": "email",
    "emailing": "email",
    "mail": "email",
    "redes": "social",
    "rrss": "social",
    "organico": "organic",
    "buscador": "organic",
    "afiliado": "affiliate",
    "afiliados": "affiliate",
    "afiliacion": "affiliate",
    "referido": "referral",
    "referidos": "referral",
    "enlace": "referral",
    "notificacion": "push",
}
"""Media that are not paid, by the word of the team: GA4 knows the word on the right."""

SPANISH_WORDS = (PAID_WORDS | OTHER_WORDS.keys()) - {
    "ads", "ad", "adv", "sem", "paid", "sponsored", "newsletter", "mailing", "emailing", "mail",
}  # fmt: skip

SOURCE_NAMES = {
    "fb": "facebook",
    "face": "facebook",
    "facebook.com": "facebook",
    "meta": "facebook",
    "ig": "instagram",
    "insta": "instagram",
    "instagram.com": "instagram",
    "adwords": "google",
    "googleads": "google",
    "google_ads": "google",
    "google ads": "google",
    "tik tok": "tiktok",
    "tik_tok": "tiktok",
    "tt": "tiktok",
    "in": "linkedin",
    "li": "linkedin",
    "yt": "youtube",
}
"""Sources by another name that teams give them."""

MACRO = re.compile(r"\{\{[^{}]*\}\}|\{[a-z_:]+\}|__[A-Z_]+__|%7B", re.IGNORECASE)
"""What a platform should have filled in: `{{campaign.name}}`, `{campaignid}`, `__CAMPAIGN_NAME__`."""

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)

TAGS = ("utm_source", "utm_medium", "utm_campaign")


@dataclass(frozen=True)
class Repair:
    """A medium as it is written, and as GA4 understands it."""

    written: str
    proposed: str

    def __str__(self) -> str:
        return f"{self.written} → {self.proposed}"


def plain(word: str) -> str:
    """A tag in small letters, without accents, blanks as underscores."""
    bare = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return re.sub(r"\s+", "_", bare.strip().lower())


def words_of(tag: str) -> set[str]:
    """The single words of a tag."""
    return {word for word in re.split(r"[^a-z0-9]+", plain(tag)) if word}


def proposed_medium(source: str, medium: str, campaign: str = "") -> str | None:
    """Return the medium to write so that GA4 counts the visit where the team means it; None if it does already."""
    words = words_of(medium)
    visit = Visit(plain(source), plain(medium))
    if words & PAID_WORDS:
        channel = channel_of(source, plain(medium), campaign)
        is_counted = channel.startswith("Paid") or channel in {"Display", "Cross-network"}
        return None if is_counted else _paid(visit, words)
    for word in sorted(words):
        wanted = OTHER_WORDS.get(word)
        if wanted and channel_of(source, plain(medium)) != channel_of(source, wanted):
            return wanted
    return None


def _paid(visit: Visit, words: set[str]) -> str:
    if visit.is_from("search"):
        return "cpc"
    if visit.is_from("video") or words & {"video", "videos"}:
        return "paid_video"
    if visit.is_from("social") or words & SOCIAL_WORDS:
        return "paid_social"
    return "display" if words & {"display", "banner", "banners"} else "paid"


def tagged(orders: pd.DataFrame, web: pd.DataFrame) -> pd.DataFrame:
    """Return what visits say of themselves, one row an order or a row of the web table.

    Returns
    -------
    Columns utm_source, utm_medium, utm_campaign (empty text where there is none), `visits` (orders or sessions),
    `channel` (as the site's measuring names it), `table`, `day`, `file` and `sha256`; rows without source and medium
    are left out, so is what GA4 itself writes in brackets, such as (direct) and (none).
    """
    parts = [_of_orders(orders), _of_web(web)]
    rows = pd.concat([part for part in parts if not part.empty] or parts[:1], ignore_index=True)
    own = rows[list(TAGS)].apply(lambda tag: tag.where(~tag.str.match(r"\(.*\)$", na=False), ""))
    rows = rows.assign(**{name: own[name] for name in TAGS})
    return rows[rows["utm_source"].ne("") | rows["utm_medium"].ne("")].reset_index(drop=True)


def _of_orders(orders: pd.DataFrame) -> pd.DataFrame:
    tags = {name: orders[name].fillna("").astype("str") for name in TAGS}
    return pd.DataFrame(
        tags
        | {
            "visits": 1.0,
            "channel": None,
            "table": "orders",
            "day": orders["ordered_at"],
            "file": orders["file"],
            "sha256": orders["sha256"],
        }
    )


def _of_web(web: pd.DataFrame) -> pd.DataFrame:
    """Take the rows apart whose dimensions hold the source and medium."""
    rows = web[web["dimension"].fillna("").str.contains(r"(?:^|\|)source_medium(?:\||$)")]
    found = []
    for at, row in rows.iterrows():
        values = dict(zip(str(row["dimension"]).split("|"), str(row["value"]).split("|"), strict=False))
        source, _, medium = values.get("source_medium", "").partition("/")
        found.append((at, source.strip(), medium.strip(), values.get("campaign", "")))
    tags = pd.DataFrame(found, columns=["at", *TAGS]).set_index("at")
    return tags.assign(
        visits=rows["sessions"].fillna(0.0),
        channel=rows["channel"],
        table="web",
        day=rows["period_start"],
        file=rows["file"],
        sha256=rows["sha256"],
    )
