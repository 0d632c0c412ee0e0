from django.urls import path

from accounts.views import special as views

urlpatterns = [
    path("anagrafe/<uuid:pk>/riservato/", views.SpecialNotes.as_view(), name="special-notes"),
    path("anagrafe/<uuid:pk>/riservato/nuova/", views.SpecialAdd.as_view(), name="special-add"),
    path("riservato/<uuid:pk>/togli/", views.SpecialRemove.as_view(), name="special-remove"),
]
