"""Ways to sign in. Who is signed in is loaded on every page: account, young person, places with one kept read."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from accounts.models import Membership, User
from migwork.prepared import Prepared


def _with_places(pk):
    """The account with its young person, and `held`: role and organisation of each membership in force."""
    memberships = Membership.objects.filter(user=OuterRef("pk"), is_active=True).order_by("pk")
    held = ArraySubquery(memberships.values(held=JSONObject(role="role", organisation="organisation_id")))
    return User.objects.filter(pk=pk).select_related("young_person").annotate(held=held)


_user = Prepared(_with_places)


class _WithPerson:
    def get_user(self, user_id):
        user = _user.first(pk=user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        user.places = [(place["role"], place["organisation"]) for place in user.held]
        return user


class ByPassword(_WithPerson, ModelBackend):
    """Django's."""


class ByCode(_WithPerson, AuthenticationBackend):
    """allauth's."""
