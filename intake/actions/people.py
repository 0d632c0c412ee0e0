"""How an operator shows themselves to the people they meet."""

from django.db import transaction

from foundation.files.actions import store_portrait, throw_away
from foundation.privacy.actions import record
from intake.models import DeskCard
from intake.permissions import check_can_show_oneself

KIND = "operator-portrait"


@transaction.atomic
def save_card(*, user, called, answers_within, languages, photo=None, without_photo=False, by, now) -> DeskCard:
    """Say how one is called, how soon one answers, what one speaks; show one's face, or no longer. By oneself.

    `photo` is what was brought: of it a small square picture is drawn and kept, the rest is thrown away.
    """
    check_can_show_oneself(by, user)
    card, _new = DeskCard.objects.select_for_update(of=("self",)).get_or_create(user=user, defaults={"changed_at": now})
    card.called, card.answers_within, card.changed_at = called.strip(), answers_within, now
    old = card.photo
    if photo is not None:
        card.photo = store_portrait(upload=photo, kind=KIND, by=by, now=now)
    elif without_photo:
        card.photo = None
    card.save()
    card.languages.set(languages)
    if old is not None and old.pk != card.photo_id:
        throw_away(old)
    record(verb="intake.card_changed", by=by, now=now, on=card)
    return card


def take_down_card(*, user, organisation, to, by, now) -> None:
    """Whoever leaves the desk is shown to nobody any more. For accounts.hooks.member_leaves, which checked who may."""
    with transaction.atomic():
        card = DeskCard.objects.select_for_update(of=("self",)).filter(user=user).first()
        if card is not None and card.photo is not None:
            old, card.photo, card.changed_at = card.photo, None, now
            card.save(update_fields=["photo", "changed_at"])
            throw_away(old)
