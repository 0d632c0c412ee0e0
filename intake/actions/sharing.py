"""The young person decides which partner goes on seeing them by a referral."""

from datetime import datetime

from django.db import IntegrityError, transaction

from foundation.privacy.actions import record
from intake.enums import ReferralState
from intake.models import Referral
from intake.workflow import REFERRAL


def _theirs(person, organisation):
    return Referral.objects.select_for_update(of=("self",)).filter(
        participation__person=person, organisation=organisation
    )


@transaction.atomic
def withdraw_referrals(*, person, organisation, by, now: datetime) -> None:
    """Take back what shows a person to a partner. Called when they withdraw that partner's access."""
    for referral in _theirs(person, organisation).in_force():
        referral.state = REFERRAL.target(referral.state, "withdraw")
        referral.save(update_fields=["state"])
        record(verb="intake.referral_withdrawn", by=by, now=now, on=referral, about=person)


@transaction.atomic
def give_back_referrals(*, person, organisation, by, now: datetime) -> None:
    """Let the partner see again what was taken back, as it stood: waiting for its answer, or accepted."""
    for referral in _theirs(person, organisation).filter(state=ReferralState.WITHDRAWN):
        answered = referral.answered_at is not None
        referral.state = REFERRAL.target(referral.state, "give_back_accepted" if answered else "give_back_waiting")
        try:
            with transaction.atomic():
                referral.save(update_fields=["state"])
        except IntegrityError:
            # The desk has sent a new one for the same purpose since: that one counts.
            continue
        record(verb="intake.referral_given_back", by=by, now=now, on=referral, about=person)
