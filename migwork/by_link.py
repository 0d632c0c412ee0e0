"""Pages that open for whoever holds their address: the address is the key."""

from allauth.core import ratelimit
from allauth.core.internal import ratelimit as internal_ratelimit
from django.http import HttpResponse
from django.template.loader import render_to_string


class ByLink:
    """Before a view: answers are limited, and no cache and no search engine keeps what the address opens.

    `limited_as` is an action of ACCOUNT_RATE_LIMITS, `limit_key()` what is limited beside whoever asks. To other sites
    the portal never names its addresses (SECURE_REFERRER_POLICY). Not even stricter: under "no-referrer" browsers
    post with the origin "null", and what is sent here would be refused.
    """

    limited_as: str

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST" and not ratelimit.consume(request, action=self.limited_as, key=self.limit_key()):
            return HttpResponse(render_to_string("429.html", request=request), status=429)
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response


def may_guess(request, *, limited_as: str, missed: bool = False) -> bool:
    """Whether whoever asks may open one more address that could be a guess; those that `missed` are counted.

    Found addresses count for nothing: a whole class may look up its papers at once, nobody can try keys one by one.
    """
    usage = internal_ratelimit.consume(
        request, app="allauth.account", action=limited_as, limit_get=True, dry_run=not missed
    )
    return usage is not None
