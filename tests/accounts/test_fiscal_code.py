"""Codice fiscale: whole or not, what it says, and that a mismatch warns and stops nobody."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts import actions, fiscal_code
from accounts.enums import VerifiedBy
from accounts.models import YoungPerson
from foundation.privacy.models import Event
from intake.models import Participation
from migwork.errors import NotNow
from tests import factories

TODAY = date(2026, 5, 5)
AMINA = "HSSMNA04E43Z336Y"
# Who was born on the same day with the same letters.
OMOCODE = "HSSMNA04E43Z33SV"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("RSSMRA85T10A562S", None),
        ("CCCFBA85D03L219P", None),
        ("CCCFBA85D03L21VE", None),  # an omocode
        (AMINA, None),  # born in Egypt
        ("12345678903", None),
        ("12345678904", "check_digit"),
        ("RSSMRA85T10A562T", "check_letter"),
        ("CCCFBA85D03L21VP", "check_letter"),  # of the other, who has the code without omocodia
        ("RSSMRA85T10A562", "form"),
        ("RSSMRA85F10A562S", "form"),
        ("1234567890", "form"),
        ("١٢٣٤٥٦٧٨٩٠٣", "form"),
        ("RSSMRA85T10A562SX", "form"),
        ("RSSMRA85B30A562G", "day"),  # 30 February
        ("RSSMRA85T32A562Y", "day"),
        ("RSSMRA85T81A562Y", "day"),
    ],
)
def test_the_codes_of_the_rules(code, fault):
    if fault is None:
        fiscal_code.check(code)
        return
    with pytest.raises(ValidationError) as refusal:
        fiscal_code.check(code)
    assert refusal.value.code == fault


def test_what_a_code_says():
    born = {"birth_date": date(2004, 5, 3), "gender": "f", "birth_place": "Egitto"}
    assert fiscal_code.fills(AMINA, TODAY) == born
    omocode = fiscal_code.fills("CCCFBA85D03L21VE", TODAY)
    assert omocode == {"birth_date": date(1985, 4, 3), "gender": "m", "birth_place": "Torino"}
    assert fiscal_code.read("CCCFBA85D03L21VE") == fiscal_code.read("CCCFBA85D03L219P")


def test_the_century_is_the_one_that_lets_somebody_be_born():
    assert fiscal_code.read("RSSMRA26E06F205X").birth_date(TODAY) == date(1926, 5, 6)
    assert fiscal_code.read("RSSMRA26E05F205X").birth_date(TODAY) == date(2026, 5, 5)
    assert fiscal_code.read("RSSMRA00B29F205X").birth_date(TODAY) == date(2000, 2, 29)


def test_a_provisional_code(young_person, now):
    assert fiscal_code.read("12345678903") is None
    assert fiscal_code.fills("12345678903", TODAY) == {}
    assert fiscal_code.differences("12345678903", first_name="Amina", birth_date=TODAY) == []
    actions.set_fiscal_code(person=young_person, code="123 4567 8903", by=young_person.user, now=now)
    young_person.refresh_from_db()
    assert young_person.fiscal_code == "12345678903"


@pytest.mark.parametrize(
    ("written", "sentences"),
    [
        ({"first_name": "Amina", "last_name": "Hassan", "birth_date": date(2004, 5, 3), "gender": "f"}, 0),
        ({"first_name": "Àmina", "last_name": "HASSÁN", "birth_place": "Egitto (EE)"}, 0),
        ({"first_name": "Hassan", "last_name": "Amina"}, 2),
        ({"birth_date": date(2004, 3, 5)}, 1),
        ({"birth_date": date(1904, 5, 3)}, 0),  # a code has no century
        ({"gender": "m"}, 1),
        ({"gender": "x"}, 0),
        ({"birth_place": "Milano"}, 1),
        ({"first_name": "أمينة", "last_name": "李"}, 0),
        ({"birth_date": date(2003, 2, 28)}, 1),
    ],
)
def test_where_it_does_not_fit(written, sentences):
    assert len(fiscal_code.differences(AMINA, **written)) == sentences


WALK_IN = {
    "first_name": "Amina",
    "last_name": "Hassan",
    "birth_date": "2004-03-05",
    "tie": "lives",
    "need": "A course.",
    "channel": "walk_in",
    "next_step": "An interview.",
}


def test_a_mismatch_warns_and_saves(as_user, operator, edition, now):
    desk = as_user(operator)
    page = desk.post(reverse("intake:person-create"), {**WALK_IN, "fiscal_code": AMINA.lower()}, follow=True)
    person = YoungPerson.objects.get(first_name="Amina")
    assert (person.fiscal_code, person.birth_date) == (AMINA, date(2004, 3, 5))
    assert Participation.objects.filter(person=person).exists()
    said = [str(message) for message in page.context["messages"] if message.level_tag == "warning"]
    assert len(said) == 1
    assert "3 maggio 2004" in said[0]
    assert "5 marzo 2004" in said[0]


def test_a_wrong_code_is_said_beside_its_field(as_user, operator, edition, now):
    page = as_user(operator).post(reverse("intake:person-create"), {**WALK_IN, "fiscal_code": AMINA[:-1] + "A"})
    assert list(page.context["form"].errors) == ["fiscal_code"]
    assert not YoungPerson.objects.filter(first_name="Amina").exists()


def test_the_button_fills_in_what_nobody_wrote_and_saves_nothing(as_user, operator, edition, now):
    desk, address = as_user(operator), reverse("intake:person-create")
    form = desk.post(address, {"fill": "1", "fiscal_code": AMINA, "last_name": "Rossi"}).context["form"]
    assert {n: form[n].value() for n in ("birth_date", "gender", "birth_place", "last_name", "first_name")} == {
        "birth_date": "2004-05-03",
        "gender": "f",
        "birth_place": "Egitto",
        "last_name": "Rossi",
        "first_name": None,
    }
    assert not form.errors
    assert len(form.remarks) == 1, "the surname"
    form = desk.post(address, {"fill": "1", "fiscal_code": AMINA, "birth_date": "2004-05-04"}).context["form"]
    assert form["birth_date"].value() == "2004-05-04"
    form = desk.post(address, {"fill": "1", "fiscal_code": "XYZ"}).context["form"]
    assert list(form.errors) == ["fiscal_code"]
    assert not YoungPerson.objects.filter(fiscal_code=AMINA).exists()


def test_on_ones_own_page(as_user, young_person, now):
    me, address = as_user(young_person.user), reverse("accounts:profile")
    answers = {"first_name": "Amina", "last_name": "Hassan", "language": "it", "fiscal_code": AMINA}
    form = me.post(address, {**answers, "fill": "1"}).context["form"]
    assert (form["gender"].value(), form["birth_place"].value()) == ("f", "Egitto")
    page = me.post(address, {**answers, "gender": "m"}, follow=True)
    young_person.refresh_from_db()
    assert (young_person.fiscal_code, young_person.gender) == (AMINA, "m")
    assert [m.level_tag for m in page.context["messages"]].count("warning") >= 1
    assert Event.objects.filter(verb="accounts.fiscal_code_set", about=young_person.pk).count() == 1
    assert me.get(address).context["form"]["fiscal_code"].value() == AMINA


def test_a_verified_code_stays(as_user, operator, young_person, now):
    actions.set_fiscal_code(person=young_person, code=AMINA, by=operator, verified_by=VerifiedBy.STAFF, now=now)
    with pytest.raises(NotNow):
        actions.set_fiscal_code(person=young_person, code="", by=operator, now=now)
    me = as_user(young_person.user)
    assert "fiscal_code" not in me.get(reverse("accounts:profile")).context["form"].fields
    answers = {"first_name": "A", "last_name": "B", "language": "it", "fiscal_code": "RSSMRA85T10A562S"}
    me.post(reverse("accounts:profile"), answers)
    young_person.refresh_from_db()
    assert (young_person.fiscal_code, young_person.first_name) == (AMINA, "A")


def test_a_code_is_verified_for_one_person_only(operator, young_person, now):
    other = factories.YoungPersonFactory()
    actions.set_fiscal_code(person=young_person, code=AMINA, by=operator, verified_by=VerifiedBy.STAFF, now=now)
    with pytest.raises(NotNow) as refusal:
        actions.set_fiscal_code(person=other, code=AMINA, by=operator, verified_by=VerifiedBy.STAFF, now=now)
    assert refusal.value.code == "somebody_else"
    # Said, not proved: it stays a hint for the desk.
    actions.set_fiscal_code(person=other, code=AMINA, by=other.user, now=now)
    # One's omocode is somebody else.
    third = factories.YoungPersonFactory()
    actions.set_fiscal_code(person=third, code=OMOCODE, by=operator, verified_by=VerifiedBy.STAFF, now=now)


def test_only_oneself_and_operators_and_only_these_verify(young_person, partner_staff, now):
    with pytest.raises(PermissionDenied):
        actions.set_fiscal_code(person=young_person, code=AMINA, by=partner_staff, now=now)
    with pytest.raises(PermissionDenied):
        actions.set_fiscal_code(
            person=young_person, code=AMINA, by=young_person.user, verified_by=VerifiedBy.STAFF, now=now
        )
