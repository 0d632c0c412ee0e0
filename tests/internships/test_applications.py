"""Offers are written, applied for, answered; nobody waits in silence."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from foundation.communications.models import OutgoingMessage
from foundation.files.models import StoredFile
from foundation.privacy.models import Event
from intake.enums import ParticipationState, ReferralState
from internships import actions
from internships.enums import HostAnswer
from internships.links import APPLICATION
from internships.models import Application, ApplicationLink, Offer
from internships.queries.offers import rates_of
from migwork.errors import NotNow
from pathways import actions as pathways
from pathways.models import Enrolment
from tests import factories
from tests.internships.conftest import PDF

WORDS = {
    "title": "Dietro al bancone",
    "summary": "Impari a servire al bar.",
    "description": "Si fanno caffè.",
    "for_whom": "Per chi ama la gente.",
    "what_you_get": "Un mestiere.",
    "contact": "tirocini@example.org",
    "min_age": 16,
    "max_age": 34,
}


def cv():
    return SimpleUploadedFile("cv.pdf", PDF, content_type="application/pdf")


@pytest.fixture
def written(edition, partner, partner_staff, unit, host_tutor, now):
    """What save_offer is told."""
    return {
        "edition": edition,
        "organisation": partner,
        "unit": unit,
        "host_tutor": host_tutor,
        "kind": "extracurricular",
        "starts_on": date(2026, 6, 8),
        "ends_on": date(2026, 9, 30),
        "apply_by": date(2026, 5, 31),
        "weekly_hours": Decimal(25),
        "allowance": "500 € al mese",
        "places": 1,
        "answered_by": partner_staff,
        "by": partner_staff,
        "now": now,
        **WORDS,
    }


@pytest.fixture
def offer(written, partner_admin, partner_staff, now):
    offer = actions.save_offer(**written)
    pathways.change_state(opportunity=offer.opportunity, verb="submit", by=partner_staff, now=now)
    pathways.change_state(opportunity=offer.opportunity, verb="publish", by=partner_admin, now=now)
    return Offer.objects.whole().get(pk=offer.pk)


@pytest.fixture
def draft(offer, participation, young_person, now):
    return actions.write_application(
        offer=offer, participation=participation, text="Mi piace la gente.", upload=cv(), by=young_person.user, now=now
    )


@pytest.fixture
def sent(draft, young_person, now):
    return actions.send_application(application=draft, by=young_person.user, now=now)


@pytest.fixture
def second(offer, other_young_person, edition, now):
    """Another one's, who applied as well."""
    way = factories.ParticipationFactory(person=other_young_person, edition=edition)
    known = {"by": other_young_person.user, "now": now}
    written = actions.write_application(offer=offer, participation=way, text="Anch’io.", upload=cv(), **known)
    return actions.send_application(application=written, **known)


def messages(template, to=None):
    """What was written by this template, known by its subject."""
    with override("it"):
        subject = render_to_string(f"internships/messages/{template}.subject.txt").strip()
    rows = OutgoingMessage.objects.filter(subject=subject)
    return rows.filter(to=to) if to else rows


# --- Offers


def test_an_offer_stands_in_the_catalogue_with_its_days_and_places(client, offer):
    page = client.get(reverse("pathways:opportunity-list"), {"famiglia": "internship", "liberi": "1"}).content.decode()
    assert "Dietro al bancone" in page
    assert "1 posto" in page
    page = client.get(reverse("pathways:opportunity-detail", args=[offer.opportunity.slug])).content.decode()
    assert "500 € al mese" in page
    assert "Bar Basso" in page
    assert "Candidati entro" in page
    assert "Iscriviti" not in page


def test_it_has_no_more_places_than_the_workplace_has_free(written):
    """Twelve employees make two places; what another offer holds is not free."""
    actions.save_offer(**written)
    with pytest.raises(ValidationError) as refused:
        actions.save_offer(**{**written, "places": 2})
    assert "places" in refused.value.message_dict
    actions.save_offer(**written)
    with pytest.raises(ValidationError):
        actions.save_offer(**written)
    # Whoever only watches holds no place.
    actions.save_offer(**{**written, "kind": "shadowing", "places": 5})


def test_only_the_partner_writes_it(written, other_partner_staff, operator, young_person):
    for stranger in (other_partner_staff, operator, young_person.user):
        with pytest.raises(PermissionDenied):
            actions.save_offer(**{**written, "by": stranger})


