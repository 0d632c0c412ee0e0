"""Making one of two records of a person, and taking them apart again."""

from datetime import date, datetime
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.representatives import stop_what_goes_home
from accounts.hooks import fold_of
from accounts.models import EIdentity, PersonMerge, User, YoungPerson
from accounts.permissions import can_merge, check
from accounts.queries.merging import filled_from, obstacles, pairs_to_fold, parts_of
from foundation.privacy.actions import record
from migwork.db import sentence_of
from migwork.errors import NotNow


@transaction.atomic
def merge(*, kept, merged, reason, by, now) -> PersonMerge:
    """Make one record of two of the same person: `kept` stays, what hangs on `merged` moves to it. By an operator.

    NotNow when they cannot be one. Nothing is lost: what would be there twice stays with the merged record, which
    points to the kept one; each change is written down, so that it can be undone.
    """
    check(can_merge(by))
    if not reason.strip():
        raise NotNow(_("Say how you know that they are the same person."), code="reason")
    kept, merged = _locked(kept.pk, merged.pk)
    if reasons := obstacles(kept, merged):
        raise NotNow(" ".join(reasons), code="two")
    _lock_ways(kept, merged)
    changes = Changes()
    before = {}
    try:
        with transaction.atomic():
            _join_accounts(kept, merged, changes)
            _join_rows(kept, merged, changes)
            changes.make(merged, merged_into_id=kept.pk)
            for values in filled_from(kept, merged):
                before |= {name: plain(getattr(kept, name)) for name in values if name != "safe_contact_note"}
                changes.make(kept, **values)
    except IntegrityError as error:
        raise NotNow(sentence_of(error), code="clash") from error
    if kept.safe_contact:
        stop_what_goes_home(person=kept, now=now)
    made = PersonMerge.objects.create(
        kept=kept, merged=merged, at=now, by=by, reason=reason.strip(), moves=changes.made, values=before
    )
    record(verb="accounts.persons_merged", by=by, now=now, on=made, about=kept, fields=list(before))
    return made


def _locked(*keys):
    """The two records, locked in the same order whoever asks."""
    rows = {row.pk: row for row in YoungPerson.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [rows[pk] for pk in keys]


def _lock_ways(kept, merged):
    """What can be folded is what other actions lock first: nobody adds to it meanwhile."""
    for relation in YoungPerson._meta.related_objects:
        if fold_of(relation.related_model):
            rows = relation.related_model._base_manager.select_for_update(of=("self",)).order_by("pk")
            list(rows.filter(**{f"{relation.field.name}__in": [kept, merged]}))


def _join_accounts(kept, merged, changes):
    """The kept record's account stays; if it has none it gets the other's. Of two, one can sign in no more."""
    if merged.user_id is None:
        return
    if kept.user_id is not None:
        account = User.objects.select_for_update().get(pk=merged.user_id)
        if account.is_active:
            changes.make(account, is_active=False)
        # SPID and CIE of the closed one open the account that stays.
        for identity in EIdentity.objects.select_for_update().filter(user=account).order_by("pk"):
            changes.make(identity, user_id=kept.user_id)
        return
    account = merged.user_id
    changes.make(merged, user_id=None)
    changes.make(kept, user_id=account)


def _join_rows(kept, merged, changes):
    """Whatever points to `merged` points to `kept`; rows that clash are folded where their room knows how."""
    parts = parts_of(kept, merged)
    for part in parts:
        rows = part.model._base_manager.select_for_update(of=("self",)).filter(pk__in=part.moving).order_by("pk")
        for row in rows:
            changes.make(row, **{part.column.attname: kept.pk})
    for kept_row, merged_row in pairs_to_fold(parts):
        fold = fold_of(type(kept_row))
        fills = fold.fills(kept_row, merged_row)
        _join_rows(kept_row, merged_row, changes)
        owner = dict(_owners(kept_row, kept.pk))
        changes.make(merged_row, **{f"{fold.into}_id": kept_row.pk}, **owner)
        if fills:
            changes.make(kept_row, **fills)


def _owners(row, owner):
    """The columns of `row` by which it belongs to the kept record."""
    for field in row._meta.concrete_fields:
        if field.related_model is YoungPerson and getattr(row, field.attname) == owner:
            yield field.attname, owner


class Changes:
    """What was changed, in its order, as it can be written down: model, key, and columns before and after."""

    def __init__(self):
        self.made = []

    def make(self, row, **values):
        """Change columns of `row`, and remember."""
        values = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not values:
            return
        before = {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        type(row)._base_manager.filter(pk=row.pk).update(**values)
        self.made.append(
            {
                "model": row._meta.label_lower,
                "pk": str(row.pk),
                "from": {name: plain(value) for name, value in before.items()},
                "to": {name: plain(value) for name, value in values.items()},
            }
        )


def plain(value):
    """A column's value as JSON can keep it, moments to their last digit."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


@transaction.atomic
def undo_merge(*, merge, by, now) -> PersonMerge:
    """Take two records apart again: every row that still is where the merge had put it goes back. By an operator.

    What was added or changed since stays with the kept record.
    """
    check(can_merge(by))
    kept, merged = _locked(merge.kept_id, merge.merged_id)
    merge = PersonMerge.objects.select_for_update().filter(pk=merge.pk).first()
    if merge is None:
        raise NotNow(_("One of the two has no name any more."), code="gone")
    if merge.undone_at is not None:
        raise NotNow(_("These two were taken apart already."), code="undone")
    if merged.merged_into_id != kept.pk:
        raise NotNow(_("This record was merged further since: take that apart first."), code="further")
    try:
        with transaction.atomic():
            for change in reversed(merge.moves):
                _put_back(change)
    except IntegrityError as error:
        raise NotNow(sentence_of(error), code="clash") from error
    merge.undone_at, merge.undone_by = now, by
    merge.save(update_fields=["undone_at", "undone_by"])
    for person in (kept, merged):
        record(verb="accounts.merge_undone", by=by, now=now, on=merge, about=person)
    return merge


def _put_back(change):
    """Undo one change, if the row still holds what it was changed to."""
    model = apps.get_model(change["model"])
    row = model._base_manager.select_for_update(of=("self",)).filter(pk=change["pk"]).first()
    if row is None or any(plain(getattr(row, name)) != value for name, value in change["to"].items()):
        return
    fields = {field.attname: field for field in model._meta.concrete_fields}
    values = {name: fields[name].to_python(value) for name, value in change["from"].items()}
    model._base_manager.filter(pk=row.pk).update(**values)
