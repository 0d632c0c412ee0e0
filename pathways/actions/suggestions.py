"""What may be used for suggestions, and searches that are kept: told of once, stopped with one tap."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import check_not_limited
from accounts.models import YoungPerson
from foundation.privacy.actions import record
from migwork.errors import NotNow
from migwork.months import add_months
from pathways import notifications, permissions
from pathways.enums import SuggestedBy
from pathways.models import KeptSearch, SuggestionChoice
from pathways.queries import kept

# Who looks for something looks for half a year at most; then they are asked whether they still do.
KEPT_MONTHS = 6
FROM_HOUR = 17
AT_ONCE = 500


@transaction.atomic
def choose_what_is_used(*, person, used, by, now) -> SuggestionChoice:
    """By what activities may be suggested: `used` are of SuggestedBy. By the young person."""
    permissions.check_is_that_person(by, person)
    off = [criterion.value for criterion in SuggestedBy if criterion not in used]
    choice, new = SuggestionChoice.objects.select_for_update().get_or_create(
        person=person, defaults={"off": off, "changed_at": now}
    )
    if new or choice.off != off:
        choice.off, choice.changed_at = off, now
        choice.save()
        record(verb="pathways.suggestions_chosen", by=by, now=now, on=choice, about=person.pk, fields=["off"])
    return choice


@transaction.atomic
def keep_search(*, person, wanted, by, now) -> KeptSearch:
    """Hear of what is new for this search. By the young person; keeping it again makes it last longer."""
    permissions.check_is_that_person(by, person)
    person = YoungPerson.objects.select_for_update(of=("self",)).get(pk=person.pk)
    check_not_limited(person)
    query = kept.query_of(wanted)
    if not query:
        raise NotNow(_("Look for something first: a word, or a filter."), code="everything")
    search = person.kept_searches.filter(query=query).first()
    if search is None and person.kept_searches.count() >= kept.MOST:
        sentence = _("You keep %(n)s searches already: stop one first.") % {"n": kept.MOST}
        raise NotNow(sentence, code="many")
    search = search or KeptSearch(person=person, query=query, kept_at=now, told_until=now)
    search.ends_on = add_months(timezone.localdate(now), KEPT_MONTHS)
    search.save()
    record(verb="pathways.search_kept", by=by, now=now, on=search, about=person.pk)
    return search


@transaction.atomic
def stop_search(*, key, by=None, now) -> bool:
    """Hear no more of it; whether it was still kept. By the young person; None: by the link of a message."""
    search = KeptSearch.objects.select_for_update(of=("self",)).select_related("person").filter(pk=key).first()
    if search is None:
        return False
    if by is not None:
        permissions.check_is_that_person(by, search.person)
    record(verb="pathways.search_stopped", by=by, now=now, on=search, about=search.person_id)
    search.delete()
    return True


def tell_of_news(*, now) -> int:
    """In the evening: what is new for the searches that people keep, all of one person in one message; how many.

    Safe to run twice, and after days of silence. Where nothing is new, nothing is written.
    """
    here = timezone.localtime(now)
    if here.hour < FROM_HOUR:
        return 0
    evening = here.replace(hour=FROM_HOUR, minute=0, second=0, microsecond=0)
    due = KeptSearch.objects.filter(told_until__lt=evening).order_by("person").values_list("person", flat=True)
    told, last, seen = 0, None, {}
    while people := list((due if last is None else due.filter(person__gt=last)).distinct()[:AT_ONCE]):
        told += sum(_tell(pk, now, seen) for pk in people)
        last = people[-1]
    return told


@transaction.atomic
def _tell(person, now, seen) -> bool:
    """One person's searches. What `seen` holds for the same search since the same moment need not be read again."""
    rows = YoungPerson.objects.select_for_update(of=("self",), skip_locked=True)
    person = rows.filter(pk=person, limited_at=None, anonymised_at=None, merged_into=None).first()
    if person is None:
        return False
    today, news, ended, told = timezone.localdate(now), [], [], set()
    for search in kept.searches_of(person, today):
        which = search.query, search.told_until
        if which not in seen:
            seen[which] = kept.new_since(kept.wanted_of(search), search.told_until, today)
        found = [row for row in seen[which] if row.pk not in told]
        told |= {row.pk for row in found}
        if found:
            news.append((search, found))
        if search.ends_on <= today:
            ended.append(search)
            record(verb="pathways.search_ended", by=None, now=now, on=search, about=person.pk)
            search.delete()
        else:
            search.told_until = now
            search.save(update_fields=["told_until"])
    if not news and not ended:
        return False
    return notifications.news_of_searches(person, news, ended, now=now) is not None
