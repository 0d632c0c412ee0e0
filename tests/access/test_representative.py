"""What the link to sign opens, and what it does not."""

import re

from django.core.management import call_command
from django.urls import reverse

from accounts import actions
from accounts.models import Purpose
from foundation.communications.models import OutgoingMessage
from tests import factories as f
from tests.accounts.signing import mother
from tests.strict import StrictClient


def test_sees_only_what_they_must_sign(edition, young_person, operator, now, monkeypatch):
    """Neither before nor after the code: no talk, plan, message, address, surname; nor the other parent's address."""
    monkeypatch.setattr("foundation.documents.pdf.render", lambda html, **kwargs: b"%PDF-1.7")
    call_command("load_purposes", verbosity=0)
    young_person.birth_date = now.date().replace(year=2010)
    young_person.phone = "+393330001111"
    young_person.save()
    participation = f.ParticipationFactory(person=young_person, edition=edition, operator=operator)
    f.ReceptionFactory(participation=participation, by=operator, need="Litiga con il padre", next_step="Un colloquio")
    plan = f.PlanFactory(participation=participation)
    f.PlanGoalFactory(plan=plan, title="Andare a vivere da sola")
    karim = {"first_name": "Karim", "email": "karim@example.org", "phone": ""}
    for name, changes in (("Fatima", {}), ("Karim", karim)):
        representation = actions.add_representative(person=young_person, **mother(**changes), by=operator, now=now)
        actions.check_identity(
            representative=representation.representative,
            paper="id_card",
            email=representation.representative.email,
            phone=representation.representative.phone,
            by=operator,
            now=now,
        )
        assert representation.representative.first_name == name
    purpose = Purpose.objects.get(code="image")
    actions.ask_consent(person=young_person, purpose=purpose, by=operator, now=now)
    page = re.search(r"/firma/\S+/", OutgoingMessage.objects.get(to="fatima@example.org").text)[0]

    client = StrictClient()
    hidden = ["Bianchi", "amina@", "0001111", "Litiga", "vivere da sola", "Un colloquio", "karim", "Karim", "Sara"]
    before = client.get(page).content.decode()
    client.post(f"{page}codice/", {"action": "send"})
    code = re.search(r"\b\d{6}\b", OutgoingMessage.objects.get(to="+393331234567").text)[0]
    client.post(f"{page}codice/", {"code": code})
    after = client.get(page).content.decode()
    assert 'name="read"' in after
    for text in (before, after):
        assert [word for word in hidden if word in text] == []
    # The link is no session: every other door stays shut, the young person's file first of all.
    for name, args in (
        ("intake:person-file", [participation.pk]),
        ("accounts:representatives", [young_person.pk]),
        ("accounts:profile", []),
        ("accounts:my-representatives", []),
    ):
        assert client.get(reverse(name, args=args))["Location"].startswith(reverse("account_login"))
