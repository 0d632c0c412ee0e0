"""What somebody who means harm, has two tabs open, or is a day late tries with internships: each refused."""

import logging
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import get_resolver, reverse

from accounts.models import User
from foundation.communications.models import OutgoingMessage
from foundation.documents import actions as documents
from foundation.privacy.models import Event
from internships import actions
from internships.host_link import token_of as host_token
from internships.links import APPLICATION, HOST_PART
from internships.models import Allowance, BankAccount, RegisterDay, RegisterMonth, TrainingProject
from internships.queries.ends import EVALUATION_LINKS, LATER_LINKS, PAPER_LINKS
from migwork.errors import NotNow
from migwork.logs import HideKeys
from tests import factories
from tests.internships.test_papers import HOST, PROMOTER, agreement, boss, papers, sign_all, signers, write_all  # noqa: F401

ROME = ZoneInfo("Europe/Rome")
TODAY, LAST = date(2026, 5, 5), date(2026, 6, 1)


def at(day, hour=18):
    return datetime.combine(day, time(hour), ROME)


@pytest.fixture
def whom(partner_staff, now):
    return {"reason": "Così è stato deciso", "by": partner_staff, "now": now}


def limit(person, now):
    person.limited_at = now
    person.save(update_fields=["limited_at"])


# --- the register, around its edges -----------------------------------------------------


def test_on_suspended_days_nobody_was_there_also_once_it_goes_on(running, whom, partner_staff):
    actions.suspend(internship=running, kind="closure", starts_on=TODAY, ends_on=date(2026, 5, 19), **whom)
    back = at(date(2026, 5, 20))
    actions.follow_suspensions(now=back)
    intern = running.participation.person.user
    on = date(2026, 5, 12)
    with pytest.raises(ValidationError, match="sospes"):
        actions.say_day(internship=running, on=on, hours=Decimal(6), by=intern, now=back)
    with pytest.raises(ValidationError, match="sospes"):
        actions.record_day(internship=running, on=on, hours=Decimal(6), by=partner_staff, now=back)
    with pytest.raises(ValidationError, match="sospes"):
        actions.record_days(internship=running, hours={on: Decimal(6)}, by=partner_staff, now=back)
    assert not running.days.exists()


def test_after_an_early_end_no_day_is_put_right_into_the_register(running, partner_staff, step):
    end = at(date(2026, 5, 11))
    over = step(running, "end_early", at=end, reason="Ha trovato un lavoro", ended_on=date(2026, 5, 8))
    later = at(date(2026, 6, 2))
    known = {"internship": over, "reason": "Dimenticato", "by": partner_staff, "now": later}
    with pytest.raises(ValidationError):
        actions.amend_day(on=date(2026, 5, 12), hours=Decimal(8), **known)
    actions.amend_day(on=date(2026, 5, 8), hours=Decimal(6), **known)
    assert [day.on for day in RegisterDay.objects.all()] == [date(2026, 5, 8)]


@pytest.mark.parametrize("first", [date(2026, 4, 1), date(2026, 7, 1), date(2026, 5, 2)])
def test_no_month_is_closed_in_which_the_internship_has_no_day(running, partner_staff, now, first):
    link = actions.send_host_link(tutor=running.host_tutor, by=partner_staff, now=now)
    later = at(date(2026, 8, 3))
    with pytest.raises(NotNow):
        actions.close_month(internship=running, first=first, by=partner_staff, now=later)
    with pytest.raises(NotNow):
        actions.confirm_month(internship=running, first=first, link=link, now=later)
    assert not RegisterMonth.objects.exists()


def test_no_month_after_an_early_end_is_closed(running, whom, partner_staff, step):
    actions.extend(internship=running, ends_on=date(2026, 8, 31), **whom)
    over = step(running, "end_early", at=at(date(2026, 5, 11)), reason="Ha trovato un lavoro")
    later = at(date(2026, 9, 3))
    with pytest.raises(NotNow):
        actions.close_month(internship=over, first=date(2026, 7, 1), by=partner_staff, now=later)
    assert not Allowance.objects.exists()


