"""The register of fields, as the privacy officer reads it."""

import pytest
from django.apps import apps
from django.conf import settings

from foundation.privacy import registry
from foundation.privacy.enums import FieldKind

pytestmark = pytest.mark.django_db
URL = "/registro-campi/"


def shown(response) -> set[str]:
    return {row["name"] for room in response.context["rooms"] for row in room["rows"]}


def classified(*without) -> set[str]:
    """Every field of the portal's own rooms whose class is none of these."""
    models = [model for app in apps.get_app_configs() if app.name in settings.ROOMS for model in app.get_models()]
    return {
        f"{model._meta.object_name}.{name}"
        for model in models
        for name, field in registry.of(model).items()
        if field.kind not in without
    }


def test_every_field_with_its_class_term_and_end(as_user, privacy_officer):
    page = as_user(privacy_officer)
    response = page.get(URL)
    assert shown(response) == classified(FieldKind.TECHNICAL, FieldKind.PUBLIC)
    assert shown(page.get(f"{URL}?campi=tutti")) == classified()
    (birth,) = (
        row for room in response.context["rooms"] for row in room["rows"] if row["name"] == "YoungPerson.birth_date"
    )
    assert (birth["kind"], birth["basis"], birth["end"]) == ("Chi sei", "6(1)(e)", "Reso meno preciso")
    assert "Riconoscere le persone" in response.content.decode()


def test_it_leads_there_from_the_start_page(as_user, privacy_officer):
    """Which is the one thing that the officer comes for: the requests, the most urgent first."""
    response = as_user(privacy_officer).get("/", follow=True)
    assert response.request["PATH_INFO"] == "/richieste-privacy/"
    home = response.content.decode()
    for address in (URL, "/conservazione/", "/richieste-privacy/"):
        assert f'href="{address}"' in home
