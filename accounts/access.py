"""Mixins that stand before every view behind the sign-in.

They answer before the view's setup() loads anything: anonymous → sign-in,
signed in without the role → 403. What the view then loads with
`.visible_to(user)` gives a stranger's object as 404.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from accounts.permissions import can_handle_requests, has_role
from accounts.queries import acting_as
from foundation.privacy.actions import record_accesses


def to_page(request, name):
    """To the page `name`, at sign-in, and back here afterwards if here is a page one can open."""
    if request.htmx:
        back = request.htmx.current_url_abs_path or resolve_url(settings.LOGIN_REDIRECT_URL)
        return HttpResponseClientRedirect(redirect_to_login(back, resolve_url(name)).url)
    back = request.get_full_path() if request.method in ("GET", "HEAD") else _page_of_the_form(request)
    return redirect_to_login(back, resolve_url(name))


def _page_of_the_form(request):
    """Where what was posted had been typed, so that a session that ended leads back to it."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return urlsplit(came_from)._replace(scheme="", netloc="", fragment="").geturl()
    return resolve_url(settings.LOGIN_REDIRECT_URL)


class SignedInRequired:
    """Anybody with an account."""

    @classmethod
    def may_enter(cls, user) -> bool:
        return True

    @classmethod
    def as_view(cls, **initkwargs):
        view = super().as_view(**initkwargs)

        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return to_page(request, settings.LOGIN_URL)
            if not cls.may_enter(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded


class YoungPersonRequired(SignedInRequired):
    """The owner of a young person's record: `request.user.person` is there."""

    @classmethod
    def may_enter(cls, user) -> bool:
        return user.person is not None


class OfficerRequired(SignedInRequired):
    """The privacy officer alone: an administrator does not pass."""

    @classmethod
    def may_enter(cls, user) -> bool:
        return can_handle_requests(user)


class RolesRequired(SignedInRequired):
    """Members of staff who hold one of `roles`; an administrator always passes."""

    roles: set[str] = frozenset()

    @classmethod
    def may_enter(cls, user) -> bool:
        return has_role(user, *cls.roles)


def note_opening(request, *abouts, why: str, reason: str = "", special: bool = False) -> None:
    """Note that whoever asks for this page opens what is kept about these people (or their ids).

    They are shown it: when, why, as which role, of which organisation. Nobody's own page is an opening.
    """
    user = request.user
    own = user.person.pk if user.person else None
    abouts = [about for about in abouts if getattr(about, "pk", about) != own]
    if not abouts:
        return
    role, organisation = acting_as(user, why)
    record_accesses(
        by=user,
        abouts=abouts,
        what=request.resolver_match.view_name,
        why=why,
        now=timezone.now(),
        reason=reason,
        special=special,
        as_role=role,
        organisation=organisation,
    )
