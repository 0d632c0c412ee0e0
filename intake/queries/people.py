"""Whom a young person meets: name, face, how soon they answer, what they speak."""

from intake.models import HOUSE, DeskCard, TalkLanguage


class Met:
    """An operator as young people see them, with or without a card of theirs."""

    def __init__(self, user, card=None):
        self.name = (card and card.called) or user.name.split(" ")[0] or str(user)
        self.initials = "".join(word[0] for word in (user.name or self.name).split()[:2]).upper()
        self.photo = card.photo_id if card else None
        self.answers = card.get_answers_within_display() if card and card.answers_within else ""
        self.languages = [language.name for language in card.languages.all()] if card else []


def met(user) -> Met | None:
    """How this operator shows themselves; None for nobody. Two queries at most."""
    if user is None:
        return None
    card = DeskCard.objects.filter(user=user).prefetch_related("languages").first()
    return Met(user, card)


def card_of(user) -> DeskCard | None:
    """The card that somebody has made of themselves."""
    return DeskCard.objects.filter(user=user).prefetch_related("languages").first()


def languages_of_talks(*, house=False) -> list[TalkLanguage]:
    """The languages that can be chosen for a talk; with `house` also that of the desk."""
    rows = TalkLanguage.objects.filter(is_offered=True)
    return list(rows if house else rows.exclude(code=HOUSE))
