"""Words and drawings made of figures."""

import pytest
from django.utils.translation import override

from reporting import presentation


def target(value, state, needed=0, count=0):
    return {"value": value, "count": count, "outlook": {"state": state, "needed": needed}}


@pytest.mark.parametrize(
    ("targets", "sentence"),
    [
        (
            [target(800, "on_track"), target(140, "late", 11)],
            "In linea su 800; in ritardo su 140: servono 11 inserimenti al mese.",
        ),
        ([target(1200, "late", 1)], "In ritardo su 1.200: serve 1 inserimento al mese."),
        ([target(140, "reached")], "L’obiettivo 140 è raggiunto."),
        ([target(140, "missed", count=120)], "120 su 140 alla fine."),
        ([target(5, "open")], ""),
        ([], ""),
    ],
)
def test_the_verdict_is_a_sentence(targets, sentence):
    with override("it"):
        assert presentation.verdict(targets) == sentence


@pytest.mark.parametrize(
    ("day", "month"), [("2026-05-05", 8), ("2025-10-01", 1), ("2026-10-31", 13), ("2027-01-01", 13), ("2025-01-01", 1)]
)
def test_the_month_of_the_edition(day, month):
    data = {"starts_on": "2025-10-01", "ends_on": "2026-10-31", "to_day": day}
    assert presentation.month_of(data) == (month, 13)


def test_the_trajectory_goes_month_by_month_to_the_target():
    data = {"starts_on": "2025-10-01", "ends_on": "2026-10-31", "to_day": "2026-05-05"}
    goal = {
        "name": "Involved",
        "value": 800,
        "count": 300,
        "months": {"2025-10": 100, "2025-12": 150, "2026-05": 50},
        "outlook": {"state": "late", "expected": 438, "forecast": 500, "needed": 80},
    }
    with override("it"):
        drawing = presentation.trajectory(data, goal)
    rows = {row[0]: row[1:] for row in drawing.table}
    assert len(rows) == 13
    first, last = drawing.table[0], drawing.table[-1]
    assert first[1] == "100"
    assert last[1:] == ("–", "800", "500")
    assert drawing.table[7][1:] == ("300", "491", "300")
    assert drawing.table[8][1] == "–"
