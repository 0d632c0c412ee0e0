"""The paths that the demo shows: begun, under way and ended by the real actions."""

from datetime import datetime, time
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from pathways.models import AccompaniedPath
from portal.demo.paths import COOKING, accompany
from tests import factories

pytestmark = pytest.mark.django_db


def test_some_of_each_kind_and_how_they_ended(edition, operator, other_partner, other_partner_staff, now):
    factories.SkillFactory(uri=COOKING)
    for _number in range(6):
        factories.ParticipationFactory(edition=edition, operator=operator, state="in_progress")
    stage = SimpleNamespace(
        edition=edition,
        now=datetime.combine(now.date(), time(), ZoneInfo("Europe/Rome")),
        staff={"formaper": other_partner_staff},
        organisations={"formaper": other_partner},
    )
    accompany(stage)
    found = sorted(AccompaniedPath.objects.values_list("kind", "state", "outcome"))
    assert found == [
        ("stay", "ended", "stayed"),
        ("stay", "preparing", ""),
        ("study", "ended", "enrolled"),
        ("study", "preparing", ""),
        ("venture", "choosing", ""),
        ("venture", "ended", "vat_number"),
    ]
