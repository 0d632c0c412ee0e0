"""A test that commits leaves nothing to the next."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import TransactionTestCase

from foundation.privacy.models import Event
from tests import emptying, factories


class Committing(TransactionTestCase):
    """As pytest-django's own: only its end is asked for."""


@pytest.mark.parametrize("many", [emptying.MANY, 1])
@pytest.mark.django_db(transaction=True)
def test_all_rows_go_also_those_that_nobody_may_delete(monkeypatch, many):
    """Few by few, many at once; what was made with the tables stays."""
    monkeypatch.setattr(emptying, "MANY", many)
    factories.InternshipFactory()
    factories.InternshipFactory()
    factories.EventFactory()
    kinds = ContentType.objects.count()
    emptying.empty_what_is_full(Committing())
    assert emptying._full_tables() == {}
    assert not Event.objects.exists()
    assert ContentType.objects.count() == kinds


def test_it_is_what_ends_tests_that_commit():
    assert TransactionTestCase._fixture_teardown is emptying.empty_what_is_full
