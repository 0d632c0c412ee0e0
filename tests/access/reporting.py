"""Coordinators and evaluators read figures; evaluators write nothing; partners see and enter their own money."""

from tests.access import Row

FIGURES = {"everyone": 403, "coordinator": 200, "evaluator": 200, "administrator": 200}
MONEY = {"everyone": 403, "partner": 200, "coordinator": 200, "evaluator": 200, "administrator": 200}

ROWS = [
    Row("reporting:dashboard", **FIGURES),
    Row(
        "reporting:dashboard",
        query="?edizione=no-such-edition",
        **{p: 404 if s == 200 else s for p, s in FIGURES.items()},
    ),
    Row("reporting:results", **FIGURES),
    Row("reporting:coverage", **FIGURES),
    Row("reporting:coverage", query="?situazione=neet&da=18", **FIGURES),
    Row("reporting:figures-refresh", methods=["POST"], everyone=403, coordinator=302, administrator=302),
    Row("reporting:figure-rows", lambda world: {"indicator": "involved"}, **FIGURES),
    Row(
        "reporting:figure-rows",
        lambda world: {"indicator": "in_training"},
        query="?macroazione=4&partner=cesvip",
        **FIGURES,
    ),
    Row("reporting:budget", **MONEY),
    Row("reporting:expense-list", **MONEY),
    Row("reporting:expense-create", everyone=403, partner=200, coordinator=200, administrator=200),
    # Nothing typed: the form again; without a partner chosen there is no form to refuse.
    Row("reporting:expense-create", methods=["POST"], everyone=403, partner=200, coordinator=400, administrator=400),
    Row(
        "reporting:expense-create",
        methods=["GET", "POST"],
        query="?partner=cesvip",
        everyone=403,
        partner=200,
        other_partner=404,
        coordinator=200,
        administrator=200,
    ),
    Row("reporting:expense-detail", lambda world: {"pk": world.expense.pk}, **MONEY | {"other_partner": 404}),
    Row(
        "reporting:expense-detail",
        lambda world: {"pk": world.expense.pk},
        methods=["POST"],
        everyone=403,
        partner=200,
        other_partner=404,
        coordinator=200,
        administrator=200,
    ),
    Row("reporting:report-list", **FIGURES),
    Row("reporting:report-create", methods=["GET", "POST"], everyone=403, coordinator=200, administrator=200),
    Row("reporting:report-detail", lambda world: {"pk": world.report.pk}, **FIGURES),
    Row("reporting:report-download", lambda world: {"pk": world.report.pk}, **FIGURES),
    Row("reporting:report-figures", lambda world: {"pk": world.report.pk}, **FIGURES),
    Row(
        "reporting:report-retry",
        lambda world: {"pk": world.failed_report.pk},
        methods=["POST"],
        everyone=403,
        coordinator=302,
        administrator=302,
    ),
]
