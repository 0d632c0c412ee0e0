"""What the desk's views share: load the person, act, answer with a sentence."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.access import RolesRequired
from accounts.enums import Role
from foundation.privacy.enums import AccessReason
from intake import queries
from intake.models import Participation, PlanAction
from migwork.links import link_to

WHOSE_STEP = "goal__plan__participation__person", "goal__plan__participation__operator"


def file_url(participation, section="") -> str:
    """The address of a person's file, at a section of it."""
    url = reverse("intake:person-file", args=[participation.pk])
    return f"{url}?s={section}" if section else url


def addresses(name):
    """From a key to the address of page `name`: for lists, in which each reverse() would cost anew."""
    return link_to(f"intake:{name}")


def participation_or_404(user, pk, find=queries.participation_for) -> Participation:
    """The participation with this key, if `user` may see it."""
    participation = find(user, pk)
    if participation is None:
        raise Http404
    return participation


def about_person(participation) -> dict:
    """What the head of every page about somebody needs."""
    person = participation.person
    age = person.age_on(timezone.localdate())
    return {
        "participation": participation,
        "person": person,
        "age": age,
        "file_url": reverse("intake:person-file", args=[participation.pk]),
    }


def reason_to_open(user, participation) -> str:
    """Why a member of staff opens somebody's file, as that person will read it."""
    if Role.OPERATOR not in user.roles:
        return AccessReason.FOLLOWS if participation.operator_id == user.pk else AccessReason.COUNTING
    return AccessReason.FOLLOWS if queries.follows(user, participation, timezone.now()) else AccessReason.DESK


class OperatorRequired(RolesRequired):
    roles = frozenset({Role.OPERATOR})


class OfPerson(OperatorRequired):
    """A page about one participation, by its key in the address; `find` reads it with what the page needs."""

    find = staticmethod(queries.participation_for)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.participation = participation_or_404(request.user, kwargs["pk"], self.find)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**about_person(self.participation), **kwargs)


class OfStep:
    """One step of a plan, by its key in the address; `check(user, step)` refuses who may not."""

    check = None

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = PlanAction.objects.visible_to(request.user).select_related(*WHOSE_STEP)
        self.step = get_object_or_404(rows, pk=kwargs["pk"])
        self.check(request.user, self.step)
