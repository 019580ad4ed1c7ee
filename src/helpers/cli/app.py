"""All commands."""

from __future__ import annotations

import typer

from helpers.cli import check, diff, lab, new, plan, portfolio, registries, report, share, simulate, verify

app = typer.Typer(
    name="cuaderno",
    help="Raw platform exports of a client in, a finished report for the client out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("new")(new.new)
app.command("check")(check.check)
app.command("report")(report.report)
app.command("share")(share.share)
app.command("verify")(verify.verify)
app.command("diff")(diff.diff)
app.command("portfolio")(portfolio.portfolio)
app.command("simulate")(simulate.simulate)
app.command("platforms")(registries.platforms)
app.command("kpis")(registries.kpis)
app.command("lab")(lab.lab)
app.add_typer(plan.plan, name="plan")
