"""Hosts: found by typing, and their list."""

from django.db.models import Count, Max, Q, QuerySet

from internships import vat
from internships.models import Host
from internships.workflow import OPEN_STATES
from migwork.text import sort_key

PAGE = 25
PICKER_SIZE = 20


def find_hosts(text: str) -> QuerySet[Host]:
    """Up to twenty hosts by the beginning of a word of their name, or by VAT number."""
    key = sort_key(text)
    if not key:
        return Host.objects.none()
    matches = Q(sort_key__startswith=key) | Q(sort_key__contains=f" {key}") | Q(vat_number=key)
    return Host.objects.filter(matches).prefetch_related("units").order_by("sort_key", "pk")[:PICKER_SIZE]


def host_of(vat_number: str) -> Host | None:
    """The host that has this VAT number, however it is typed."""
    return Host.objects.filter(vat_number=vat.cleaned(vat_number)).first()


def recent_hosts(organisation_id: int) -> list[Host]:
    """The hosts with which this partner worked last."""
    hosts = Host.objects.filter(units__internships__promoter=organisation_id)
    hosts = hosts.annotate(last=Max("units__internships__created_at")).order_by("-last", "pk")
    return list(hosts.prefetch_related("units")[:6])


def host_rows(text: str, after: str) -> tuple[list[Host], str]:
    """A page of the hosts with how many internships they have under way; and where the next page begins."""
    hosts = Host.objects.order_by("sort_key", "pk")
    if key := sort_key(text):
        hosts = hosts.filter(Q(sort_key__startswith=key) | Q(sort_key__contains=f" {key}") | Q(vat_number=key))
    if after:
        hosts = hosts.filter(sort_key__gt=after)
    going = Count("units__internships", filter=Q(units__internships__state__in=OPEN_STATES), distinct=True)
    rows = list(hosts.annotate(going=going).prefetch_related("units")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].sort_key if len(rows) > PAGE else ""
