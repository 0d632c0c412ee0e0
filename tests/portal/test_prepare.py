import pytest
from django.core.management import call_command
from django.utils import timezone

from foundation.questionnaires.queries import current
from intake.situations import INTERVIEW_KEY
from programme.enums import EditionKind
from programme.queries import receiving_edition


@pytest.mark.django_db
def test_an_empty_portal_can_receive_people_and_twice_is_the_same_as_once():
    for _ in range(2):
        call_command("prepare", verbosity=0)
        assert receiving_edition(timezone.localdate()).kind == EditionKind.ORDINARY
        assert current(INTERVIEW_KEY).version == 1
