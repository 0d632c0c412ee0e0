"""Whom a young person meets: name, face, how soon they answer, what they speak."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from accounts.models import User
from intake.models import HOUSE, DeskCard, TalkLanguage
from migwork.prepared import Prepared


class Met:
    """An operator as young people see them, with or without a card of theirs."""

    def __init__(self, user, card=None, languages=()):
        self.name = (card and card.called) or user.name.split(" ")[0] or str(user)
        self.initials = "".join(word[0] for word in (user.name or self.name).split()[:2]).upper()
        self.photo = card.photo_id if card else None
        self.answers = card.get_answers_within_display() if card and card.answers_within else ""
        self.languages = languages


def met(operator_id) -> Met | None:
    """How the operator with this id shows themselves; None for nobody. One query."""
    user = operator_id and _operator.first(pk=operator_id)
    return Met(user, getattr(user, "desk_card", None), user.speaks) if user else None


_operator = Prepared(
    lambda pk: (
        User.objects.filter(pk=pk)
        .select_related("desk_card")
        .only("name", "email", "phone", "desk_card__called", "desk_card__photo", "desk_card__answers_within")
        .annotate(speaks=ArraySubquery(TalkLanguage.objects.filter(spoken_by__user=OuterRef("pk")).values("name")))
    )
)


def card_of(user) -> DeskCard | None:
    """The card that somebody has made of themselves."""
    return DeskCard.objects.filter(user=user).prefetch_related("languages").first()


def languages_of_talks(*, house=False) -> list[TalkLanguage]:
    """The languages that can be chosen for a talk; with `house` also that of the desk."""
    rows = TalkLanguage.objects.filter(is_offered=True)
    return list(rows if house else rows.exclude(code=HOUSE))
