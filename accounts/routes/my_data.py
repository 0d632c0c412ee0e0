from django.urls import path

from accounts.views import messages, my_data, requests, retention

urlpatterns = [
    path("io/dati/", my_data.MyData.as_view(), name="my-data"),
    path("io/accessi/", my_data.MyOpenings.as_view(), name="my-openings"),
    path("io/condivisioni/", my_data.MySharing.as_view(), name="my-sharing"),
    path("io/consensi/", my_data.MyConsents.as_view(), name="my-consents"),
    path("io/informativa/", my_data.NoticeRead.as_view(), name="notice-read"),
    path("io/preferenze/", my_data.MyPreferences.as_view(), name="my-preferences"),
    path("io/copia/", my_data.MyCopy.as_view(), name="my-copy"),
    path("io/copia/accesso/", my_data.SignInAgain.as_view(), name="sign-in-again"),
    path("io/copia/<uuid:pk>/pdf/", my_data.CopyDownload.as_view(), {"form": "pdf"}, name="copy-pdf"),
    path("io/copia/<uuid:pk>/json/", my_data.CopyDownload.as_view(), {"form": "json"}, name="copy-json"),
    path("io/richieste/", requests.RequestList.as_view(), name="request-list"),
    path("io/richieste/limitazione/fine/", requests.LimitationLift.as_view(), name="limitation-lift"),
    path("io/richieste/<uuid:pk>/ritiro/", requests.RequestTakeBack.as_view(), name="request-take-back"),
    path("io/richieste/<slug:kind>/", requests.RequestCreate.as_view(), name="request-create"),
    path("richieste-privacy/", requests.PrivacyRequestList.as_view(), name="privacy-request-list"),
    path("richieste-privacy/lettera/", requests.PrivacyRequestFind.as_view(), name="privacy-request-find"),
    path("richieste-privacy/lettera/<uuid:pk>/", requests.PrivacyRequestEnter.as_view(), name="privacy-request-enter"),
    path("richieste-privacy/<uuid:pk>/", requests.PrivacyRequestDetail.as_view(), name="privacy-request-detail"),
    path(
        "richieste-privacy/<uuid:pk>/termine/", requests.PrivacyRequestExtend.as_view(), name="privacy-request-extend"
    ),
    path(
        "richieste-privacy/<uuid:pk>/cancellazione/",
        requests.PrivacyRequestErase.as_view(),
        name="privacy-request-erase",
    ),
    path(
        "richieste-privacy/<uuid:pk>/limitazione/",
        requests.PrivacyLimitationLift.as_view(),
        name="privacy-limitation-lift",
    ),
    path("richieste-privacy/guasti/", requests.FaultsSettle.as_view(), name="faults-settle"),
    path("conservazione/", retention.Retention.as_view(), name="retention"),
    path("anagrafe/<uuid:pk>/messaggi/", messages.PersonMessages.as_view(), name="person-messages"),
]
