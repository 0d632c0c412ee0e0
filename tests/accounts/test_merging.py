"""Two records of one person made one, and taken apart again to the last row."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actions import correct_person, merge, undo_merge
from accounts.models import PersonMerge, YoungPerson
from accounts.queries import ids_of
from accounts.queries.merging import merge_preview
from foundation.privacy.models import Event
from intake import actions as intake
from intake.enums import ParticipationState
from intake.models import Appointment, Participation, Plan, Reception
from intake.queries import file_for, my_participation, participation_for, search_people, story, waiting
from migwork.errors import NotNow
from reporting.counting import count
from reporting.indicators import INDICATORS, Scope
from reporting.queries import page_by_name
from tests import factories

WHY = "Same face, same code on the card."
ROOMS = ("accounts", "intake", "pathways", "internships")

ENDINGS = {"closed": "work", "dropped": "moved"}


def dump() -> dict:
    """Every row of every table of the rooms, but for what is written about merges themselves."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.order_by().values_list()))
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if model is not PersonMerge and model._meta.label != "accounts.YoungPerson"
    } | {
        # An encrypted text has another ciphertext each time it is written: compared as it reads.
        "accounts.YoungPerson": sorted(repr(vars(p) | {"_state": None}) for p in YoungPerson.objects.all())
    }


def belongings(person, shared, *, account, way, talks, plan, asked, papers):
    """A record with what hangs on it. `shared` is what two records can both have: there the rows clash."""
    if not account:
        person.user, person.email = None, ""
        person.save()
    if "code" in papers and not account:
        factories.ClaimCodeFactory(person=person)
    if "consent" in papers:
        factories.ConsentFactory(person=person, purpose=shared["purpose"])
    if "representative" in papers:
        factories.RepresentationFactory(person=person, representative=shared["representative"])
    if account and "spid" in papers:
        factories.EIdentityFactory(user=person.user)
    if "passport" in papers:
        factories.IdentityPaperFactory(person=person)
    for edition, state in way:
        ended = {"closed_at": timezone.now(), "ending": ENDINGS[state]} if state in ENDINGS else {}
        participation = factories.ParticipationFactory(
            person=person, edition=shared["editions"][edition], state=state, **ended
        )
        if "reception" in talks:
            factories.ReceptionFactory(participation=participation)
        if "open" in talks:
            factories.InterviewFactory(participation=participation)
        if "closed" in talks:
            factories.InterviewFactory(participation=participation, completed_at=timezone.now())
        if "appointment" in talks:
            factories.AppointmentFactory(participation=participation)
        if plan:
            factories.PlanActionFactory(goal__plan=factories.PlanFactory(participation=participation))
        if "referral" in asked:
            factories.ReferralFactory(participation=participation, organisation=shared["partner"])
        if "enrolment" in asked:
            factories.EnrolmentFactory(participation=participation, run=shared["run"])
        if "internship" in asked:
            factories.InternshipFactory(participation=participation, state="running")


def some(*names):
    return st.sets(st.sampled_from(names))


SIDE = st.fixed_dictionaries(
    {
        "account": st.booleans(),
        "way": st.lists(
            st.tuples(st.integers(0, 1), st.sampled_from(ParticipationState.values)),
            max_size=2,
            unique_by=lambda part: part[0],
        ),
        "talks": some("reception", "open", "closed", "appointment"),
        "plan": st.booleans(),
        "asked": some("referral", "enrolment", "internship"),
        "papers": some("code", "consent", "representative", "passport", "spid"),
    }
)