def test_who_comes_back_ends_the_pause_under_way_and_not_one_planned_for_later(running, whom, partner_staff, now):
    actions.extend(internship=running, ends_on=date(2026, 9, 30), **whom)
    actions.suspend(internship=running, kind="closure", starts_on=date(2026, 8, 3), ends_on=date(2026, 8, 23), **whom)
    actions.suspend(internship=running, kind="illness", starts_on=TODAY, ends_on=date(2026, 6, 30), **whom)
    running.refresh_from_db()
    assert running.state == "suspended"
    back = {**whom, "now": at(date(2026, 6, 15))}
    actions.resume(internship=running, on=date(2026, 6, 16), **back)
    assert list(running.suspensions.order_by("starts_on").values_list("starts_on", "ends_on")) == [
        (TODAY, date(2026, 6, 15)),
        (date(2026, 8, 3), date(2026, 8, 23)),
    ]


# --- the allowance ----------------------------------------------------------------------


@pytest.fixture
def due(running, partner_staff, now):
    """The allowance of May, of a closed month."""
    actions.set_terms(internship=running, terms={"part_month": "whole"}, by=partner_staff, now=now)
    RegisterDay.objects.bulk_create(
        RegisterDay(internship=running, on=on, hours=Decimal(6), recorded_by=partner_staff, recorded_at=now)
        for on in (date(2026, 5, n) for n in range(5, 30))
        if on.weekday() < 5
    )
    actions.close_month(internship=running, first=date(2026, 5, 1), by=partner_staff, now=at(LAST))
    return Allowance.objects.get()


def test_what_is_paid_is_what_the_page_showed(client, due, partner_staff):
    """The payer was given another sum than the month has since a day of it was put right."""
    client.force_login(partner_staff)
    page = reverse("internships:allowance-list") + "?mese=2026-05"
    shown = re.search(r'name="row" value="([^"]+)"', client.get(page).content.decode()).group(1)
    said = {"row": shown, "verb": "pay", "paid_on": "2026-05-05"}
    was = due.amount
    Allowance.objects.update(amount=was - 100)
    assert "è cambiato" in client.post(page, said).content.decode()
    due.refresh_from_db()
    assert due.state == "due"
    known = {"allowances": [due], "verb": "order", "by": partner_staff, "now": at(LAST)}
    with pytest.raises(NotNow):
        actions.step_allowances(seen={due.pk: was}, **known)
    assert actions.step_allowances(seen={due.pk: was - 100}, **known) == 1


def test_nothing_was_paid_before_its_month(due, partner_staff):
    known = {"allowances": [due], "verb": "pay", "by": partner_staff, "now": at(LAST)}
    for day in (date(2026, 4, 30), date(1999, 1, 1)):
        with pytest.raises(ValidationError):
            actions.step_allowances(paid_on=day, **known)
    assert actions.step_allowances(paid_on=LAST, **known) == 1


# --- data that rest ---------------------------------------------------------------------


@pytest.fixture
def asked_host(edition, partner, partner_staff, participation, now):
    """A host asked about an application; whose young person wants no use of their data since."""
    offer = factories.OfferFactory(
        opportunity__edition=edition, opportunity__organisation=partner, answered_by=partner_staff
    )
    application = factories.ApplicationFactory(offer=offer, participation=participation)
    link = factories.ApplicationLinkFactory(application=application)
    limit(participation.person, now)
    return link


@pytest.mark.parametrize("answer", ["meet", "yes", "no"])
def test_a_host_answers_no_application_of_data_that_rest(client, asked_host, answer):
    address = reverse("internships:host-application", args=[APPLICATION.token(asked_host.pk)])
    client.post(address, {"answer": answer})
    asked_host.application.refresh_from_db()
    assert (asked_host.application.state, asked_host.application.host_answer) == ("sent", "")
    assert not OutgoingMessage.objects.exists()


def test_no_new_link_goes_out_about_data_that_rest(client, asked_host, now):
    asked_host.ends_at = now - timedelta(hours=1)
    asked_host.created_at = now - timedelta(days=40)
    asked_host.save()
    client.post(reverse("internships:host-application", args=[APPLICATION.token(asked_host.pk)]), {"renew": "1"})
    assert not OutgoingMessage.objects.exists()
    assert asked_host.application.links.count() == 1


def test_nobody_sends_the_host_an_application_of_data_that_rest(asked_host, partner_staff, now):
    application = asked_host.application
    with pytest.raises(NotNow):
        actions.ask_host_about(application=application, tutor=asked_host.tutor, by=partner_staff, now=now)
    assert not OutgoingMessage.objects.exists()


