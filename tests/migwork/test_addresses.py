"""Addresses found by their first word are those that Django finds one by one."""

import pytest
from django.urls import Resolver404, get_resolver, include, path, re_path, resolve, reverse

from migwork.addresses import Room, room


def page(request, **kwargs):
    """No page is asked for here."""


urlpatterns = [
    path("", page, name="home"),
    path("sw.js", page, name="worker"),
    path("spese/", page, name="list"),
    path("spese/<slug:which>/", page, name="one"),
    path("<slug:any>/nuova/", page, name="any"),
    path("spese/nuova/", page, name="hidden"),
    re_path(r"^anno-(?P<year>\d+)/$", page, name="year"),
    path("a", include([path("b/", page, name="below")])),
]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sw.js",
        "sw.js/",
        "spese",
        "spese/",
        "spese/x/",
        "spese/nuova/",
        "x/nuova/",
        "x/",
        "anno-2026/",
        "ab/",
        "a/b/",
    ],
)
def test_what_is_found_is_what_django_finds(address):
    found = []
    for resolver in (room(__name__), path("", include(__name__))):
        try:
            match = resolver.resolve(address)
            found.append((match.url_name, match.kwargs, match.route))
        except Resolver404:
            found.append(None)
    assert found[0] == found[1]


def test_the_portal_is_found_so():
    rooms = [pattern for pattern in get_resolver().url_patterns if isinstance(pattern, Room)]
    assert {room.namespace for room in rooms} >= {"portal", "accounts", "pathways", "intake", "reporting"}
    assert resolve(reverse("reporting:figure-rows", args=["involved"])).view_name == "reporting:figure-rows"