def test_nobody_is_enrolled_in_it(offer, participation, operator, now):
    with pytest.raises(NotNow) as refused:
        pathways.enrol(run=offer.run, participation=participation, by=operator, now=now)
    assert refused.value.code == "application"
    assert not Enrolment.objects.exists()


# --- Applying


def test_what_is_written_is_kept_and_sent_once(offer, draft, participation, young_person, now):
    assert not messages("application_new").exists()
    for _again in range(2):
        actions.send_application(application=draft, by=young_person.user, now=now)
    assert Application.objects.get().state == "sent"
    assert messages("application_new", "marta@example.org").count() == 1
    assert messages("application_sent").count() == 1
    (to_host,) = messages("application_host")
    assert date_format(timezone.localtime(ApplicationLink.objects.get().ends_at), "j F Y") in to_host.text
    with pytest.raises(NotNow) as refused:
        actions.write_application(
            offer=offer, participation=participation, text="Ancora", by=young_person.user, now=now
        )
    assert refused.value.code == "again"


def test_the_file_given_first_is_deleted_for_the_second(draft, offer, participation, young_person, now):
    first = draft.cv.pk
    known = {"offer": offer, "participation": participation, "by": young_person.user, "now": now}
    actions.write_application(**known, text="Meglio.", upload=cv())
    assert not StoredFile.objects.filter(pk=first).exists()
    assert actions.write_application(**known, text="Ancora meglio.").cv is not None


def test_half_an_application_is_not_sent(offer, participation, young_person, now):
    known = {"by": young_person.user, "now": now}
    draft = actions.write_application(offer=offer, participation=participation, text="", **known)
    with pytest.raises(NotNow):
        actions.send_application(application=draft, **known)
    draft = actions.write_application(offer=offer, participation=participation, text="Ciao", **known)
    with pytest.raises(NotNow) as refused:
        actions.send_application(application=draft, **known)
    assert refused.value.code == "cv"


def test_nobody_applies_for_somebody_else(offer, participation, operator, other_young_person, now):
    for stranger in (operator, other_young_person.user):
        with pytest.raises(PermissionDenied):
            actions.write_application(offer=offer, participation=participation, text="x", by=stranger, now=now)


@pytest.mark.parametrize("why", ["closed", "late", "full", "paused", "way"])
def test_one_sentence_says_why_one_cannot_apply(why, offer, draft, participation, young_person, partner_admin, now):
    if why == "closed":
        pathways.change_state(opportunity=offer.opportunity, verb="expire", by=partner_admin, now=now)
    elif why == "late":
        now += timedelta(days=40)
    elif why == "full":
        pathways.give_place(run=offer.run)
    elif why == "paused":
        pathways.pause_run(run=offer.run, by=None, now=now)
    else:
        type(participation).objects.filter(pk=participation.pk).update(
            state=ParticipationState.CLOSED, closed_at=now, ending="work"
        )
    with pytest.raises(NotNow) as refused:
        actions.send_application(application=draft, by=young_person.user, now=now)
    assert refused.value.message
    assert Application.objects.get().state == "draft"


def test_taking_it_back_closes_the_hosts_way(sent, young_person, client, now):
    link = ApplicationLink.objects.get()
    actions.withdraw_application(application=sent, by=young_person.user, now=now)
    page = client.get(reverse("internships:host-application", args=[APPLICATION.token(link.pk)])).content.decode()
    assert "Mi piace la gente" not in page
    assert "Non serve più una risposta" in page
    assert messages("application_withdrawn", "marta@example.org").count() == 1


# --- The partner chooses


def test_whoever_is_taken_is_entrusted_and_the_proposal_is_filled(sent, partner_staff, as_user, now):
    actions.take(application=sent, by=partner_staff, now=now)
    sent.refresh_from_db()
    assert (sent.state, sent.referral.state) == ("taken", ReferralState.ACCEPTED)
    assert Offer.objects.get().run.places_taken == 1
    page = as_user(partner_staff).get(reverse("internships:internship-create", args=[sent.referral_id]))
    form = page.context["form"]
    assert form["title"].value() == "Dietro al bancone"
    assert (form["starts_on"].value(), form["weekly_hours"].value()) == (date(2026, 6, 8), Decimal(25))
    assert messages("application_taken").count() == 1