def test_no_internship_is_proposed_with_data_that_rest(proposal, participation, now):
    limit(participation.person, now)
    with pytest.raises(NotNow) as refused:
        actions.open_internship(**proposal)
    assert refused.value.code == "limited"


@pytest.fixture
def with_host(internship, boss, partner_staff, now):  # noqa: F811
    act = {"internship": internship, "by": partner_staff, "now": now}
    actions.write_promoter(**act, **PROMOTER)
    return actions.ask_host(**act)


def test_the_page_of_the_host_shows_nobody_whose_data_rest(client, with_host, participation, now):
    address = reverse("internships:host-part", args=[HOST_PART.token(with_host.host_key)])
    called = participation.person.short_name
    assert called in client.get(address).content.decode()
    limit(participation.person, now)
    shown = client.get(address)
    assert called not in shown.content.decode()
    assert shown.status_code == 410


def test_the_copy_of_a_paper_opens_for_nobody_while_data_rest(client, running, young_person, now):
    paper = factories.EndPaperFactory(internship=running)
    address = reverse("internships:paper-by-link", args=[PAPER_LINKS.token(paper.pk)])
    assert client.get(address).status_code == 200
    limit(young_person, now)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_an_altered_paper_of_the_end_is_handed_out_to_nobody(client, running, partner_staff):
    paper = factories.EndPaperFactory(internship=running)
    paper.document.sha256 = "0" * 64
    paper.document.save()
    client.force_login(partner_staff)
    assert client.get(reverse("internships:paper", args=[paper.pk])).status_code == 410
    client.logout()
    by_link = reverse("internships:paper-by-link", args=[PAPER_LINKS.token(paper.pk)])
    assert client.post(by_link).status_code == 410


def test_the_evaluation_by_link_names_nobody_whose_data_rest(client, running, young_person, now):
    evaluation = factories.EvaluationFactory(internship=running, side="host")
    address = reverse("internships:evaluation", args=[EVALUATION_LINKS.token(evaluation.pk)])
    assert young_person.short_name in client.get(address).content.decode()
    limit(young_person, now)
    assert client.get(address).status_code == 404


# --- what was called off ------------------------------------------------------------------


def test_the_project_of_a_cancelled_internship_rests(client, with_host, internship, boss, step, partner_staff, now):  # noqa: F811
    step(internship, "cancel", reason="Il bar chiude")
    act = {"internship": internship, "by": partner_staff, "now": now}
    OutgoingMessage.objects.all().delete()
    for attack in (
        lambda: actions.ask_host(**act),
        lambda: actions.give_back(**act),
        lambda: actions.write_for_intern(**act, wishes="x", needs=""),
        lambda: actions.write_host(project=with_host, **HOST, signer=boss, is_done=True, now=now),
        lambda: actions.ask_for_change_by_link(project=with_host, note="Ma no", now=now),
    ):
        with pytest.raises(NotNow):
            attack()
    assert TrainingProject.objects.get().state == "host"
    assert not OutgoingMessage.objects.exists()
    address = reverse("internships:host-part", args=[HOST_PART.token(with_host.host_key)])
    client.post(address, {**HOST, "save": "1"})
    assert TrainingProject.objects.get().activities == ""


def test_nobody_was_hired_a_hundred_years_ahead(running, step, partner_staff, now):
    over = step(running, "complete", at=at(LAST))
    known = {"internship": over, "kind": "hired", "contract_months": 12, "by": partner_staff, "now": at(LAST)}
    for day in (date(2126, 6, 1), date(9999, 12, 31)):
        with pytest.raises(ValidationError):
            actions.record_outcome(hired_on=day, **known)
    actions.record_outcome(hired_on=date(2026, 7, 1), **known)


# --- what runs by itself ------------------------------------------------------------------


def test_one_whose_data_rest_does_not_stop_the_clock_of_all_others(running, whom, partner_staff, now):
    """Each morning pauses begin and end: of who rests nothing changes, of the others all."""
    pause = {"kind": "closure", "starts_on": date(2026, 5, 7), "ends_on": date(2026, 5, 21)}
    actions.suspend(internship=running, **pause, **whom)
    other = factories.InternshipFactory(state="running", starts_on=TODAY, ends_on=LAST)
    factories.SuspensionFactory(internship=other, **pause)
    limit(running.participation.person, now)
    actions.follow_suspensions(now=at(date(2026, 5, 7), 6))
    assert {row.state for row in (running, other) if row.refresh_from_db() is None} == {"running", "suspended"}


