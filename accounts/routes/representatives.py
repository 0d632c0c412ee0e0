from django.urls import path

from accounts.views import representatives as views

urlpatterns = [
    path("io/rappresentanti/", views.MyRepresentatives.as_view(), name="my-representatives"),
    path("io/rappresentanti/chiedi/<slug:code>/", views.AskMine.as_view(), name="my-consent-ask"),
    path("io/rappresentanti/conferma/<uuid:pk>/", views.ConfirmMine.as_view(), name="my-consent-confirm"),
    path("anagrafe/<uuid:pk>/rappresentanti/", views.RepresentativesOf.as_view(), name="representatives"),
    path("anagrafe/<uuid:pk>/consensi/<slug:code>/", views.AskConsent.as_view(), name="consent-ask"),
    path("anagrafe/<uuid:pk>/recapiti/", views.SafeContact.as_view(), name="safe-contact"),
    path("rappresentanza/<uuid:pk>/identita/", views.CheckIdentity.as_view(), name="representative-check"),
    path("rappresentanza/<uuid:pk>/fine/", views.EndRepresentation.as_view(), name="representative-end"),
    path("firme/<uuid:pk>/invio/", views.SendAgain.as_view(), name="signing-send"),
    path("firme/<uuid:pk>/carta/", views.SignedPaper.as_view(), name="signing-paper"),
    path("firme/<uuid:pk>/lettera/", views.Letter.as_view(), name="signing-letter"),
]
