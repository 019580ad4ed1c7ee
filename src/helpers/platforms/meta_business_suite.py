"""Meta Business Suite: posts of Instagram and Facebook, insight cards and audience, CSV, English and Spanish.

Seen in real English exports: UTF-8 with byte order mark, multi-line captions, times as month/day/year in every
language, `Lifetime` in the Date column, Views twice in Facebook files with equal values, columns in another order by
account. Insight cards are UTF-16 with `sep=,`: what is measured stands only in the title, and often not on which of
the two networks; a day is stamped T00 or T01, as daylight saving time has it. In 2023 the headers named the figures and
one file held both networks. The audience file is a table of age by gender and lists of places that are one row wide.
Spanish labels are partly remembered.
"""

from __future__ import annotations

import re

import pandas as pd

from helpers.platforms.model import Header, Platform, Report, Shaped, Title

_COMMON = (
    Header("post_id", {"en": ("Post ID",), "es": ("Identificador de la publicación",)}),
    Header("published_at", {"en": ("Publish time",), "es": ("Hora de publicación",)}),
    Header("url", {"en": ("Permalink",), "es": ("Enlace permanente",)}),
    Header("format", {"en": ("Post type",), "es": ("Tipo de publicación",)}),
    Header("duration_s", {"en": ("Duration (sec)",), "es": ("Duración (segundos)", "Duración (s)")}),
    Header("impressions", {"en": ("Impressions",), "es": ("Impresiones",)}),
    Header("views", {"en": ("Views",), "es": ("Visualizaciones",)}),
    Header("reach", {"en": ("Reach",), "es": ("Alcance",), "*": ("IMPRESSION:UNIQUE_USERS",)}),
    Header("comments", {"en": ("Comments",), "es": ("Comentarios",)}),
    Header(
        "shares",
        {
            "en": ("Shares",),
            "es": ("Veces que se ha compartido", "Veces que se compartió", "Veces compartido"),
        },
    ),
    Header(
        "saves",
        {"en": ("Saves",), "es": ("Veces que se ha guardado", "Veces que se guardó", "Veces guardado", "Guardados")},
    ),
)
_COVERS = Header("_covers", {"en": ("Date",), "es": ("Fecha",)}, kind="text")
_INSTAGRAM = (
    Header("account_id", {"en": ("Account ID",), "es": ("Identificador de la cuenta",)}),
    Header(
        "account",
        {
            "en": ("Account username", "Account name"),
            "es": ("Nombre de usuario de la cuenta", "Nombre de la cuenta"),
        },
    ),
    Header("text", {"en": ("Description",), "es": ("Descripción",)}),
    Header("likes", {"en": ("Likes",), "es": ("Me gusta",)}),
    Header("follows", {"en": ("Follows",), "es": ("Seguimientos",)}),
)
_FACEBOOK = (
    Header("account_id", {"en": ("Page ID",), "es": ("Identificador de la página",)}),
    Header("account", {"en": ("Page name",), "es": ("Nombre de la página",)}),
    Header("text", {"en": ("Title", "Description"), "es": ("Título", "Descripción")}),
    Header("reactions", {"en": ("Reactions",), "es": ("Reacciones",)}),
    Header("clicks", {"en": ("Total clicks",), "es": ("Clics totales", "Total de clics")}),
)
_KNOWN = {
    "en": (
        "Data comment",
        "Languages",
        "Custom labels",
        "Funded content status",
        "Caption type",
        "Is crosspost",
        "Is share",
        "Reactions, Comments and Shares",
        "Reactions, comments and shares",
        "Other clicks",
        "Link clicks",
        "Photo clicks",
        "Matched audience targeting consumption (Photo Click)",
        "Seconds viewed",
        "Average seconds viewed",
        "Estimated earnings (USD)",
        "Ad CPM (USD)",
        "Ad impressions",
    ),
    "es": (
        "Comentario de los datos",
        "Comentario de datos",
        "Idiomas",
        "Etiquetas personalizadas",
        "Estado del contenido financiado",
        "Reacciones, comentarios y veces que se ha compartido",
        "Otros clics",
        "Clics en el enlace",
        "Segundos visualizados",
        "Promedio de segundos visualizados",
        "Es una publicación cruzada",
        "Es contenido compartido",
    ),
}


