"""What every page's frame needs; anonymous visitors cost no query."""

from django.conf import settings

from migwork import navigation


def portal(request):
    """`places`: the fixed links; `demo`: whether this is a demonstration."""
    return {"places": navigation.places(), "demo": settings.DEMO}