def test_two_presses_take_one_place_and_the_next_finds_it_full(sent, second, partner_staff, now):
    for _again in range(2):
        actions.take(application=sent, by=partner_staff, now=now)
    assert Offer.objects.get().run.places_taken == 1
    with pytest.raises(NotNow) as refused:
        actions.take(application=second, by=partner_staff, now=now)
    assert refused.value.code == "full"
    second.refresh_from_db()
    assert (second.state, second.referral) == ("sent", None)


def test_a_referral_that_waits_for_the_partner_serves(sent, participation, partner, operator, partner_staff, now):
    waiting = factories.ReferralFactory(participation=participation, organisation=partner, sent_by=operator)
    waiting.purpose = "internship"
    waiting.save()
    assert actions.take(application=sent, by=partner_staff, now=now).referral == waiting


def test_several_are_turned_down_at_once_and_each_reads_why(sent, second, partner_staff, other_partner_staff, now):
    both = [sent, second]
    with pytest.raises(PermissionDenied):
        actions.turn_down(applications=both, reason="days", by=other_partner_staff, now=now)
    assert actions.turn_down(applications=both, reason="days", by=partner_staff, now=now) == 2
    assert actions.turn_down(applications=both, reason="days", by=partner_staff, now=now) == 0
    assert messages("application_turned_down").count() == 2
    assert "I giorni o gli orari non combaciano" in messages("application_turned_down").first().text


def test_an_interview_is_in_the_future_and_moves(sent, partner_staff, now):
    known = {"application": sent, "by": partner_staff, "now": now, "place": "Via Padova 1"}
    with pytest.raises(ValidationError):
        actions.invite(**known, at=now - timedelta(hours=1))
    at = now + timedelta(days=2)
    actions.invite(**known, at=at)
    actions.invite(**known, at=at)
    assert messages("application_invited").count() == 1
    actions.invite(**known, at=at + timedelta(hours=3))
    assert messages("application_invited").count() == 2


def test_a_place_given_back_is_free_again(sent, young_person, partner_staff, now):
    actions.take(application=sent, by=partner_staff, now=now)
    actions.withdraw_application(application=sent, by=young_person.user, now=now)
    assert Offer.objects.get().run.places_taken == 0


def test_whoever_waits_hears_that_the_offer_is_closed(sent, second, partner_staff, partner_admin, now):
    actions.turn_down(applications=[second], reason="far", by=partner_staff, now=now)
    pathways.change_state(opportunity=sent.offer.opportunity, verb="expire", by=partner_admin, now=now)
    assert set(Application.objects.values_list("state", flat=True)) == {"closed", "turned_down"}
    assert messages("application_closed").count() == 1


# --- The host answers


def page_of(link):
    return reverse("internships:host-application", args=[APPLICATION.token(link.pk)])


def test_scanners_change_nothing(client, sent):
    link, before = ApplicationLink.objects.get(), Event.objects.count()
    for _again in range(3):
        assert client.get(page_of(link)).status_code == 200
        assert client.head(page_of(link)).status_code == 200
    sent.refresh_from_db()
    assert (sent.state, sent.host_answer, Event.objects.count()) == ("sent", "", before)
    assert ApplicationLink.objects.get().is_open(timezone.now())


def test_the_host_reads_words_and_cv_and_nothing_else(client, sent, young_person, now):
    page = client.get(page_of(ApplicationLink.objects.get())).content.decode()
    assert "Mi piace la gente" in page
    for secret in (young_person.last_name, young_person.email or "@@", "NEET"):
        assert secret not in page


@pytest.mark.parametrize(("answer", "state"), [("meet", "shortlisted"), ("yes", "shortlisted"), ("no", "turned_down")])
def test_one_click_answers_and_the_second_is_the_same(client, sent, answer, state):
    link = ApplicationLink.objects.get()
    for _again in range(2):
        assert client.post(page_of(link), {"answer": answer}).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.host_answer) == (state, answer)
    (to_partner,) = messages("application_host_answered")
    assert str(HostAnswer(answer).label) in to_partner.text
    assert messages(f"application_{state}").count() == 1


def test_a_no_can_be_mended_by_the_partner_alone(client, sent, partner_staff, now):
    link = ApplicationLink.objects.get()
    actions.answer_by_link(link=link, answer="no", now=now)
    with pytest.raises(NotNow):
        actions.answer_by_link(link=link, answer="yes", now=now)
    actions.shortlist(application=sent, by=partner_staff, now=now)
    actions.answer_by_link(link=link, answer="yes", now=now)
    sent.refresh_from_db()
    assert (sent.state, sent.host_answer) == ("shortlisted", "yes")