def _whole_and_days(frame: pd.DataFrame) -> str:
    """Say so where figures of the whole life of posts stand beside those of single days."""
    if "_covers" not in frame:
        return ""
    is_day = frame["_covers"].dropna().str.contains(r"\d")
    return (
        "" if is_day.all() or not is_day.any() else "Figures of whole posts stand beside figures of single days of them"
    )


def _report(platform: str, name: str, own: tuple[Header, ...], marks: tuple[str, ...]) -> Report:
    return Report(
        name=name,
        table="organic_posts",
        headers=(*_COMMON, _COVERS, *own),
        required=(
            ("post_id",),
            ("published_at",),
            ("account_id", "account"),
            ("views", "reach", "impressions", "likes", "reactions", "comments"),
        ),
        marks=marks,
        needs_mark=True,
        known=_KNOWN,
        constants={"platform": platform},
        day_first=False,
        decimal={"*": "."},
        overlaps=_whole_and_days,
    )


# What an insight card is called, by what it counts.
_CARDS = {
    "reach": r"(?:page |profile |post )?reach|alcance|viewers|espectadores",
    "views": r"(?:content )?views|visualizaciones|reproducciones",
    "impressions": r"impressions|impresiones",
    "profile_visits": r"(?:page |profile )*visits|visitas(?: al perfil| a la p[aá]gina)?",
    "follows": r"(?:page )?(?:follows|new (?:followers|likes|follows))|seguimientos|(?:nuevos )?seguidores(?: nuevos)?",
    "unfollows": r"unfollows|seguidores perdidos|cancelaciones de seguimiento",
    "follower_delta": r"net (?:follows|followers)|seguidores netos|seguimientos netos",
    "interactions": r"(?:content )?interactions|interacciones(?: con el contenido)?",
    "link_clicks": r"link clicks|clics en (?:el enlace|enlaces)",
}
_NETWORKS = ("instagram", "facebook")
_BEFORE = "{network}(?: page)? "
_BEHIND = " (?:de|del|en|a|on|from|for)(?: la p[aá]gina de| el perfil de)? {network}"
_SPLIT = r"(?:new )?{network} (?:page )?(?:followers|likes|follows)|nuevos seguidores (?:de|en) {network}"


def _on(network: str, words: str) -> str:
    """Return the pattern of a card that names its network, in front or behind."""
    own = f"|{_SPLIT.format(network=network)}" if words == _CARDS["follows"] else ""
    return f"{_BEFORE.format(network=network)}(?:{words})|(?:{words}){_BEHIND.format(network=network)}{own}"


_NAMED = tuple(
    Title(_on(network, words), column, {"platform": network})
    for column, words in _CARDS.items()
    for network in _NETWORKS
)
# A line that names a network speaks for the blocks under it: alone, or with whom an audience file is about.
_SECTION = tuple(Title(network, constants={"platform": network}, is_context=True) for network in _NETWORKS)
_AUDIENCE = tuple(
    Title(
        rf"{network}(?: page| profile)? (?:followers|audience|likes)"
        rf"|(?:seguidores|publico|audiencia) (?:de|en) {network}",
        constants={"platform": network},
        is_context=True,
    )
    for network in _NETWORKS
)
_DATE = Header("date", {"en": ("Date",), "es": ("Fecha",)})
_PLACES = (
    ("country", r"(?:top )?countries|(?:principales )?paises(?: principales)?"),
    ("city", r"(?:top )?(?:towns/cities|cities)|(?:principales )?(?:ciudades|localidades)(?: principales)?"),
)
_GENDERS = {
    "female": r"women|female|mujeres",
    "male": r"men|male|hombres",
    "unknown": r"other|unknown|unspecified|otros?|sin especificar|desconocido",
}


