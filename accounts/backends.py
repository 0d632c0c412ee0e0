"""Ways to sign in. Whoever is signed in is loaded on every page: account and young person with one kept read."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend

from accounts.models import User
from migwork.prepared import Prepared

_user = Prepared(lambda pk: User.objects.filter(pk=pk).select_related("young_person"))


class _WithPerson:
    def get_user(self, user_id):
        user = _user.first(pk=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


class ByPassword(_WithPerson, ModelBackend):
    """Django's."""


class ByCode(_WithPerson, AuthenticationBackend):
    """allauth's."""
