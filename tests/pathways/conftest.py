from datetime import date

import pytest
from django.core.management import call_command

from tests import factories
from tests.accounts.signing import PDF
from tests.pathways import ways


@pytest.fixture
def course(partner, edition):
    """A published course of `partner`."""
    return ways.course(partner, edition, title="Barman per eventi")


@pytest.fixture
def run(course):
    """Two places, from the day after next week."""
    return factories.RunFactory(opportunity=course, places=2)


@pytest.fixture
def plan_action(participation):
    return ways.step_of_plan(participation)


@pytest.fixture
def signing(db, monkeypatch):
    """What representatives are asked for is loaded; what its PDFs look like is tested elsewhere."""
    call_command("load_purposes", verbosity=0)
    monkeypatch.setattr("foundation.documents.pdf.render", lambda html, **kwargs: PDF)


@pytest.fixture
def minor(edition, signing):
    """Zainab, sixteen, takes part."""
    return ways.taker(edition, first_name="Zainab", last_name="Neri", birth_date=date(2009, 8, 1))
