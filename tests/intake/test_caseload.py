"""Whom an operator follows: why each needs a look, filters that live in the address, views that are one's own."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.actions import merge
from accounts.queries.watching import of_age_if_born_by, of_age_on
from intake import actions, queries
from intake.models import CaseloadView, Participation
from intake.signals import reasons
from migwork.errors import NotNow
from tests import factories

PAGE = reverse("intake:caseload")


@pytest.fixture
def follow(edition, operator, now):
    """Somebody of age whom `operator` heard yesterday, for whom nothing shines."""

    def make(*, days=1, person=None, **values):
        about = {"birth_date": now.date() - timedelta(days=20 * 366), "education": "diploma"} | (person or {})
        heard = None if days is None else now - timedelta(days=days)
        values = {"state": "in_progress", "last_contact_at": heard, "operator": operator} | values
        return factories.ParticipationFactory(
            person=factories.YoungPersonFactory(**about), edition=edition, opened_at=now, **values
        )

    return make


@pytest.fixture
def shining(operator, now):
    """Why somebody shines, in words; and the signals that do."""

    def of(participation, user=operator):
        row = next(row for row in queries.caseload(user, now) if row.pk == participation.pk)
        return [said for _kind, said in reasons(row, now.date())], list(row.signals)

    return of


def test_each_signal_shines_and_says_why(follow, shining, operator, partner, as_user, now):
    today = now.date()
    seventeen = {"birth_date": date(today.year - 17, 1, 1)}
    calm = follow()
    silent = follow(days=31)
    never = follow(days=None)
    late = follow()
    goal = factories.PlanGoalFactory(plan=factories.PlanFactory(participation=late, state="agreed"))
    for days in (1, 2, 0):
        factories.PlanActionFactory(goal=goal, due_on=today - timedelta(days=days))
    review = follow()
    factories.PlanFactory(participation=review, state="agreed", review_on=date(2026, 5, 5))
    wrote = follow()
    factories.ThreadMessageFactory(thread__about=wrote.person_id)
    eighteen = follow(person={"birth_date": date(2008, 7, 4), "employment": "student"})
    dropout = follow(person={**seventeen, "education": "lower_secondary", "employment": "inactive"})
    permit = follow()
    factories.IdentityPaperFactory(person=permit.person, kind="permit", expires_on=date(2026, 7, 4))
    waiting = follow()
    factories.ReferralFactory(participation=waiting, organisation=partner, sent_by=operator, answer_by=date(2026, 5, 4))
    assert shining(calm) == ([], [])
    assert shining(silent) == (["Nessun contatto da 31 giorni"], ["silent"])
    assert shining(never) == (["Ancora nessun contatto"], ["silent"])
    assert shining(late) == (["2 passi scaduti"], ["overdue"])
    assert shining(review) == (["Progetto da rivedere dal 5 maggio"], ["review"])
    assert shining(wrote) == (["Ti ha scritto: da leggere"], ["message"])
    assert shining(eighteen) == (["Compie 18 anni il 4 luglio"], ["eighteen"])
    assert shining(dropout) == (
        ["Ha meno di 18 anni, nessuna qualifica e non risulta a scuola né in formazione"],
        ["dropout"],
    )
    assert shining(permit) == (["Il permesso scade il 4 luglio"], ["permit"])
    assert shining(waiting) == (["Invio: la risposta era attesa entro il 4 maggio"], ["unanswered"])
    page = as_user(operator).get(PAGE).text
    assert "Compie 18 anni il 4 luglio" in page
    assert "Nessun contatto da 30 giorni (2)" in page


def test_what_is_not_due_yet_or_not_known_does_not_shine(follow, shining, operator, partner, now):
    today = now.date()
    far = follow(days=29, person={"birth_date": date(2008, 7, 5), "employment": "student"})
    factories.PlanFactory(participation=far, state="agreed", review_on=today + timedelta(days=1))
    read = factories.ThreadMessageFactory(thread__about=far.person_id, read_at=now, read_by=operator)
    factories.ThreadMessageFactory(thread=read.thread, from_person=False)
    factories.IdentityPaperFactory(person=far.person, kind="permit", expires_on=date(2026, 7, 5))
    factories.ReferralFactory(participation=far, organisation=partner, sent_by=operator, answer_by=today)
    assert shining(far) == ([], [])
    minor = {"birth_date": date(today.year - 16, 1, 1)}
    unsaid = follow(person={**minor, "education": "", "employment": "inactive"})
    qualified = follow(person={**minor, "education": "qualification", "employment": "inactive"})
    studies = follow(person={**minor, "education": "lower_secondary", "employment": "student"})
    grown = follow(person={"education": "none", "employment": "inactive"})
    assert [shining(row) for row in (unsaid, qualified, studies, grown)] == [([], [])] * 4


def test_a_receipt_stands_in_for_a_permit_that_ended(follow, shining, now):
    renewing = follow()
    factories.IdentityPaperFactory(person=renewing.person, kind="permit", expires_on=date(2026, 4, 1))
    assert shining(renewing)[0] == ["Il permesso è scaduto il 1º aprile"]
    factories.IdentityPaperFactory(person=renewing.person, kind="permit_receipt", expires_on=None)
    assert shining(renewing) == ([], [])
    passport = follow()
    factories.IdentityPaperFactory(person=passport.person, kind="passport", expires_on=date(2026, 5, 6))
    assert shining(passport) == ([], [])


@pytest.mark.parametrize("day", [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29)])
@pytest.mark.parametrize("born", [date(2008, 2, 28), date(2008, 2, 29), date(2008, 3, 1), date(2010, 3, 1)])
def test_the_bound_agrees_with_the_age_on_leap_days(day, born):
    person = factories.YoungPersonFactory.build(user=None, birth_date=born)
    assert (born <= of_age_if_born_by(day)) == person.is_of_age_on(day)
    assert (of_age_on(born) <= day) == person.is_of_age_on(day)


def test_what_was_written_under_a_merged_record_still_waits(follow, shining, operator, now):
    kept = follow()
    twin = factories.YoungPersonFactory(user=None)
    factories.ThreadMessageFactory(thread__about=twin.pk)
    merge(kept=kept.person, merged=twin, reason="La stessa carta", by=operator, now=now)
    assert shining(kept)[1] == ["message"]


def test_filters_live_in_the_address(follow, as_user, operator, now):
    silent, calm = follow(days=31), follow()
    minor = follow(days=40, person={"birth_date": date(2010, 1, 1)}, state="received")
    sara = as_user(operator)

    def shown(**asked):
        return {row.pk for row in sara.get(PAGE, asked).context["caseload"]}

    assert shown() == {silent.pk, calm.pk, minor.pk}
    assert shown(segnale="silent") == {silent.pk, minor.pk}
    assert shown(segnale=["silent", "overdue"]) == {silent.pk, minor.pk}
    assert shown(segnale="silent", eta="adult") == {silent.pk}
    assert shown(eta="minor") == shown(stato="received") == {minor.pk}
    assert shown(segnale="overdue") == shown(chi="cover") == set()
    # What nobody offers is no filter, and never an error.
    assert shown(segnale="boh", stato="x", eta="1", chi="?", dopo="~") == {silent.pk, calm.pk, minor.pk}
    page = sara.get(PAGE, {"segnale": "silent", "eta": "adult"})
    assert page.context["query"] == "segnale=silent&eta=adult"
    chip = next(chip for chip in page.context["chips"] if chip["on"])
    assert chip["url"] == f"{PAGE}?eta=adult"


def test_a_view_is_kept_and_nobody_else_sees_it(follow, as_user, operator, other_operator, now):
    silent = follow(days=31)
    follow()
    sara, piero = as_user(operator), as_user(other_operator)
    sara.post(reverse("intake:view-create"), {"name": "Da chiamare", "query": "eta=adult&segnale=silent&x=1"})
    view = CaseloadView.objects.get()
    assert (view.user, view.query) == (operator, "segnale=silent&eta=adult")
    page = sara.get(PAGE)
    assert "Da chiamare" in page.text
    assert [row.pk for row in sara.get(f"{PAGE}?{view.query}").context["caseload"]] == [silent.pk]
    assert "Da chiamare" not in piero.get(PAGE).text
    remove = reverse("intake:view-remove", args=[view.pk])
    assert piero.post(remove).status_code == 404
    with pytest.raises(NotNow):
        actions.save_view(name="Da chiamare", query="", by=operator, now=now)
    assert (
        "hai già una vista"
        in sara.post(reverse("intake:view-create"), {"name": "Da chiamare", "query": ""}, follow=True).text.lower()
    )
    sara.post(remove)
    assert not CaseloadView.objects.exists()


def test_the_list_goes_on_after_the_last_one_seen(follow, as_user, operator, now):
    followed = [follow(days=days) for days in range(40)] + [follow(days=None) for _ in range(3)]
    sara = as_user(operator)
    first = sara.get(PAGE, {"eta": "adult"})
    # Somebody further up is heard in the meantime: nobody is left out, nobody comes twice.
    Participation.objects.filter(pk=followed[39].pk).update(last_contact_at=now)
    second = sara.get(PAGE + first.context["after"])
    keys = [row.pk for page in (first, second) for row in page.context["caseload"]]
    assert len(first.context["caseload"]) == 25
    assert {row.last_contact_at for row in first.context["caseload"][:3]} == {None}
    assert set(keys) == {row.pk for row in followed}
    assert second.context["after"] == ""
    assert "eta=adult" in first.context["after"]


def test_queries_stay_as_many_whatever_the_rows(follow, as_user, operator, other_operator, now):
    sara = as_user(operator)
    factories.CoverFactory(away=other_operator, stands_in=operator)
    follow(days=40)
    few = sara.get(PAGE).queries
    for days in range(30):
        row = follow(days=days + 20)
        factories.ThreadMessageFactory(thread__about=row.person_id)
        factories.CaseloadViewFactory(user=operator)
    assert sara.get(PAGE).queries == few <= 7


def test_who_may_keep_a_view(young_person, partner_staff, coordinator, now):
    for user in (young_person.user, partner_staff, coordinator):
        with pytest.raises(PermissionDenied):
            actions.save_view(name="x", query="", by=user, now=now)


def test_who_follows_nobody_yet_is_told_what_appears_here(as_user, operator, now):
    page = as_user(operator).get(PAGE)
    assert page.status_code == 200
    assert page.context["chips"] == []
    assert queries.caseload(operator, now) == []
