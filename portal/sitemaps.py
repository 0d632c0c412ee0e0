"""What search engines find: the pages that everybody may read, and when each was last changed."""

from types import SimpleNamespace
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from migwork.links import SLUG, link_to
from pathways.models import ModulePath, Opportunity
from pathways.queries.translations import languages_of

PAGES = (
    "portal:home",
    "portal:about",
    "portal:talk",
    "pathways:opportunity-list",
    "pathways:module-path-catalogue",
    "pathways:certificate-check",
    "portal:privacy",
    "portal:accessibility",
)

# Paths are few; one document bears fifty thousand addresses in all.
LONGEST_OF_PATHS = 1_000


class _Public(Sitemap):
    """Whole addresses as the settings have them: what asks may have come by any name."""

    def get_urls(self, page=1, site=None, protocol=None):
        scheme, host, *_rest = urlsplit(settings.SITE_URL)
        return super().get_urls(page, SimpleNamespace(domain=host), scheme)


class Pages(_Public):
    def items(self):
        return PAGES

    def location(self, item):
        return reverse(item)


class Activities(_Public):
    limit = Sitemap.limit - LONGEST_OF_PATHS - len(PAGES)

    def items(self):
        rows = Opportunity.objects.published().order_by("pk")
        return rows.only("slug", "created_at", "published_at", "changed_at")

    def location(self, item):
        return link_to("pathways:opportunity-detail", SLUG)(item.slug)

    def lastmod(self, item):
        return item.updated_at

    def get_urls(self, page=1, site=None, protocol=None):
        """With the address of each translation, told by its language: two queries a page."""
        urls = super().get_urls(page, site, protocol)
        there = languages_of([url["item"].pk for url in urls])
        for url in urls:
            codes = there.get(url["item"].pk)
            url["alternates"] = (
                [
                    {"location": f"{url['location']}?leggi={code}", "lang_code": code}
                    for code in (*codes, settings.LANGUAGE_CODE)
                ]
                if codes
                else []
            )
        return urls


class Paths(_Public):
    limit = LONGEST_OF_PATHS

    def items(self):
        return ModulePath.objects.published().order_by("pk").only("slug")

    def location(self, item):
        return link_to("pathways:module-path", SLUG)(item.slug)


SECTIONS = {"pagine": Pages, "percorsi": Paths, "attivita": Activities}


def is_long() -> bool:
    """Whether there are more activities than one document bears."""
    return Activities().paginator.num_pages > 1
