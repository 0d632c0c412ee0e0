"""What is new for the searches that somebody keeps."""

from django.utils import timezone

from accounts.queries import reach
from foundation.communications.actions import queue
from migwork.links import absolute_url
from pathways.queries.kept import TOLD, token_of


def news_of_searches(person, news, ended, *, now):
    """All in one message. None for whoever has no address, and for who wants to hear of no activities."""
    address = reach(person)
    if address is None:
        return None
    channel, to = address
    day = timezone.localdate(now)
    return queue(
        key=f"pathways:news:{person.pk}:{day}",
        channel=channel,
        to=to,
        language=person.language,
        template="pathways/messages/news",
        context={
            "name": person.called,
            "news": [_part(search, found, ended) for search, found in news],
            "count": sum(len(found[:TOLD]) for _search, found in news),
            "ended": [search.in_words for search in ended],
            "url": absolute_url("pathways:kept-searches"),
        },
        now=now,
        about=person.pk,
        topic="activities",
    )


def _part(search, found, ended):
    return {
        "what": search.in_words,
        "rows": [(row, absolute_url("pathways:opportunity-detail", row.slug)) for row in found[:TOLD]],
        "has_more": len(found) > TOLD,
        "stop": "" if search in ended else absolute_url("pathways:search-stop-link", token_of(search)),
    }
