"""What holds on every page of whoever is signed in: a second factor for staff, and an end of each session."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import second_factor
from accounts.access import to_page
from accounts.permissions import is_staff_member


class WatchSession:
    """Staff without a proved second factor get no further than its page; unused, old and ended sessions are over.

    All that it asks is read already: the account with its places, and the session.
    """

    # Setting up, signing in and out, changing the language; and what machines ask.
    OPEN = ("/account/", "/i18n/", "/health/")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            staff = is_staff_member(request.user)
            if goodbye := self.reason_to_end(request, "staff" if staff else "young"):
                logout(request)
                messages.info(request, goodbye)
            elif staff and not request.path.startswith(self.OPEN) and not second_factor.is_proved(request):
                return to_page(request, "mfa_index")
        return self.get_response(request)

    def reason_to_end(self, request, kind: str) -> str:
        """Why this session is over, in words for its owner; "" while it goes on."""
        session, user, now = request.session, request.user, timezone.now().timestamp()
        since, seen = session.setdefault("since", now), session.setdefault("seen", now)
        ended = user.sessions_valid_from and user.sessions_valid_from.timestamp()
        if ended and since <= ended and session.get("spared") != ended:
            return _("This session was ended. Sign in again.")
        if now - since >= settings.SESSION_LONGEST[kind]:
            return _("You have been signed in for long: sign in again, so that we know it is still you.")
        idle = settings.SESSION_IDLE[kind]
        if now - seen >= idle:
            if kind == "staff":
                return _(
                    "You were away for a while, so we closed your session. What you had typed in an interview is saved."
                )
            return _("You have not been here for a long time: sign in again.")
        # Each time would cost every page a write: a thirtieth of the time allowed is near enough.
        # A page that looks again by itself is nobody at the keyboard.
        if now - seen >= idle / 30 and "X-Poll" not in request.headers:
            session["seen"] = now
        return ""


def spare(request, user) -> None:
    """All sessions of `user` have just been ended, but this one: it goes on until it is too old, or they end again."""
    if user.sessions_valid_from:
        request.session["spared"] = user.sessions_valid_from.timestamp()


def begin(sender, request, user, **kwargs):
    """Somebody signed in: from now on the session counts."""
    now = timezone.now().timestamp()
    request.session.update({"since": now, "seen": now})
