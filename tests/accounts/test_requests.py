"""Requests about one's own data, and the privacy officer."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts import actions
from accounts.enums import RequestKind, RequestState
from accounts.models import PrivacyRequest
from foundation.communications.models import OutgoingMessage
from foundation.privacy.enums import AccessReason
from foundation.privacy.models import Access, Event
from intake import actions as intake_actions
from migwork.errors import NotNow
from tests.factories import AccessFactory, PrivacyRequestFactory, YoungPersonFactory

pytestmark = pytest.mark.django_db

KINDS = {
    "correzione": RequestKind.CORRECTION,
    "opposizione": RequestKind.OBJECTION,
    "limitazione": RequestKind.LIMITATION,
    "cancellazione": RequestKind.ERASURE,
    "nomi": RequestKind.NAMES,
}


def ask(person, now, kind=RequestKind.ERASURE, text="perché sì"):
    return actions.ask(person=person, kind=kind, text=text, by=person.user, now=now)


@pytest.mark.parametrize(("address", "kind"), KINDS.items())
def test_each_kind_with_its_term(as_user, young_person, privacy_officer, now, address, kind):
    page = as_user(young_person.user)
    assert "5 giugno 2026" in page.get(f"/io/richieste/{address}/").content.decode()
    page.post(f"/io/richieste/{address}/", {"text": "perché sì"})
    asked = PrivacyRequest.objects.get()
    assert (asked.kind, asked.due_on, asked.state) == (kind, date(2026, 6, 5), RequestState.OPEN)
    told = {message.to: f"{message.subject} {message.text}" for message in OutgoingMessage.objects.all()}
    assert set(told) == {young_person.email, privacy_officer.email}
    assert young_person.last_name not in "".join(told.values())
    assert "perché sì" not in "".join(told.values())

    # Once longer, with a reason, up to three months from the day it was asked.
    until = date(2026, 8, 5)
    for wrong in (date(2026, 6, 5), date(2026, 8, 6)):
        with pytest.raises(ValidationError):
            actions.extend(request=asked, until=wrong, reason="Molte carte.", by=privacy_officer, now=now)
    with pytest.raises(ValidationError):
        actions.extend(request=asked, until=until, reason=" ", by=privacy_officer, now=now)
    actions.extend(request=asked, until=until, reason="Molte carte.", by=privacy_officer, now=now)
    with pytest.raises(NotNow):
        actions.extend(request=asked, until=until, reason="Ancora.", by=privacy_officer, now=now)
    shown = page.get("/io/richieste/").content.decode()
    assert "5 agosto 2026" in shown
    assert "Molte carte." in shown


def test_a_month_from_the_31st_ends_with_the_next_month(young_person, privacy_officer):
    asked = ask(young_person, datetime(2027, 1, 31, 12, tzinfo=ZoneInfo("Europe/Rome")))
    assert asked.due_on == date(2027, 2, 28)


def test_one_of_a_kind_at_a_time_and_it_can_be_taken_back(as_user, young_person, other_young_person, now):
    asked = ask(young_person, now)
    with pytest.raises(NotNow):
        ask(young_person, now)
    assert as_user(other_young_person.user).post(f"/io/richieste/{asked.pk}/ritiro/").status_code == 404
    as_user(young_person.user).post(f"/io/richieste/{asked.pk}/ritiro/")
    asked.refresh_from_db()
    assert asked.state == RequestState.WITHDRAWN
    with pytest.raises(NotNow):
        actions.take_back(request=asked, by=young_person.user, now=now)
    assert ask(young_person, now)


def test_names_through_the_officer(as_user, young_person, operator, privacy_officer, now):
    AccessFactory(about=young_person.pk, by=operator, why=AccessReason.DESK, at=now)
    page = as_user(young_person.user)
    assert operator.name not in page.get("/io/accessi/").content.decode()
    page.post("/io/richieste/nomi/", {"text": "Chi era?"})
    asked = PrivacyRequest.objects.get(kind=RequestKind.NAMES)
    officer = as_user(privacy_officer)
    assert operator.name in officer.get(f"/richieste-privacy/{asked.pk}/").content.decode()
    # That the officer looked is noted too.
    assert Access.objects.filter(about=young_person.pk, by=privacy_officer, why=AccessReason.REQUEST).exists()
    officer.post(f"/richieste-privacy/{asked.pk}/", {"answer": "Era Sara Conti, allo sportello.", "verb": "grant"})
    assert "Era Sara Conti" in page.get("/io/richieste/").content.decode()


def test_the_officers_page(as_user, privacy_officer, operator, coordinator, administrator, now):
    late = PrivacyRequestFactory(due_on=now.date() - timedelta(days=1), person__last_name="Tardi")
    soon = PrivacyRequestFactory(due_on=now.date() + timedelta(days=3), person__last_name="Presto")
    longer = PrivacyRequestFactory(
        due_on=now.date() + timedelta(days=1),
        extended_to=now.date() + timedelta(days=60),
        extension_reason="Molte carte.",
        person__last_name="Lungo",
    )
    page = as_user(privacy_officer)
    assert page.get("/richieste-privacy/").context["rows"] == [late, soon, longer]
    for user in (operator, coordinator, administrator, late.person.user):
        assert as_user(user).get("/richieste-privacy/").status_code == 403
        for act in (
            lambda by: actions.answer(request=late, verb="refuse", answer="No.", by=by, now=now),
            lambda by: actions.extend(request=late, until=now.date(), reason="x", by=by, now=now),
        ):
            with pytest.raises(PermissionDenied):
                act(user)

    response = page.post(f"/richieste-privacy/{late.pk}/", {"answer": "", "verb": "refuse"})
    assert "answer" in response.context["form"].errors
    page.post(f"/richieste-privacy/{late.pk}/", {"answer": "Serve per legge.", "verb": "refuse"})
    late.refresh_from_db()
    assert (late.state, late.answered_by, late.answered_at) == (RequestState.REFUSED, privacy_officer, now)
    shown = as_user(late.person.user).get("/io/richieste/").content.decode()
    assert "Serve per legge." in shown
    assert "Garante" in shown
    again = page.post(f"/richieste-privacy/{late.pk}/cancellazione/", {"answer": "Sì.", "verb": "grant"})
    assert again["Location"] == f"/richieste-privacy/{late.pk}/"
    late.refresh_from_db()
    assert (late.state, late.answer) == (RequestState.REFUSED, "Serve per legge.")
    assert page.post(f"/richieste-privacy/{soon.pk}/", {"answer": "Sì.", "verb": "withdraw"}).status_code == 404


def test_the_officer_is_reminded_once_before_each_end(privacy_officer, now):
    PrivacyRequestFactory(due_on=now.date() + timedelta(days=7))
    PrivacyRequestFactory(due_on=now.date() + timedelta(days=20))
    assert actions.remind_of_requests(now=now) == 1
    assert actions.remind_of_requests(now=now + timedelta(days=1)) == 0
    assert actions.remind_of_requests(now=now + timedelta(days=5)) == 1
    assert actions.remind_of_requests(now=now + timedelta(days=6)) == 0


def test_limited_means_hands_off(as_user, young_person, participation, operator, partner, privacy_officer, now):
    asked = ask(young_person, now, RequestKind.LIMITATION)
    as_user(privacy_officer).post(f"/richieste-privacy/{asked.pk}/", {"answer": "Va bene.", "verb": "grant"})
    young_person.refresh_from_db()
    assert young_person.limited_at == now
    with pytest.raises(NotNow, match="non usare"):
        intake_actions.refer(
            participation=participation, organisation=partner, purpose="training", by=operator, now=now
        )
    with pytest.raises(NotNow, match="non usare"):
        actions.correct_person(person=young_person, by=operator, now=now, municipality="Monza")
    shown = as_user(operator).get(f"/persone/{participation.pk}/").content.decode()
    assert "non usare per ora i suoi dati" in shown
    # The person lifts it themselves.
    as_user(young_person.user).post("/io/richieste/limitazione/fine/")
    young_person.refresh_from_db()
    assert young_person.limited_at is None
    assert intake_actions.refer(
        participation=participation, organisation=partner, purpose="training", by=operator, now=now
    )


def test_an_erasure_granted_takes_the_person_out_and_tells_them(
    as_user, young_person, participation, privacy_officer, now
):
    asked = ask(young_person, now)
    page, address = as_user(young_person.user), young_person.email
    officer, page_of_yes = as_user(privacy_officer), f"/richieste-privacy/{asked.pk}/cancellazione/"
    words = {"answer": "Resta solo la ricevuta.", "verb": "grant_in_part"}
    # A click on the request itself erases nothing: it leads to the page that asks once more.
    assert officer.post(f"/richieste-privacy/{asked.pk}/", words)["Location"] == page_of_yes
    shown = officer.get(page_of_yes).content.decode()
    assert "Che cosa va via" in shown
    assert "Che cosa resta" in shown
    assert set(officer.post(page_of_yes, {"answer": ""}).context["form"].errors) == {"answer", "verb"}
    assert officer.post(page_of_yes, {**words, "verb": "refuse"}).context["form"].errors
    young_person.refresh_from_db()
    assert young_person.anonymised_at is None
    officer.post(page_of_yes, words)
    young_person.refresh_from_db()
    assert young_person.anonymised_at == now
    assert officer.get(page_of_yes)["Location"] == f"/richieste-privacy/{asked.pk}/"
    assert "Bianchi" not in young_person.full_name
    assert page.get("/io/dati/").status_code == 302
    message = OutgoingMessage.objects.get(key=f"request:{asked.pk}:request_erased")
    assert (message.to, message.about) == (address, None)
    assert "Resta solo la ricevuta." in message.text
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == (RequestState.PARTLY, "…")


def test_only_an_erasure_has_the_page_of_its_yes(as_user, young_person, privacy_officer, now):
    asked = ask(young_person, now, RequestKind.LIMITATION)
    assert as_user(privacy_officer).get(f"/richieste-privacy/{asked.pk}/cancellazione/").status_code == 404


def test_an_erasure_turned_down_erases_nothing(young_person, privacy_officer, now):
    asked = ask(young_person, now)
    actions.answer(request=asked, verb="refuse", answer="Serve per legge.", by=privacy_officer, now=now)
    young_person.refresh_from_db()
    assert young_person.anonymised_at is None


def test_only_who_asks_and_the_officer(young_person, operator, other_young_person, privacy_officer, now):
    for by in (operator, other_young_person.user):
        with pytest.raises(PermissionDenied):
            actions.ask(person=young_person, kind=RequestKind.ERASURE, by=by, now=now)
        with pytest.raises(PermissionDenied):
            actions.lift_limitation(person=young_person, by=by, now=now)
    # Somebody asked by letter.
    without_account = YoungPersonFactory(user=None)
    assert actions.ask(person=without_account, kind=RequestKind.ERASURE, by=privacy_officer, now=now)


def test_a_letter_counts_from_the_day_it_arrived(as_user, privacy_officer, edition, now):
    writer = YoungPersonFactory(user=None, last_name="Esposito", email="")
    officer, arrived = as_user(privacy_officer), now.date() - timedelta(days=9)
    found = officer.post("/richieste-privacy/lettera/", {"q": "esposito"}).content.decode()
    address = f"/richieste-privacy/lettera/{writer.pk}/"
    assert address in found
    assert "Esposito" in officer.get(address).content.decode()
    assert Access.objects.filter(about=writer.pk, by=privacy_officer, why=AccessReason.REQUEST).exists()
    wrong = {"arrived_on": now.date() + timedelta(days=1), "kind": "erasure"}
    for said in (wrong, {**wrong, "arrived_on": date(2019, 4, 26)}, {"arrived_on": arrived, "kind": "correction"}, {}):
        assert officer.post(address, said).context["form"].errors
    assert not PrivacyRequest.objects.exists()

    officer.post(address, {"arrived_on": arrived, "kind": "erasure", "text": "Lettera del 20 aprile."})
    asked = PrivacyRequest.objects.get()
    assert (asked.asked_at.date(), asked.due_on) == (date(2026, 4, 26), date(2026, 5, 26))
    assert (asked.asked_by, asked.person, asked.state) == (privacy_officer, writer, RequestState.OPEN)
    event = Event.objects.get(verb="accounts.request_made")
    assert (event.at, event.by, event.about) == (now, privacy_officer, writer.pk)
    again = officer.post(address, {"arrived_on": arrived, "kind": "erasure"})
    assert "aperta" in again.content.decode()


def test_only_the_officer_says_when_a_letter_arrived(young_person, operator, now):
    for by in (young_person.user, operator):
        with pytest.raises(PermissionDenied):
            actions.ask(person=young_person, kind=RequestKind.ERASURE, arrived_on=date(2026, 4, 1), by=by, now=now)


def test_an_erasure_granted_in_another_window_offers_nothing_more(as_user, young_person, privacy_officer, now):
    asked, officer = ask(young_person, now), as_user(privacy_officer)
    page = f"/richieste-privacy/{asked.pk}/cancellazione/"
    said = {"verb": "grant", "answer": "Fatto"}
    officer.post(page, said)
    again = officer.post(page, said, follow=True)
    assert again.redirect_chain[-1][0] == f"/richieste-privacy/{asked.pk}/"
    text = again.content.decode()
    assert "ha già avuto una risposta" in text
    assert "Cancella per sempre" not in text


def test_what_is_missing_stands_on_top_of_the_erasure(as_user, young_person, privacy_officer, now):
    """Without JavaScript nobody is led there, and the form is two screens further down."""
    page = as_user(privacy_officer).post(f"/richieste-privacy/{ask(young_person, now).pk}/cancellazione/", {})
    text = page.content.decode()
    assert text.index("error-summary") < text.index("Che cosa va via")
