"""What a page was made from beside the exports, so that it can be made again and held against what is there later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from types import ModuleType

import pandas as pd

from helpers import blocks
from helpers.claims import Claim
from helpers.clients import FILE, Client
from helpers.clients.workbook import sha256
from helpers.page import saved
from helpers.page.loading import Loaded
from helpers.stages import reads
from helpers.units import Period
from helpers.wording import Words


def making(
    stage: ModuleType, client: Client, loaded: Loaded, claims: Sequence[Claim], languages: Sequence[str]
) -> blocks.Making:
    """Gather it for one stage.

    Parameters
    ----------
    claims
        What the stage claims; the metrics of these are defined.
    languages
        Of the page, whose commentaries stand on it.
    """
    english = Words("en")
    metrics = {claim.metric.id: claim.metric for claim in claims}
    found = saved.earlier(client, loaded.key, loaded.files).findings
    return blocks.Making(
        period=loaded.key,
        files=_files(stage, client, loaded.key, languages),
        earlier=[
            blocks.Print(name=name, sha256=sha256(client.result_file(loaded.key, name)))
            for name in reads(stage)
            if name in found
        ],
        goals=[goal.model_dump(mode="json", exclude_none=True) for goal in client.goals],
        definitions={
            name: " = ".join(filter(None, (metric.formula, english.text(metric.meaning))))
            for name, metric in sorted(metrics.items())
        },
        campaigns=campaigns(loaded.frames["ads"], loaded.period),
    )


def campaigns(ads: pd.DataFrame, period: Period) -> list[list[str]]:
    """Platform and name of each campaign with a row that touches the period, in order of both."""
    touching = (ads["period_start"] <= pd.Timestamp(period.end)) & (ads["period_end"] >= pd.Timestamp(period.start))
    known = ads.loc[touching, ["platform", "campaign"]].dropna().drop_duplicates()
    return sorted([str(platform), str(name)] for platform, name in known.itertuples(index=False))


def _files(stage: ModuleType, client: Client, period: str, languages: Sequence[str]) -> list[blocks.Print]:
    """Files of the client folder that the page may hang on; those of plans only where the stage reads plans."""
    places = [client.folder / FILE]
    if client.fx is not None and client.fx.file is not None:
        places.append(client.folder / client.fx.file)
    if "plans" in {field.name for field in fields(stage.Inputs)}:
        places += client.plans
    if client.brand.logo is not None:
        places.append(client.folder / client.brand.logo)
    name = stage.__name__.rpartition(".")[2]
    places += [client.commentary_file(period, name, language) for language in languages]
    found = sorted((path for path in places if path.is_file()), key=client.shown)
    return [blocks.Print(name=client.shown(path), sha256=sha256(client.inside(path))) for path in found]