@pytest.fixture
def being_signed(internship, agreement, boss, step, partner_staff, now):  # noqa: F811
    step(internship, "agree")
    write_all(internship, boss, partner_staff, now)
    return actions.send_project(internship=internship, promoter_signer=partner_staff, by=partner_staff, now=now)


@pytest.mark.usefixtures("quick_documents", "papers")
def test_a_paper_of_data_that_rest_does_not_stop_the_others_from_running_out(being_signed, participation, now):
    limit(participation.person, now)
    other = factories.SignatureRequestFactory(ends_at=now + timedelta(days=1))
    documents.expire(now=now + timedelta(days=60))
    other.refresh_from_db()
    assert other.state == "expired"
    assert not set(signers(being_signed)["host"].links.filter(ends_at__gt=now + timedelta(days=60)))


@pytest.mark.usefixtures("quick_documents", "papers")
def test_who_left_the_promoter_signs_nothing_for_it(client, being_signed, partner_staff):
    mine = signers(being_signed)["promoter"]
    client.force_login(partner_staff)
    address = reverse("internships:paper-sign", args=[mine.pk])
    assert client.get(address).status_code == 200
    partner_staff.memberships.update(is_active=False)
    assert client.get(address).status_code == 404
    assert client.post(address, {"read": "on", "name": mine.name}).status_code == 404
    assert client.post(reverse("internships:paper-refuse", args=[mine.pk]), {"reason": "No"}).status_code == 404


@pytest.mark.usefixtures("quick_documents", "papers")
def test_who_left_the_promoter_signs_by_no_other_way(being_signed, partner_staff, now):
    mine = signers(being_signed)["promoter"]
    partner_staff.memberships.update(is_active=False)
    with pytest.raises(PermissionDenied):
        documents.sign(signer=mine, by=User.objects.get(pk=partner_staff.pk), now=now)


@pytest.mark.usefixtures("quick_documents", "papers")
def test_nobody_signs_for_a_host_whose_agreement_ended_meanwhile(being_signed, agreement, partner_staff, now):  # noqa: F811
    actions.end_agreement(agreement=agreement, reason="Il bar chiude", by=partner_staff, now=now)
    being_signed.refresh_from_db()
    assert being_signed.state == "promoter"
    with pytest.raises(ValidationError):
        sign_all(being_signed, partner_staff, now)


@pytest.mark.usefixtures("quick_documents", "papers")
def test_nobody_is_reminded_to_sign_what_is_about_data_that_rest(being_signed, participation, now):
    limit(participation.person, now)
    OutgoingMessage.objects.all().delete()
    documents.remind(now=now + timedelta(days=8))
    assert not OutgoingMessage.objects.exists()


# --- taken, and taken back ------------------------------------------------------------------


def test_who_took_the_application_back_is_not_with_the_partner_any_more(offered, partner_staff, now):
    taken = actions.take(application=offered, by=partner_staff, now=now)
    actions.withdraw_application(application=taken, by=offered.participation.person.user, now=now)
    referral = taken.referral
    referral.refresh_from_db()
    assert referral.state == "withdrawn"


def test_whom_the_desk_had_sent_stays_with_the_partner(referral, offered, partner_staff, now):
    taken = actions.take(application=offered, by=partner_staff, now=now)
    assert taken.referral == referral
    actions.withdraw_application(application=taken, by=offered.participation.person.user, now=now)
    referral.refresh_from_db()
    assert referral.state == "accepted"


@pytest.fixture
def offered(edition, partner, partner_staff, participation, now):
    participation.state = "plan_agreed"
    participation.save()
    offer = factories.OfferFactory(
        opportunity__edition=edition, opportunity__organisation=partner, answered_by=partner_staff
    )
    return factories.ApplicationFactory(offer=offer, participation=participation)


