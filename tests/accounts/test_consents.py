"""What is optional, and the privacy notice."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts import actions
from accounts.enums import ConsentState
from accounts.models import Consent, Purpose, YoungPerson
from foundation.privacy.models import NoticeShown
from migwork.errors import NotNow
from tests.accounts.test_signup import CODE, SIGN_UP, last_code, sign_up
from tests.factories import PurposeFactory, YoungPersonFactory

pytestmark = pytest.mark.django_db
WORDS = {"it": "Parole", "en": "Words"}


@pytest.fixture(autouse=True)
def purposes(db):
    for code in ("newsletter", "image"):
        age = 14 if code == "newsletter" else 18
        Purpose.objects.filter(code=code).delete()
        PurposeFactory(code=code, name={"it": code}, text=WORDS, own_from_age=age)


def states(person):
    return dict(Consent.objects.filter(person=person).values_list("purpose__code", "state"))


def test_apart_from_the_service(as_user, young_person):
    page = as_user(young_person.user)
    shown = page.get("/io/consensi/").content.decode()
    # Nothing is ticked or agreed before, and each has a button of its own.
    assert "checked" not in shown
    assert shown.count('value="give"') == 2
    assert states(young_person) == {}
    page.post("/io/consensi/", {"purpose": "newsletter", "verb": "give"})
    assert states(young_person) == {"newsletter": ConsentState.GIVEN}
    page.post("/io/consensi/", {"purpose": "newsletter", "verb": "give"})
    assert Consent.objects.count() == 1
    # Purposes that are asked elsewhere cannot be slipped in here.
    PurposeFactory(code="enrolment")
    assert page.post("/io/consensi/", {"purpose": "enrolment", "verb": "give"}).status_code == 404


def test_taken_back_as_easily(as_user, young_person, now):
    page = as_user(young_person.user)
    page.post("/io/consensi/", {"purpose": "image", "verb": "give"})
    assert page.get("/io/consensi/").content.decode().count('value="withdraw"') == 1
    page.post("/io/consensi/", {"purpose": "image", "verb": "withdraw"})
    consent = Consent.objects.get()
    assert (consent.state, consent.ended_at) == (ConsentState.WITHDRAWN, now)
    assert page.get("/io/").status_code == 200
    page.post("/io/consensi/", {"purpose": "image", "verb": "give"})
    assert sorted(Consent.objects.values_list("state", flat=True)) == ["given", "withdrawn"]


def test_a_new_wording_is_a_new_yes(young_person, now):
    values = {"person": young_person, "purpose": "newsletter", "by": young_person.user}
    actions.give_consent(**values, now=now)
    Purpose.objects.filter(code="newsletter").update(version=2)
    actions.give_consent(**values, now=now + timedelta(days=1))
    assert sorted(Consent.objects.values_list("version", "state")) == [(1, "ended"), (2, "given")]


def test_a_minor_does_not_agree_alone_to_pictures(as_user, edition, now):
    minor = YoungPersonFactory(birth_date=date(2009, 6, 1))
    page = as_user(minor.user)
    page.post("/io/consensi/", {"purpose": "image", "verb": "give"})
    page.post("/io/consensi/", {"purpose": "newsletter", "verb": "give"})
    assert states(minor) == {"newsletter": ConsentState.GIVEN}
    with pytest.raises(NotNow):
        actions.give_consent(person=minor, purpose="image", by=minor.user, now=now)


def test_nobody_else_agrees(young_person, operator, administrator, now):
    for by in (operator, administrator):
        with pytest.raises(PermissionDenied):
            actions.give_consent(person=young_person, purpose="image", by=by, now=now)
        with pytest.raises(PermissionDenied):
            actions.withdraw_consent(person=young_person, purpose="image", by=by, now=now)


def test_which_notice_was_shown(as_user, young_person, settings, now):
    page = as_user(young_person.user)
    button = 'action="/io/informativa/"'
    assert button in page.get("/privacy/").content.decode()
    page.post("/io/informativa/")
    page.post("/io/informativa/")
    shown = NoticeShown.objects.get()
    assert (shown.about, shown.version, shown.audience, shown.language, shown.at) == (
        young_person.pk,
        settings.PRIVACY_NOTICE,
        "adult",
        "it",
        now,
    )
    assert button not in page.get("/privacy/").content.decode()
    assert "leggilo una volta" not in page.get("/io/dati/").content.decode()
    # A new version is shown again, and both stay noted.
    in_force = settings.PRIVACY_NOTICE
    settings.PRIVACY_NOTICE = "2027-1"
    assert "leggilo una volta" in page.get("/io/dati/").content.decode()
    page.post("/io/informativa/")
    assert sorted(NoticeShown.objects.values_list("version", flat=True)) == [in_force, "2027-1"]


@pytest.mark.parametrize(("birth_date", "audience"), [("2006-05-05", "adult"), ("2009-05-05", "minor")])
def test_the_notice_at_sign_up_is_noted(client, edition, settings, now, birth_date, audience):
    """What stands above the button is what they were shown, also if another version comes before the code."""
    in_force = settings.PRIVACY_NOTICE
    page = client.get(SIGN_UP).content.decode()
    assert "Non i colloqui" in page
    assert 'href="/privacy/"' in page
    sign_up(client, birth_date=birth_date)
    assert not NoticeShown.objects.exists()
    settings.PRIVACY_NOTICE = "2027-1"
    client.post(CODE, {"code": last_code()})
    shown = NoticeShown.objects.get()
    person = YoungPerson.objects.get()
    assert (shown.about, shown.version, shown.audience, shown.at) == (person.pk, in_force, audience, now)


def test_the_short_notice_stands_beside_the_whole(client):
    page = client.get("/privacy/").content.decode()
    assert page.index("anche per chi ha meno di 18 anni") < page.index('id="whole"') < page.index("articolo 6")


def test_both_say_what_stays_on_the_phone_and_how_it_goes(client):
    """docs/adr/0015: the page that is read without a network."""
    short, whole = client.get("/privacy/").content.decode().split('id="whole"')
    assert "Esci, e se ne va." in short
    assert "il tuo browser tiene una pagina" in whole
    assert "al più tardi dopo sette giorni" in whole
