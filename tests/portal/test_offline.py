"""What the server says about copies: whose page it is, and that on signing out all goes."""

from django.urls import reverse

from tests import factories

OFFLINE = reverse("portal:offline")


def test_each_answer_says_whose_it_is(as_user, client, young_person, other_young_person, participation, operator):
    marks = [
        as_user(user).get(reverse("portal:home"), follow=True)["Copy-For"]
        for user in (young_person.user, other_young_person.user, operator)
    ]
    assert marks[0] != marks[1]
    assert all(marks[:2])
    assert marks[2] == ""
    assert client.get("/")["Copy-For"] == ""
    page = as_user(young_person.user).get("/").content.decode()
    assert f'<meta name="copy-for" content="{marks[0]}">' in page
    assert str(young_person.user.pk) not in marks[0]


def test_signing_out_clears_the_phone_of_young_people_alone(as_user, young_person, operator):
    """What staff were typing in an interview outlives their session."""
    out = reverse("account_logout")
    assert as_user(young_person.user).post(out)["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in as_user(operator).post(out)


def test_an_ended_session_clears_it_too(as_user, young_person, now):
    phone = as_user(young_person.user)
    young_person.user.sessions_valid_from = now
    young_person.user.save()
    session = phone.session
    session["since"] = now.timestamp() - 60
    session.save()
    answer = phone.get("/")
    assert answer["Copy-For"] == ""
    assert answer["Clear-Site-Data"] == '"storage"'


def test_the_service_worker_comes_from_the_root_and_is_never_stale(client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript"
    assert "no-cache" in answer["Cache-Control"]
    assert "connect-src 'self'" in answer["Content-Security-Policy"]
    # The addresses that it knows by heart.
    for address in (OFFLINE, reverse("account_logout"), "/static/"):
        assert address in answer.content.decode()


def test_the_page_to_keep_says_the_next_step_and_holds_nothing_to_send(
    as_user, participation, operator, django_assert_max_num_queries
):
    factories.AppointmentFactory(participation=participation, operator=operator, place="Via Dogana 2")
    phone = as_user(participation.person.user)
    with django_assert_max_num_queries(12):
        page = phone.get(OFFLINE).content.decode()
    assert "Via Dogana 2" in page
    assert "<form" not in page
