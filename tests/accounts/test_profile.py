"""My own data."""

from django.urls import reverse

from foundation.privacy.models import Event

PROFILE = "/io/"
DATA = {
    "first_name": "Amina",
    "last_name": "Bianchi",
    "preferred_name": "Ami",
    "gender": "f",
    "municipality": "Milano",
    "municipio": "4",
    "citizenship": "MA",
    "education": "diploma",
    "employment": "unemployed",
    "language": "en",
}


def test_a_young_person_corrects_their_data(as_user, young_person):
    page = as_user(young_person.user)
    response = page.post(PROFILE, DATA)
    assert response.status_code == 302
    young_person.refresh_from_db()
    assert (young_person.called, young_person.municipio, young_person.is_neet) == ("Ami", 4, True)
    assert response.cookies["django_language"].value == "en"
    event = Event.objects.get(verb="accounts.person_corrected")
    assert "municipio" in event.fields
    page.post(PROFILE, DATA)
    assert Event.objects.filter(verb="accounts.person_corrected").count() == 1


def test_contacts_and_birth_date_cannot_be_slipped_in(as_user, young_person):
    before = young_person.birth_date
    as_user(young_person.user).post(PROFILE, {**DATA, "birth_date": "1999-01-01", "email": "other@example.org"})
    young_person.refresh_from_db()
    assert young_person.birth_date == before
    assert young_person.email != "other@example.org"


def test_what_is_wrong_is_said_and_nothing_saved(as_user, young_person):
    response = as_user(young_person.user).post(PROFILE, {**DATA, "first_name": "", "municipio": "10"})
    assert set(response.context["form"].errors) == {"first_name", "municipio"}
    young_person.refresh_from_db()
    assert young_person.preferred_name == ""


def test_the_page_costs_a_few_queries(as_user, young_person, django_assert_max_num_queries):
    page = as_user(young_person.user)
    with django_assert_max_num_queries(8):
        page.get(reverse("accounts:profile"))


def test_staff_see_their_account_and_have_nothing_to_correct(as_user, operator):
    page = as_user(operator)
    assert "Comune" in page.get(PROFILE).content.decode()
    assert page.post(PROFILE, DATA).status_code == 403
