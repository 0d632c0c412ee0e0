"""Every address of the portal, room by room in the order of the journey."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from migwork import health
from migwork.addresses import room

urlpatterns = [
    room("portal.urls"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("account/", include("accounts.entry_urls")),
    path("firma/", include("foundation.documents.urls")),
    room("accounts.urls"),
    room("foundation.communications.urls"),
    path("admin/", admin.site.urls),
    room("pathways.urls"),
    path("i18n/", include("django.conf.urls.i18n")),
    room("intake.urls"),
    path("tirocini/", include("internships.urls")),
    room("reporting.urls"),
]

if settings.DEBUG or settings.DEMO:
    # For who writes pages: every component with example states.
    urlpatterns.append(path("galleria/", include("migwork.gallery")))
