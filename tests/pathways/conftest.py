import pytest

from tests import factories
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