# --- strange signs ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/tirocini/?nome=%00",
        "/tirocini/?nome=" + "%F0%9F%92%A3" * 300,
        "/tirocini/?dopo=%00&stato=running",
        "/tirocini/aziende/?cerca=%00",
        "/tirocini/aziende/?dopo=%00",
        "/tirocini/aziende/99999999999999999999/",
        "/tirocini/offerte/nuova/?cerca=%00",
        "/tirocini/offerte/nuova/?azienda=999999999&ente=999999999",
        "/tirocini/tutor/?pagina=%00",
        "/tirocini/tutor/?pagina=99999999999999999999",
        "/tirocini/tutor/?di=aziende&pagina=%00",
        "/tirocini/oltre-le-regole/?dopo=%00",
        "/tirocini/indennita/?mese=9999-12",
        "/tirocini/indennita/?mese=0000-00",
        "/tirocini/indennita/?mese=%00%00%00%00-01",
        "/tirocini/indennita/9999-12/pagamenti.csv",
        "/tirocini/convenzioni/?pagina=9999",
        "/tirocini/elenco.xlsx?nome=%00",
        "/tirocini/?partner=%00&tutor=99999999999999999999",
        "/tirocini/da-confermare/%00.x/",
        "/tirocini/copia/%F0%9F%92%A3.x/",
        "/tirocini/azienda/....../",
        "/firma/%00/",
    ],
)
def test_no_address_breaks_the_portal(client, partner_staff, internship, address):
    client.force_login(partner_staff)
    assert client.get(address).status_code in (200, 302, 400, 404, 410)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "2026-13-01", "x"])
def test_no_day_breaks_the_register(client, partner_staff, running, day):
    client.force_login(partner_staff)
    for page in ("correggi/", "foglio/", ""):
        assert client.get(f"/tirocini/{running.pk}/giorni/{day}/{page}").status_code in (403, 404)
    assert client.get(f"/tirocini/{running.pk}/mesi/{day[:7]}/").status_code in (200, 404)
    assert client.get(f"/tirocini/{running.pk}/registro/?settimana={day}").status_code in (200, 302, 403, 404)


NASTY = "=2+5\x0b\u202eedisrevor <script>alert(1)</script>\t@SUM(A1)"


def test_what_somebody_types_is_text_in_pages_and_files(client, running, partner_staff, young_person):
    young_person.last_name = NASTY
    young_person.save()
    type(running).objects.update(title=NASTY, reason=NASTY)
    host = running.unit.host
    host.name = NASTY
    host.save()
    client.force_login(partner_staff)
    for name in ("internship-detail", "allowance", "copy-sheet", "my-days", "dossier"):
        answer = client.get(reverse(f"internships:{name}", args=[running.pk]))
        assert answer.status_code in (200, 403, 405)
        assert b"<script>alert" not in answer.content
    assert client.get("/tirocini/elenco.xlsx").status_code == 200
    lines = client.get("/tirocini/elenco.csv").content.decode("utf-8-sig")
    assert '"=2' not in lines
    assert client.get(reverse("internships:register-sheet", args=[running.pk, "2026-05"])).status_code == 200


def test_no_log_keeps_an_address_that_opens_by_itself():
    """Whoever reads the logs must not be able to confirm a host's days, or to read somebody's papers."""
    kept = []
    for address in addresses(get_resolver()):
        before, _token, after = address.partition("<str:token>")
        if _token and "<" not in before:
            record = logging.LogRecord("django.request", 30, "", 1, f"Not Found: /{before}SECRET{after}", (), None)
            HideKeys().filter(record)
            kept += [address] if "SECRET" in record.getMessage() else []
    assert not kept


def addresses(resolver, before=""):
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern, here)
        else:
            yield here


# --- keys, and the same twice ---------------------------------------------------------------


BY_KEY = ("host-home", "host-duties", "host-part", "host-application", "host-application-cv")
BY_KEY += ("paper-by-link", "evaluation", "later-by-link")


def test_a_key_of_one_kind_of_page_opens_no_other(client, running, partner_staff, now):
    """Even for the very same row: each kind has a signature of its own."""
    keys = {
        "host": host_token(actions.send_host_link(tutor=running.host_tutor, by=partner_staff, now=now)),
        "part": HOST_PART.token(running.pk),
        "application": APPLICATION.token(running.pk),
        "paper": PAPER_LINKS.token(factories.EndPaperFactory(internship=running).pk),
        "evaluation": EVALUATION_LINKS.token(factories.EvaluationFactory(internship=running).pk),
        "later": LATER_LINKS.token(factories.LaterOutcomeFactory(internship=running, asked_at=now).pk),
    }
    opened = {
        (kind, page)
        for kind, key in keys.items()
        for page in BY_KEY
        if client.get(reverse(f"internships:{page}", args=[key])).status_code != 404
    }
    own = {("host", "host-home"), ("host", "host-duties"), ("paper", "paper-by-link")}
    assert opened == own | {("evaluation", "evaluation"), ("later", "later-by-link")}
    for key in keys.values():
        for forged in (key[:-1], key.swapcase(), f"{key}A", key.split(".")[0], f"{key.split('.')[0]}."):
            assert client.get(reverse("internships:host-home", args=[forged])).status_code == 404