def _by_network(frame: pd.DataFrame) -> Shaped:
    """Give each network its rows; the headers name network and figure."""
    found: dict[str, dict[str, pd.Series]] = {}
    for column in (name for name in frame.columns if name.startswith("_card:")):
        title = next(title for title in _NAMED if title.fits(column.removeprefix("_card:")))
        found.setdefault(title.constants["platform"], {})[title.column] = frame[column]
    rows = [frame[["date"]].assign(platform=network, **figures) for network, figures in found.items()]
    return {"organic_daily": pd.concat(rows)}


def _weighed(values: pd.Series) -> dict[str, pd.Series]:
    """Tell shares, in per cent or as fractions, from numbers of people."""
    total = float(values.sum())
    if total > 101 or (values.max() > 1 and values.dropna().mod(1).eq(0).all()):
        return {"people": values}
    return {"share": values / 100 if total > 1.01 else values}


def _melted(frame: pd.DataFrame, prefix: str, dimension: str) -> pd.DataFrame:
    """Turn the columns of a prefix into rows: `name` is the header, `people` or `share` the figure."""
    wide = frame[[name for name in frame.columns if name.startswith(prefix)]]
    long = wide.rename(columns=lambda name: name.removeprefix(prefix)).melt(ignore_index=False, var_name="name")
    rows = frame.loc[long.index].reset_index(drop=True)
    weights = _weighed(long["value"].reset_index(drop=True))
    return rows.assign(name=long["name"].to_numpy(), dimension=dimension, **weights)


def _ages(frame: pd.DataFrame) -> Shaped:
    """Write one row for each age and gender."""
    rows = _melted(frame, "_gender:", "age|gender")
    named = {
        name: gender
        for name in rows["name"].unique()
        for gender, words in _GENDERS.items()
        if re.fullmatch(words, name, re.IGNORECASE)
    }
    return {"audience": rows.assign(value=rows["_age"] + "|" + rows["name"].map(named))}


def _places(dimension: str, title: str) -> Report:
    """Return the report of a list of places that is one row wide."""

    def shaped(frame: pd.DataFrame) -> Shaped:
        rows = _melted(frame, "_place:", dimension)
        return {"audience": rows.assign(value=rows["name"])}

    return Report(
        name=f"Audience by {dimension}",
        table="audience",
        headers=(Header("_place", pattern=".+", kind="number"),),
        required=(("_place",),),
        titles=(Title(title), *_SECTION, *_AUDIENCE),
        constants={"platform": "meta"},
        stand_ins=("platform",),
        decimal={"*": "."},
        shape=shaped,
    )


_INSIGHTS = (
    Report(
        name="Insights",
        table="organic_daily",
        headers=(_DATE, Header("_value", {"en": ("Primary",), "es": ("Principal",)})),
        required=(("date",), tuple(_CARDS)),
        titles=(*_NAMED, *(Title(words, column) for column, words in _CARDS.items()), *_SECTION),
        constants={"platform": "meta"},
        stand_ins=("platform",),
        decimal={"*": "."},
    ),
    Report(
        name="Insights of both networks",
        table="organic_daily",
        headers=(_DATE, Header("_card", pattern="(?i)" + "|".join(title.pattern for title in _NAMED), kind="number")),
        required=(("date",), ("_card",)),
        decimal={"*": "."},
        shape=_by_network,
    ),
    Report(
        name="Audience by age and gender",
        table="audience",
        headers=(
            Header("_age", {"*": ("",), "en": ("Age",), "es": ("Edad",)}, kind="text"),
            Header("_gender", pattern="(?i)" + "|".join(_GENDERS.values()), kind="number"),
        ),
        required=(("_age",), ("_gender",)),
        titles=(Title(r"age (?:&|and) gender|edad y (?:sexo|genero)"), *_SECTION, *_AUDIENCE),
        constants={"platform": "meta"},
        stand_ins=("platform",),
        decimal={"*": "."},
        shape=_ages,
    ),
    *(_places(dimension, title) for dimension, title in _PLACES),
)

PLATFORM = Platform(
    source="meta_business_suite",
    title="Meta Business Suite",
    reports=(
        _report("instagram", "Instagram posts", _INSTAGRAM, ("Account username", "Nombre de usuario de la cuenta")),
        _report("facebook", "Facebook posts", _FACEBOOK, ("Page ID", "Identificador de la página")),
        *_INSIGHTS,
    ),
)
