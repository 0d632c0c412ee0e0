"""One page: who one wants to be."""

from urllib.parse import parse_qs, urlsplit

from allauth.core.internal.httpkit import add_query_params
from allauth.idp.oidc import views
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.models import User
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.demo.idp.people import people


def _asked(request) -> tuple[str, dict]:
    """The request of the portal that brought one here, and what it says."""
    address = request.POST.get("next") or request.GET.get("next", "")
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or parts.path != reverse("idp:oidc:authorization"):
        raise Http404
    return address, {name: values[0] for name, values in parse_qs(parts.query).items()}


@never_cache
@require_http_methods(["GET", "POST"])
def pick(request):
    """A list of people; a tap signs in as one of them and goes back to the portal."""
    address, asked = _asked(request)
    names = {client: name.upper() for name, client in settings.CLIENTS.items()}
    if asked.get("client_id") not in names:
        raise Http404
    if request.method == "POST":
        user = User.objects.filter(username=request.POST.get("person", "")).first()
        if user:
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            request.session["picked"] = True
            return HttpResponseRedirect(address)
        back = add_query_params(
            f"{settings.PORTAL}/account/eid/{names[asked['client_id']].lower()}/callback/",
            {"error": "access_denied", "state": asked.get("state", "")},
        )
        return HttpResponseRedirect(back)
    logout(request)
    return render(request, "pick.html", {"people": people(), "next": address, "provider": names[asked["client_id"]]})


@never_cache
def authorize(request):
    """allauth's, after one has picked somebody: each time anew, to be somebody else the next time."""
    if request.user.is_authenticated and not request.session.pop("picked", False):
        logout(request)
    return views.authorization(request)