@pytest.fixture
def shared(edition, partner):
    return {
        "editions": [edition, factories.EditionFactory()],
        "partner": partner,
        "run": factories.RunFactory(opportunity=factories.OpportunityFactory(edition=edition, organisation=partner)),
        "purpose": factories.PurposeFactory(),
        "representative": factories.LegalRepresentativeFactory(),
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(ours=SIDE, theirs=SIDE)
def test_undo_puts_every_row_back(shared, operator, now, ours, theirs):
    """Whatever hangs on the two: after merge and undo each row of each table is as it was."""
    with transaction.atomic():
        kept, merged = factories.YoungPersonFactory(), factories.YoungPersonFactory(phone="+393331234567")
        belongings(kept, shared, **ours)
        belongings(merged, shared, **theirs)
        before = dump()
        made = merge(kept=kept, merged=merged, reason=WHY, by=operator, now=now)
        assert dump() != before
        assert Participation.objects.filter(person=merged).count() == 0
        assert sorted(Participation.objects.filter(person=kept).values_list("edition", flat=True)) == sorted(
            shared["editions"][number].pk for number in {edition for edition, _ in ours["way"] + theirs["way"]}
        )
        undo_merge(merge=made, by=operator, now=now)
        assert dump() == before
        transaction.set_rollback(True)


@pytest.fixture
def two(edition, operator, now):
    """Amina, who signed up, and the record that the desk had made of her: both in the edition, the second further."""
    kept = factories.YoungPersonFactory(first_name="Amina", last_name="Bianchi", birth_date=date(2006, 3, 9))
    merged = factories.YoungPersonFactory(
        first_name="Amina", last_name="Biancchi", birth_date=date(2006, 3, 9), user=None, phone="+393331234567"
    )
    factories.ParticipationFactory(person=kept, edition=edition, opened_at=now - timedelta(days=1))
    further = factories.ParticipationFactory(
        person=merged,
        edition=edition,
        state="plan_draft",
        operator=operator,
        opened_at=now - timedelta(days=60),
        last_contact_at=now - timedelta(days=30),
    )
    factories.ReceptionFactory(participation=further, at=now - timedelta(days=50))
    factories.PlanActionFactory(goal__plan=factories.PlanFactory(participation=further))
    factories.AppointmentFactory(participation=further, operator=operator)
    return kept, merged


def figures(edition):
    """How many each indicator counts, and that its rows are as many as the figure."""
    scope, found = Scope.of(edition), {}
    for slug, indicator in INDICATORS.items():
        if indicator.adds == "persons":
            found[slug] = count(indicator, scope).total
            assert len(page_by_name(indicator, scope, "")[0]) == found[slug], slug
    return found


def test_everything_moves_and_counts_once(two, edition, operator, now):
    kept, merged = two
    folded, way = merged.participations.get(), kept.participations.get()
    factories.ReceptionFactory(participation=way, at=now - timedelta(hours=5))
    before = figures(edition)
    merge(kept=kept, merged=merged, reason=WHY, by=operator, now=now)
    kept.refresh_from_db()
    way.refresh_from_db()
    folded = Participation.with_merged.get(pk=folded.pk)
    assert (folded.merged_into, folded.person) == (way, kept)
    # The way that stays begins with the earlier day and goes on where the other had come to.
    assert (way.state, way.operator, way.opened_at) == ("plan_draft", operator, now - timedelta(days=60))
    assert kept.phone == "+393331234567"
    for model in (Plan, Appointment):
        assert model.objects.get().participation == way
    # Two first talks cannot hang on one way: one stays where it was, readable, and counts for the same person.
    assert set(Reception.objects.values_list("participation", flat=True)) == {way.pk, folded.pk}
    after = figures(edition)
    assert before["involved"] == 2
    assert after["involved"] == 1
    assert all(after[slug] <= before[slug] for slug in before)


def test_what_stayed_behind_still_counts_in_its_period(two, edition, operator, now):
    """A period in which only the left-behind talk lies: the figure and its rows both say one."""
    kept, merged = two
    factories.ReceptionFactory(participation=kept.participations.get(), at=now - timedelta(hours=5))
    merge(kept=kept, merged=merged, reason=WHY, by=operator, now=now)
    today = timezone.localdate(now)
    scope = Scope.of(edition, today - timedelta(days=55), today - timedelta(days=45))
    assert count(INDICATORS["involved"], scope).total == 1
    assert [row.person_id for row in page_by_name(INDICATORS["involved"], scope, "")[0]] == [kept.pk]


def test_no_list_shows_somebody_twice(two, edition, operator, now):
    kept, merged = two
    folded = merged.participations.get()
    merge(kept=kept, merged=merged, reason=WHY, by=operator, now=now)
    assert [row.person for row in search_people("bianc", operator)] == [kept]
    assert waiting() == []
    assert my_participation(kept.user).pk == kept.participations.get().pk
    # The folded way can be read by the desk, by nobody else, and no work goes into it.
    assert participation_for(operator, folded.pk).merged_into_id == kept.participations.get().pk
    assert participation_for(kept.user, folded.pk) is None
    with pytest.raises(NotNow):
        intake.end_participation(participation=folded, ending="moved", by=operator, now=now)


def test_the_timeline_reads_both(two, operator, now):
    kept, merged = two
    way, folded = kept.participations.get(), merged.participations.get()
    for person, participation in ((kept, way), (merged, folded)):
        correct_person(person=person, municipality="Monza", by=operator, now=now)
        assert [told.verb for told in story(file_for(operator, participation.pk))] == ["accounts.person_corrected"]
    made = merge(kept=kept, merged=merged, reason=WHY, by=operator, now=now)
    verbs = ["accounts.persons_merged", "accounts.person_corrected", "accounts.person_corrected"]
    assert [told.verb for told in story(file_for(operator, way.pk))] == verbs
    assert set(ids_of(kept)) == {kept.pk, merged.pk}
    undo_merge(merge=made, by=operator, now=now)
    folded = merged.participations.get()
    assert [told.verb for told in story(file_for(operator, folded.pk))] == [
        "accounts.merge_undone",
        "accounts.person_corrected",
    ]


def test_what_came_since_stays_with_the_kept_one(two, operator, now):
    kept, merged = two
    made = merge(kept=kept, merged=merged, reason=WHY, by=operator, now=now)
    kept.refresh_from_db()
    YoungPerson.objects.filter(pk=kept.pk).update(phone="+393339999999")
    later = factories.AppointmentFactory(
        participation=kept.participations.get(), operator=operator, starts_at=now + timedelta(days=9)
    )
    undo_merge(merge=made, by=operator, now=now)
    kept.refresh_from_db()
    later.refresh_from_db()
    assert (kept.phone, later.participation.person) == ("+393339999999", kept)
    assert Appointment.objects.exclude(pk=later.pk).get().participation.person == merged


def test_the_table_says_what_happens(two, partner):
    kept, merged = two
    factories.ReceptionFactory(participation=kept.participations.get())
    for person in two:
        factories.ConsentFactory(person=person)
    with translation.override("en"):
        table = {row.what: row for row in merge_preview(kept, merged)}
    said = {what: (row.stays, row.joins, row.after) for what, row in table.items()}
    assert said["Date of birth"] == ("09/03/2006", "09/03/2006", "stays as it is")
    assert said["Mobile phone"] == ("–", "+393331234567", "goes over")
    assert said["Ways in an edition"] == ("1", "1", "1 put together")
    assert said["Plans"] == ("0", "1", "1 goes over")
    assert said["First talks"] == ("1", "1", "1 stays readable in the file")
    assert said["Consents"][:2] == ("1", "1")
    assert table["First talks"].warns


def test_two_accounts_one_of_which_closes(operator, edition, now, as_user):
    kept, merged = factories.YoungPersonFactory(), factories.YoungPersonFactory()
    spid = factories.EIdentityFactory(user=merged.user)
    browser = as_user(merged.user)
    assert browser.get("/io/").status_code == 200
    made = merge(kept=kept, merged=merged, reason=WHY, by=operator, now=now)
    assert browser.get("/io/").status_code == 302
    spid.refresh_from_db()
    assert spid.user == kept.user
    undo_merge(merge=made, by=operator, now=now)
    assert browser.get("/io/").status_code == 200


def test_what_cannot_be_one(two, operator, coordinator, now):
    kept, merged = two
    with pytest.raises(PermissionDenied):
        merge(kept=kept, merged=merged, reason=WHY, by=coordinator, now=now)
    with pytest.raises(NotNow):
        merge(kept=kept, merged=kept, reason=WHY, by=operator, now=now)
    with pytest.raises(NotNow):
        merge(kept=kept, merged=merged, reason=" ", by=operator, now=now)
    for person, code in ((kept, "BNCMNA06C49F205K"), (merged, "BNCMNA06C49F20RK")):
        person.fiscal_code, person.fiscal_code_verified_at, person.fiscal_code_verified_by = code, now, "staff"
        person.save()
    with pytest.raises(NotNow):
        merge(kept=kept, merged=merged, reason=WHY, by=operator, now=now)
    assert not Event.objects.exists()
    assert not PersonMerge.objects.exists()


def test_merged_twice_is_undone_from_the_last(operator, edition, now):
    first, second, third = (factories.YoungPersonFactory(user=None) for _ in range(3))
    one = merge(kept=second, merged=first, reason=WHY, by=operator, now=now)
    second.refresh_from_db()
    two = merge(kept=third, merged=second, reason=WHY, by=operator, now=now)
    assert set(ids_of(third)) == {first.pk, second.pk, third.pk}
    with pytest.raises(NotNow):
        merge(kept=factories.YoungPersonFactory(), merged=second, reason=WHY, by=operator, now=now)
    with pytest.raises(NotNow):
        undo_merge(merge=one, by=operator, now=now)
    undo_merge(merge=two, by=operator, now=now)
    with pytest.raises(NotNow):
        undo_merge(merge=two, by=operator, now=now)
    undo_merge(merge=one, by=operator, now=now)
    assert not YoungPerson.objects.filter(merged_into__isnull=False).exists()


def test_taken_apart_already_is_said_before_one_tries(operator, edition, now, as_user):
    """In the second tab, or by the colleague who had the page open."""
    kept, merged = (factories.ParticipationFactory(edition=edition).person for _ in range(2))
    made = merge(kept=kept, merged=merged, reason=WHY, by=operator, now=now)
    undo_merge(merge=made, by=operator, now=now)
    answer = as_user(operator).get(reverse("intake:merge-undo", args=[made.pk]), follow=True)
    assert answer.redirect_chain
    assert "sono già state separate" in answer.content.decode()
