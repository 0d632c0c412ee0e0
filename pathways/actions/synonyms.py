"""Words that mean the same, as the staff write them: search knows them with the next question."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from migwork.errors import NotNow
from migwork.text import one_line
from pathways import permissions, search
from pathways.actions.words import learn_words
from pathways.models import Synonym, SynonymGroup
from pathways.queries.words import stems_of

# What keeps every search quick, and a page of them readable.
MOST_WORDS, MOST_GROUPS = 12, 500


@transaction.atomic
def save_synonyms(*, words, by, now, group=None) -> SynonymGroup:
    """Write a new group of words that mean the same, or change one. By coordinators and administrators.

    Words that the search does not tell apart ("barista", "baristi") count once.
    """
    permissions.check_can_keep_synonyms(by)
    if group is None and SynonymGroup.objects.count() >= MOST_GROUPS:
        raise NotNow(_("There are %(n)s groups: take one out first.") % {"n": MOST_GROUPS}, code="many")
    kept = _told_apart(words)
    others = Synonym.objects.filter(key__in=kept)
    if group is not None:
        group = SynonymGroup.objects.select_for_update().get(pk=group.pk)
        others = others.exclude(group=group)
    if taken := others.first():
        sentence = _("«%(word)s» is in another group already: add the others there.") % {"word": taken.words}
        raise ValidationError({"words": sentence}, code="taken")
    verb = "pathways.synonyms_changed" if group else "pathways.synonyms_written"
    group = group or SynonymGroup()
    group.changed_at, group.changed_by = now, by
    group.save()
    group.synonyms.all().delete()
    Synonym.objects.bulk_create([Synonym(group=group, words=text, key=key) for key, text in kept.items()])
    learn_words(search.plain_words(" ".join(kept.values())))
    record(verb=verb, by=by, now=now, on=group, fields=["words"])
    return group


@transaction.atomic
def remove_synonyms(*, group, by, now) -> None:
    """Take a group out: its words find again only what they are written in. By coordinators and administrators."""
    permissions.check_can_keep_synonyms(by)
    group = SynonymGroup.objects.select_for_update().get(pk=group.pk)
    record(verb="pathways.synonyms_removed", by=by, now=now, on=group)
    group.synonyms.all().delete()
    group.delete()


def _told_apart(words) -> dict[str, str]:
    """The words by their stems, in the order in which they were written."""
    texts = [text for text in map(one_line, words) if text]
    for text in texts:
        # Some signs are whole words without their accents: "ﷺ".
        plain = search.plain(text)
        if max(len(text), len(plain)) > 60 or len(plain.split()) > search.PHRASE:
            raise ValidationError({"words": _("«%(word)s» is too long: three words at most.") % {"word": text[:60]}})
    kept = {}
    for text, key in zip(texts, stems_of(texts), strict=True):
        if not key:
            sentence = _("«%(word)s» alone finds nothing: the search passes over such words.") % {"word": text}
            raise ValidationError({"words": sentence}, code="empty")
        kept.setdefault(key, text)
    if len(kept) < 2:
        sentence = _("Write at least two words. Endings do not count: «barista» and «baristi» are one.")
        raise ValidationError({"words": sentence}, code="few")
    if len(kept) > MOST_WORDS:
        raise ValidationError({"words": _("At most %(n)s words in a group.") % {"n": MOST_WORDS}}, code="many")
    return kept
