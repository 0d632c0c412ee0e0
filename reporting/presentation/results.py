"""What became of those who left, in tables: the same for the page and for the PDF."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.enums import Gender
from intake.enums import FollowUpMoment, FollowUpSituation
from migwork.tables import Figures, table
from reporting.results import BETTER, GENDERS, QUALIFIED

NOT_SHOWN = "*"


def result_parts(results: list[dict]) -> list[dict]:
    """What people do at each moment after leaving, by gender; an answer counts once in the rows of situations."""
    words = dict(FollowUpSituation.choices)
    words |= {QUALIFIED: _("Gained a qualification since"), BETTER: _("Say that their situation is better")}
    moments = dict(FollowUpMoment.choices)
    genders = {Gender.FEMALE: _("Women"), Gender.MALE: _("Men"), Gender.OTHER: _("Other"), Gender.UNSAID: _("Not said")}
    parts = []
    for result in results:
        rows = []
        for row in result["rows"]:
            cells = [NOT_SHOWN if people is None else str(people) for people in (*row["genders"], row["count"])]
            share = NOT_SHOWN if row["count"] is None else f"{round(100 * row['count'] / result['answered'])} %"
            rows.append({"name": words[row["result"]], "cells": [*cells, share]})
        parts.append(
            {
                **result,
                "title": moments[result["moment"]],
                "head": [*(genders[gender] for gender in GENDERS), _("In all"), "%"],
                "rows": rows,
                "hides": any(NOT_SHOWN in row["cells"] for row in rows),
            }
        )
    return parts


def result_table(part: dict) -> SafeString:
    """One moment on the screen."""
    columns = [_("Result"), *(Figures(label) for label in part["head"])]
    return table(part["title"], columns, [(row["name"], *row["cells"]) for row in part["rows"]])
