"""Reads over the programme that every later room needs."""

from datetime import date

from django.core.cache import caches

from migwork.prepared import Prepared
from programme.models import Edition, Organisation


def receiving_edition(on: date) -> Edition | None:
    """The edition that receives new people on the day `on`: a running project, else the ordinary service."""
    return _receiving.first(on=on)


_receiving = Prepared(lambda on: Edition.objects.receiving(on)[:1])


_short_name = Prepared(lambda pk: Organisation.objects.filter(pk=pk).values_list("short_name"))


def short_name_of(organisation_id: int) -> str:
    """What an organisation is called for short; may be ten minutes old."""
    cache, key = caches["process"], f"programme.short_name.{organisation_id}"
    if (name := cache.get(key)) is None:
        name = (_short_name.first(pk=organisation_id) or ("",))[0]
        cache.set(key, name, 600)
    return name
