"""What every page's frame needs. Functions are called only by the templates that ask for them,
so parts of pages (HTMX) pay nothing; anonymous visitors cost no query."""

from django.conf import settings

from migwork import navigation


def portal(request):
    """`nav`: the menu of this user; `places`: the fixed links; `demo`: whether this is a demonstration."""
    return {
        "nav": lambda: navigation.menu(request.user, request.path),
        "places": navigation.places(),
        "demo": settings.DEMO,
    }
