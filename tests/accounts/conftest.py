"""Fixtures of tests about minors and their representatives."""

from datetime import date

import pytest
from django.core.management import call_command

from accounts.models import Purpose
from tests import factories as f
from tests.accounts.signing import PDF


@pytest.fixture
def purposes(db):
    call_command("load_purposes", verbosity=0)
    return {purpose.code: purpose for purpose in Purpose.objects.exclude(representatives=0)}


@pytest.fixture
def quick_documents(monkeypatch):
    """What the PDFs look like is tested elsewhere."""
    monkeypatch.setattr("foundation.documents.pdf.render", lambda html, **kwargs: PDF)


@pytest.fixture
def minor(edition):
    """Amina Bianchi, sixteen."""
    return f.YoungPersonFactory(
        first_name="Amina", last_name="Bianchi", birth_date=date(2009, 8, 1), user__email="amina@example.org"
    )
