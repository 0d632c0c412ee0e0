"""A search as an Atom feed (RFC 4287): what is new for it, for readers of feeds and other sites.

Only what does not change from hour to hour stands in an entry, so that its `updated` is true: free places and dates
are read on the activity's page.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import blake2s
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import override

from migwork.links import absolute_url
from migwork.text import for_xml
from pathways.queries.catalogue import chips
from pathways.queries.newest import newest
from pathways.queries.wanted import Wanted

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True)
class Feed:
    """What is sent, and what tells whether it is what somebody has already."""

    content: bytes
    etag: str
    # None where the answer changes without any activity changing: with the days, with places that fill.
    last_modified: datetime | None


class _Atom(Atom1Feed):
    def latest_post_date(self):
        return self.feed["updated"]


def feed_of(wanted: Wanted, on: date) -> Feed:
    """The feed of a search, in Italian as its activities are. Nothing of whoever asks is in it."""
    with override("it"):
        rows = newest(wanted, on)
        latest = max((row.updated_at for row in rows), default=None)
        content = _written(wanted, rows, on, latest)
    depends_on_day = wanted.when or wanted.free
    return Feed(content, f'"{blake2s(content, digest_size=16).hexdigest()}"', None if depends_on_day else latest)


def _written(wanted, rows, on, latest) -> bytes:
    narrowed = [*([f"«{for_xml(wanted.q)}»"] if wanted.q else []), *(str(label) for label, _url in chips(wanted, on))]
    here = settings.SITE_URL + wanted.feed
    atom = _Atom(
        title=" · ".join([_("MiG-Work: activities"), *narrowed]),
        link=settings.SITE_URL + wanted.address(near=None, action=""),
        description=None,
        subtitle=_("What is new for this search. It is free, in Milan."),
        language="it",
        feed_url=here,
        feed_guid=here,
        updated=latest or make_aware(datetime.combine(on, time())),
    )
    for row in rows:
        url = absolute_url("pathways:opportunity-detail", row.slug)
        facts = _("%(place)s. From %(low)s to %(high)s years old.")
        facts %= {"place": row.place, "low": row.min_age, "high": row.max_age}
        atom.add_item(
            title=for_xml(row.title),
            link=url,
            description=for_xml(f"<p>{escape(row.summary)}</p><p>{escape(facts)}</p>"),
            author_name=for_xml(row.organisation.name),
            categories=[str(row.get_family_display())],
            # Not the address: the same activity stays the same entry (RFC 4151).
            unique_id=f"tag:{urlsplit(settings.SITE_URL).hostname},2020:opportunita/{row.pk}",
            pubdate=row.published_at or row.created_at,
            updateddate=row.updated_at,
        )
    return atom.writeString("utf-8").encode()
