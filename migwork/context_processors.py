"""What every page's frame needs."""

from django.conf import settings


def portal(request):
    """`demo`: whether this is a demonstration installation."""
    return {"demo": settings.DEMO}