def test_a_link_of_one_host_writes_into_no_register_of_another(client, running, partner_staff, now):
    other = factories.InternshipFactory(state="running", starts_on=TODAY, ends_on=LAST)
    day = factories.RegisterDayFactory(internship=other, on=TODAY, state="proposed")
    token = host_token(actions.send_host_link(tutor=running.host_tutor, by=partner_staff, now=now))
    home = reverse("internships:host-home", args=[token])
    month = reverse("internships:host-month", args=[token, other.pk, "2026-05"])
    accident = reverse("internships:host-accident", args=[token, other.pk])
    for address, said in (
        (home, {"internship": f"{other.pk}"}),
        (home, {"internship": f"{other.pk}", "away": "1"}),
        (month, {"seen": "99"}),
        (month, {"day": "2026-05-05", "reason": "No"}),
        (accident, {"on": "2026-05-05", "at": "09:00", "what": "x", "reporter": "y"}),
    ):
        assert client.post(address, said).status_code == 404
    day.refresh_from_db()
    assert day.state == "proposed"
    assert client.get(month).status_code == 404


def test_what_is_done_twice_is_done_once(running, whom, partner_staff, step, now):
    act = {"by": partner_staff, "now": at(LAST)}
    twice = [
        (actions.extend, {"internship": running, "ends_on": date(2026, 6, 30), **whom}),
        (
            actions.suspend,
            {
                "internship": running,
                "kind": "closure",
                "starts_on": date(2026, 6, 8),
                "ends_on": date(2026, 6, 22),
                **whom,
            },
        ),
        (actions.resume, {"internship": running, "on": date(2026, 6, 24), **whom}),
        (actions.close_month, {"internship": running, "first": date(2026, 5, 1), **act}),
        (actions.end_early, {"internship": running, "ended_by": "intern", "ended_on": LAST, "reason": "Va via", **act}),
    ]
    for action, said in twice:
        action(**said)
        trail = Event.objects.count(), OutgoingMessage.objects.count()
        with pytest.raises(ValidationError):
            action(**said)
        assert (Event.objects.count(), OutgoingMessage.objects.count()) == trail


def test_an_allowance_is_paid_once(due, partner_staff):
    known = {"allowances": [due], "by": partner_staff, "now": at(LAST)}
    actions.step_allowances(verb="order", **known)
    with pytest.raises(ValidationError):
        actions.step_allowances(verb="order", **known)
    actions.step_allowances(verb="pay", paid_on=LAST, **known)
    for verb in ("pay", "order", "take_back"):
        with pytest.raises(ValidationError):
            actions.step_allowances(verb=verb, paid_on=LAST, **known)


def test_an_account_of_others_is_for_nobody_else_to_give(client, due, partner_staff, other_partner_staff, operator):
    address = reverse("internships:allowance", args=[due.internship_id])
    for user in (partner_staff, other_partner_staff, operator):
        client.force_login(user)
        client.post(address, {"iban": "IT60X0542811101000000123456", "holder": "Io"})
        with pytest.raises(PermissionDenied):
            actions.give_account(
                internship=due.internship, iban="IT60X0542811101000000123456", holder="Io", by=user, now=at(LAST)
            )
    assert not BankAccount.objects.exists()


def test_an_extension_past_the_longest_is_refused_in_two_steps_too(running, whom):
    """Twelve months at most, however many steps lead there; suspended days come on top, once."""
    actions.extend(internship=running, ends_on=date(2026, 10, 4), **{**whom, "overrides": REASONS})
    with pytest.raises(ValidationError):
        actions.extend(internship=running, ends_on=date(2027, 5, 31), **{**whom, "overrides": REASONS})
    running.refresh_from_db()
    assert running.ends_on == date(2026, 10, 4)


REASONS = dict.fromkeys(("duration", "extension", "places"), "Lo chiede la Regione")
