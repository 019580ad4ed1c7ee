"""Laying down the client folder: the exports of every platform, and what people wrote beside them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd
from ruamel.yaml import YAML

from helpers.errors import UsageError
from helpers.simulate import documents, faults, figures, world
from helpers.simulate.exports import ga4, google, meta, plain, shopify, suite, tiktok
from helpers.simulate.figures import Figures, by_year
from helpers.simulate.scenario import COVERED, INTERNATIONAL, LAST_MONTH, Scenario
from helpers.simulate.scenarios import scenario
from helpers.simulate.streams import Streams
from helpers.simulate.truth import describe
from helpers.simulate.world import World

_SPAN = f"{COVERED.start}_{COVERED.end}"


def write_client(
    folder: Path, *, seed: int, seasonal: bool = False, without: Collection[str] = (), name: str | None = None
) -> dict[str, object]:
    """Write a client of raw exports from a world with known truth.

    Parameters
    ----------
    folder
        New or empty.
    seed
        Not negative; the same seed gives the same files.
    seasonal
        Whether all spend follows the season, so that channels cannot be separated.
    without
        Faults to leave out: the twin, equal everywhere else.
    name
        Name of the client, if not the scenario's own.

    Returns
    -------
    The truth, as the package describes it.

    Raises
    ------
    UsageError
        The folder holds something, the seed is negative, or a fault is not known.
    """
    _check(folder, seed, without)
    streams = Streams(seed)
    built = world.build(scenario(name, seasonal=seasonal), streams)
    reported, planted = faults.plant(figures.draw(built, streams), streams, without=without)
    folder.mkdir(parents=True, exist_ok=True)
    _write_ads(folder / "exports", reported)
    _write_site_and_profiles(folder / "exports", reported, built.scenario)
    _write_documents(folder, reported, built, streams)
    return describe(built, reported, planted, seed)


def _check(folder: Path, seed: int, without: Collection[str]) -> None:
    faults.check_names(without)
    if seed < 0:
        raise UsageError("a seed is not negative", where="--seed", seen=str(seed), next_step="Give a number from 0.")
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise UsageError(
            "a client is written into a new or empty folder only",
            where=str(folder),
            seen="something is there already",
            next_step=f"Name another folder. Faults that can be left out: {', '.join(faults.FAULTS)}.",
        )


def _write_ads(exports: Path, reported: Figures) -> None:
    for part in ("meta_ads", "google_ads", "tiktok_ads"):
        (exports / part).mkdir(parents=True)
    is_abroad = reported.meta["account"].str.endswith(INTERNATIONAL)
    at_home = reported.meta.loc[~is_abroad]
    for year in by_year(COVERED):
        is_inside = at_home["date"].between(pd.Timestamp(year.start), pd.Timestamp(year.end))
        meta.write_report(exports / "meta_ads" / f"anuncios_{year.start}_{year.end}.xlsx", at_home.loc[is_inside])
    meta.write_csv(exports / "meta_ads" / "anuncios_internacional.csv", reported.meta.loc[is_abroad])
    for file in reported.google_files:
        google.write(exports / "google_ads" / file.name, reported.google, file)
    tiktok.write(exports / "tiktok_ads" / f"campaign_by_day_{_SPAN}.xlsx", reported.tiktok)


def _write_site_and_profiles(exports: Path, reported: Figures, chosen: Scenario) -> None:
    for part in ("ga4", "shopify", "redes", "mercado", "experimentos", "clientes"):
        (exports / part).mkdir()
    ga4.write(exports / "ga4" / f"adquisicion_trafico_{_SPAN}.csv", reported.web, chosen.name)
    shopify.write(exports / "shopify" / "orders_export.csv", reported.ledger)
    plain.write_members(exports / "clientes" / "socios.csv", reported.members)
    suite.write_instagram(
        exports / "redes" / "publicaciones_instagram.csv", reported.posts["instagram"], chosen.handle, chosen.name
    )
    suite.write_facebook(exports / "redes" / "publicaciones_facebook.csv", reported.posts["facebook"], chosen.name)
    plain.write_followers(exports / "redes" / "seguidores.csv", reported.followers)
    plain.write_trends(exports / "mercado" / "multiTimeline.csv", reported.trends.interest)
    plain.write_library(exports / "mercado" / "biblioteca_anuncios.csv", reported.library)
    plain.write_competitors(exports / "mercado" / "competidores.csv", reported.competitors)
    for test, users in reported.experiments.items():
        plain.write_experiment(exports / "experimentos" / f"{test}.csv", users)


def _write_documents(folder: Path, reported: Figures, built: World, streams: Streams) -> None:
    for part in ("plans", "brand"):
        (folder / part).mkdir()
    _write_yaml(folder / "client.yaml", documents.client_file(built.scenario))
    _write_yaml(folder / "plans" / f"{LAST_MONTH.start:%Y-%m}.yaml", documents.media_plan(built))
    plain.write_rates(folder / "fx.csv", reported.rates)
    documents.change_log(built, streams).to_csv(folder / "log.csv", index=False, lineterminator="\n")
    (folder / "brand" / "logo.svg").write_text(documents.logo(built.scenario), encoding="utf-8", newline="\n")


def _write_yaml(path: Path, document: dict[str, object]) -> None:
    yaml = YAML()
    yaml.width = 120
    yaml.representer.ignore_aliases = lambda *_: True
    yaml.indent(mapping=2, sequence=4, offset=2)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        yaml.dump(document, file)
