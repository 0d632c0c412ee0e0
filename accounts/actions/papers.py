"""Writes about identity papers and residence permits, which stand in for a codice fiscale or beside it."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import notifications
from accounts.actions.people import _locked_person
from accounts.actions.requests import check_not_limited
from accounts.enums import PaperType
from accounts.models import IdentityPaper
from accounts.permissions import can_check_identity, can_edit_person, check
from foundation.privacy.actions import record
from migwork.errors import NotNow

# The others may be without an end: a permit of long-term residents, a receipt.
ALWAYS_ENDS = frozenset({PaperType.ID_CARD, PaperType.PASSPORT})
TOLD = ("kind", "number", "country", "issued_on", "expires_on")


@transaction.atomic
def save_paper(
    *,
    person,
    kind: PaperType,
    number: str,
    country: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    instead_of: IdentityPaper | None = None,
    seen: bool = False,
    by,
    now: datetime,
) -> IdentityPaper:
    """Write a paper down; it takes the place of the one of the same kind, and of `instead_of`.

    By the young person or an operator; `seen` by operators alone, who have it before them. The same once more
    changes nothing. What was replaced loses its number: nobody needs it any more.
    """
    check(can_edit_person(by, person))
    check(not seen or can_check_identity(by))
    person = _locked_person.first(pk=person.pk)
    if person.user_id != by.pk:
        check_not_limited(person)
    _check_days(kind, issued_on, expires_on, timezone.localdate(now))
    values = dict(zip(TOLD, (PaperType(kind), number, country, issued_on, expires_on), strict=True))
    before = [
        paper
        for paper in person.papers.live().select_for_update()
        if paper.kind == kind or (instead_of is not None and paper.pk == instead_of.pk)
    ]
    for paper in before:
        if all(getattr(paper, name) == value for name, value in values.items()):
            return check_paper(paper=paper, by=by, now=now) if seen else paper
    for paper in before:
        _put_away(paper, now)
    paper = IdentityPaper(person=person, recorded_at=now, **values)
    if seen:
        paper.checked_at, paper.checked_by = now, by
    paper.save(force_insert=True)
    record(
        verb="accounts.paper_saved", by=by, now=now, on=paper, about=person,
        fields=[name for name in TOLD if values[name]] + ["checked_at"] * seen,
    )  # fmt: skip
    return paper


def _check_days(kind, issued_on, expires_on, today) -> None:
    if issued_on and issued_on > today:
        raise ValidationError({"issued_on": _("This day is still to come. Look at the paper again.")})
    if not expires_on:
        if kind in ALWAYS_ENDS:
            raise ValidationError({"expires_on": _("Write until when it is valid: it stands on the paper.")})
    elif expires_on < today:
        raise ValidationError(
            {"expires_on": _("It is no longer valid. Write down the new one, or the receipt of the request for it.")}
        )
    elif issued_on and expires_on <= issued_on:
        raise ValidationError({"expires_on": _("A paper ends after the day on which it was issued.")})


def _put_away(paper, now) -> None:
    paper.replaced_at, paper.number = now, ""
    paper.save(update_fields=["replaced_at", "number"])


def _live(paper) -> IdentityPaper:
    """The paper, locked after its person as when it is replaced. NotNow when it is not there any more."""
    _locked_person.first(pk=paper.person_id)
    found = IdentityPaper.objects.live().select_for_update(of=("self",)).select_related("person").filter(pk=paper.pk)
    if (paper := found.first()) is None:
        raise NotNow(_("Another paper has taken its place meanwhile."), code="replaced")
    return paper


@transaction.atomic
def remove_paper(*, paper, by, now: datetime) -> IdentityPaper:
    """Take a paper out; its number is gone. By the young person or an operator."""
    check(can_edit_person(by, paper.person))
    paper = _live(paper)
    if paper.person.user_id != by.pk:
        check_not_limited(paper.person)
    _put_away(paper, now)
    record(verb="accounts.paper_removed", by=by, now=now, on=paper, about=paper.person)
    return paper


@transaction.atomic
def check_paper(*, paper, by, now: datetime) -> IdentityPaper:
    """Note that the paper was looked at and says what is written here. By operators. Twice: the first stays."""
    check(can_check_identity(by))
    paper = _live(paper)
    if paper.checked_at is None:
        check_not_limited(paper.person)
        if paper.is_over_on(timezone.localdate(now)):
            raise NotNow(_("It is no longer valid: it shows nothing any more."), code="over")
        paper.checked_at, paper.checked_by = now, by
        paper.save(update_fields=["checked_at", "checked_by"])
        record(
            verb="accounts.paper_checked", by=by, now=now, on=paper, about=paper.person,
            fields=["checked_at", "checked_by"],
        )  # fmt: skip
    return paper


@transaction.atomic
def remind_of_papers(*, now: datetime) -> int:
    """Tell people whose paper ends soon: once for each of settings.PAPER_REMINDERS. How many were told."""
    today = timezone.localdate(now)
    marks = sorted(settings.PAPER_REMINDERS)
    ending = IdentityPaper.objects.live().filter(
        expires_on__range=(today, today + timedelta(days=marks[-1])),
        person__limited_at=None,
        person__anonymised_at=None,
    )
    told = 0
    for paper in ending.select_for_update(of=("self",)).select_related("person").order_by("expires_on", "pk"):
        mark = next(days for days in marks if (paper.expires_on - today).days <= days)
        since = paper.expires_on - timedelta(days=mark)
        if paper.reminded_at and timezone.localdate(paper.reminded_at) >= since:
            continue
        if notifications.paper_ends(paper, mark=mark, now=now):
            paper.reminded_at = now
            paper.save(update_fields=["reminded_at"])
            told += 1
    return told
