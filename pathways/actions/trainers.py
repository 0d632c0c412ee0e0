"""The list of trainers and rooms that an organisation can name in its sessions."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from migwork.db import as_validation_error
from pathways import permissions
from pathways.models import Room, Trainer


@transaction.atomic
def keep_trainer(*, trainer=None, organisation=None, by, now, **fields) -> Trainer:
    """Write somebody on the list, or change `name`, `user`, `is_active`. By the staff of the organisation.

    An account is named only where its owner works there. Who leaves the list stays named where they held sessions.
    """
    trainer = trainer or Trainer(organisation=organisation)
    permissions.check_can_plan_for(by, trainer.organisation_id)
    user = fields.get("user")
    if user is not None and not permissions.can_plan_for(user, trainer.organisation_id):
        raise ValidationError({"user": _("Choose somebody who works there.")})
    return _keep(trainer, fields, "pathways.trainer_kept", by, now)


@transaction.atomic
def keep_room(*, room=None, organisation=None, by, now, **fields) -> Room:
    """Write a room on the list, or change `name`, `address`, `is_active`. By the staff of the organisation."""
    room = room or Room(organisation=organisation)
    permissions.check_can_plan_for(by, room.organisation_id)
    return _keep(room, fields, "pathways.room_kept", by, now)


def _keep(row, fields, verb, by, now):
    changed = [name for name, value in fields.items() if row.pk is None or getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise as_validation_error(error) from error
    record(verb=verb, by=by, now=now, on=row, fields=changed)
    return row
