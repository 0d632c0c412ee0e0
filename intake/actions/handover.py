"""Passing people from one operator to another: for good, or for some days."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from foundation.privacy.actions import record
from intake import notifications
from intake.actions.participation import check_open, locked
from intake.actions.slots import one_at_a_time
from intake.models import Cover, Handover
from intake.permissions import check_can_arrange_cover, check_can_end_cover, check_can_hand_over
from migwork.calendar import check_year
from migwork.db import sentence_of
from migwork.errors import NotNow

# Longer than that nobody stands in: whoever does reads what was written to somebody else.
LONGEST_COVER = timedelta(days=184)


@transaction.atomic
def hand_over(*, participations, to, note="", by, now) -> list[Handover]:
    """Pass these people to `to`, an operator, all or none. By who follows them, stands in, or for whom nobody does.

    Both operators and each young person are told; the note is for the colleague alone.
    """
    if not participations:
        raise NotNow(_("Choose at least one person."), code="nobody")
    done = []
    # In the order of their keys, so that two who hand over the same people do not wait for each other in a ring.
    for participation in sorted(participations, key=lambda row: row.pk):
        participation = locked(participation)
        check_can_hand_over(by, participation, now)
        check_open(participation)
        done.append(pass_to(participation, to, note=note.strip(), by=by, now=now))
    notifications.handed_over(done, by=by, now=now)
    return done


def pass_to(participation, to, *, note="", by, now) -> Handover:
    """One locked person passes to `to`; the history keeps from whom. NotNow for who is no operator, or has them."""
    if not to.works_as(Role.OPERATOR):
        raise NotNow(_("People pass to an operator: choose one."), code="to")
    if participation.operator_id == to.pk:
        raise NotNow(
            _("%(operator)s follows %(person)s already.") % {"operator": to, "person": participation.person.full_name},
            code="to",
        )
    handover = Handover.objects.create(
        participation=participation, gave_id=participation.operator_id, took=to, note=note, at=now, by=by
    )
    participation.operator = to
    participation.save(update_fields=["operator"])
    record(
        verb="intake.handed_over",
        by=by,
        now=now,
        on=participation,
        about=participation.person_id,
        fields=["operator"],
    )
    return handover


@transaction.atomic
def arrange_cover(*, away, stands_in, first_day, last_day, by, now) -> Cover:
    """Let a colleague stand in for some days. By who is away, or by that colleague; both are told.

    It ends by itself after the last day, half a year from today at the most.
    """
    check_can_arrange_cover(by, away, stands_in)
    if last_day < timezone.localdate(now):
        raise NotNow(_("These days are over."), code="past")
    check_year(first_day, timezone.localdate(now))
    if last_day < first_day:
        raise NotNow(_("The last day is not before the first."), code="past")
    if last_day > timezone.localdate(now) + LONGEST_COVER:
        raise NotNow(_("Half a year at most. For longer, hand the people over."), code="last_day")
    one_at_a_time(away)
    try:
        with transaction.atomic():
            cover = Cover.objects.create(
                away=away, stands_in=stands_in, first_day=first_day, last_day=last_day, arranged_at=now, arranged_by=by
            )
    except IntegrityError as error:
        raise NotNow(sentence_of(error), code="twice") from error
    record(verb="intake.cover_arranged", by=by, now=now, on=cover, fields=["first_day", "last_day"])
    notifications.cover_arranged(cover, by=by, now=now)
    return cover


@transaction.atomic
def end_cover(*, cover, by, now) -> Cover:
    """End it before its last day. By either of the two. Twice: the first counts."""
    cover = Cover.objects.select_for_update(of=("self",)).get(pk=cover.pk)
    check_can_end_cover(by, cover)
    if cover.ended_at is None:
        cover.ended_at = now
        cover.save(update_fields=["ended_at"])
        record(verb="intake.cover_ended", by=by, now=now, on=cover, fields=["ended_at"])
    return cover
