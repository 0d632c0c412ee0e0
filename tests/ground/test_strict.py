"""The test client refuses what it promises to refuse."""

import pytest
from django.http import HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import path
from django.utils import timezone

from accounts.models import User
from tests.factories import UserFactory
from tests.strict import LIBRARIES, PageCheck


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<script>alert(1)</script>", "inline <script>"),
        ("<style>p {}</style>", "inline <style>"),
        ('<p style="color:red">', "inline style"),
        ('<a onclick="go()">', "event handler"),
        ('<a href="javascript:go()">', "script in href"),
        ("<p>{{ name }}</p>", "unrendered"),
        ('<a href="{% url %}">', "unrendered"),
        ('<form method="post"></form>', "CSRF"),
        ('<p id="a"></p><p id="a"></p>', "twice"),
        ('<input name="email">', "without a label"),
    ],
)
def test_refuses(html, fault):
    assert fault in "; ".join(PageCheck(html).faults)


@pytest.mark.parametrize(
    "html",
    [
        '<script src="/static/a.js"></script>',
        '<script type="application/json">{"a": "{{"}</script>',
        '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x"></form>',
        '<form><label for="q">Search</label><input id="q" name="q"></form>',
        '<label>Search <input name="q"></label>',
    ],
)
def test_lets_pass(html):
    assert PageCheck(html).faults == []


def test_an_undefined_variable_is_an_error():
    with pytest.raises(AssertionError, match=r"Undefined template variable “person\.name”"):
        engines["django"].from_string("Ciao {{ person.name }}").render({"person": {}})


def test_templates_of_libraries_may_name_what_is_not_there():
    template = engines["django"].get_template("registration/password_reset_subject.txt")
    assert template.template.origin.name.startswith(LIBRARIES)
    assert template.render({})


def writing_view(request):
    UserFactory(date_joined=timezone.now())
    return HttpResponse("written")


urlpatterns = [path("writes/", writing_view)]


@override_settings(ROOT_URLCONF="tests.ground.test_strict", MIDDLEWARE=[])
def test_a_get_that_writes_fails(db, client):
    with pytest.raises(AssertionError, match=r"GET /writes/ wrote to \['accounts_user'\]"):
        client.get("/writes/")
    assert client.post("/writes/").status_code == 200
    assert User.objects.exists()