def test_a_link_that_is_over_says_so_and_sends_another(client, sent, host_tutor, now):
    ApplicationLink.objects.update(ends_at=now - timedelta(days=1))
    link = ApplicationLink.objects.get()
    over = client.get(page_of(link))
    assert over.status_code == 410
    assert "Inviatemi un nuovo collegamento" in over.content.decode()
    client.post(page_of(link), {"answer": "no"})
    sent.refresh_from_db()
    assert sent.state == "sent"
    client.post(page_of(link), {"renew": ""})
    assert messages("application_host", host_tutor.email).count() == 2
    assert ApplicationLink.objects.filter(revoked_at=None).get() != link


def test_a_link_taken_back_opens_nothing(client, sent, partner_staff, now):
    link = ApplicationLink.objects.get()
    actions.take_host_link_back(application=sent, by=partner_staff, now=now)
    over = client.get(page_of(link))
    assert over.status_code == 410
    assert "Mi piace" not in over.content.decode()
    assert client.get(reverse("internships:host-application", args=["guessed"])).status_code == 404
    with pytest.raises(NotNow):
        actions.answer_by_link(link=link, answer="yes", now=now)


# --- The clock


def test_who_does_not_answer_is_reminded_once_then_the_offer_pauses(sent, client, offer, host_tutor, now, settings):
    days = lambda n: now + timedelta(days=n)  # noqa: E731
    assert actions.watch_applications(now=days(settings.APPLICATION_REMINDER_DAYS - 1)) == (0, 0)
    for _again in range(2):
        actions.watch_applications(now=days(settings.APPLICATION_REMINDER_DAYS))
    assert messages("offer_late", "marta@example.org").count() == 1
    assert messages("offer_late_host", host_tutor.email).count() == 1
    for _again in range(2):
        actions.watch_applications(now=days(settings.APPLICATION_PAUSE_DAYS))
    assert messages("offer_paused").count() == 1
    assert messages("application_paused").count() == 1
    page = client.get(reverse("pathways:opportunity-detail", args=[offer.opportunity.slug])).content.decode()
    assert "è in pausa" in page
    assert "1 posto" not in client.get(reverse("pathways:opportunity-list")).content.decode()


def test_a_paused_offer_goes_on_when_it_is_answered(sent, second, offer, partner_staff, now, settings):
    late = now + timedelta(days=settings.APPLICATION_PAUSE_DAYS)
    actions.watch_applications(now=late)
    actions.shortlist(application=sent, by=partner_staff, now=late)
    offer.run.refresh_from_db()
    assert offer.run.paused_at is not None
    actions.turn_down(applications=[second], reason="far", by=partner_staff, now=late)
    offer.run.refresh_from_db()
    assert offer.run.paused_at is None


def test_the_rate_counts_who_was_answered_in_time_from_a_least_number_on(offer, edition, now, settings):
    def applied(days_ago, answered_after, state="shortlisted"):
        at = now - timedelta(days=days_ago)
        answered = at + timedelta(days=answered_after) if answered_after is not None else None
        factories.ApplicationFactory(
            offer=offer, participation__edition=edition, sent_at=at, answered_at=answered, state=state
        )

    days = settings.APPLICATION_RATE_DAYS
    for after in (1, days, days + 1):
        applied(30, after)
    applied(days, None, "sent")
    # Neither who is still within the days, nor who withdrew unheard, says anything.
    applied(days - 1, None, "sent")
    applied(40, None, "withdrawn")
    assert rates_of(offer, now).host is None
    applied(20, 2)
    rate = rates_of(offer, now).host
    assert (rate.answered, rate.asked, rate.share) == (3, 5, 60)


def test_words_and_cv_of_what_led_to_nothing_go_after_their_time(sent, young_person, now, settings):
    actions.withdraw_application(application=sent, by=young_person.user, now=now)
    late = now + timedelta(days=settings.APPLICATION_KEEP_DAYS)
    assert actions.forget_old_applications(now=late - timedelta(days=1)) == 0
    assert actions.forget_old_applications(now=late) == 1
    assert actions.forget_old_applications(now=late) == 0
    sent.refresh_from_db()
    assert (sent.text, sent.cv) == ("", None)
    assert not StoredFile.objects.filter(kind="application-cv").exists()
