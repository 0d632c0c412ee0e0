"""The pages of who signs by a link. A token is a key: it stands in the address and nowhere else."""

from django.urls import path

from foundation.documents import views

app_name = "documents"
urlpatterns = [
    path("<str:token>/", views.Sign.as_view(), name="sign"),
    path("<str:token>/codice/", views.SignCode.as_view(), name="sign-code"),
    path("<str:token>/eid/", views.SignEid.as_view(), name="sign-eid"),
    path("<str:token>/rifiuto/", views.SignRefuse.as_view(), name="sign-refuse"),
    path("<str:token>/copia/", views.SignCopy.as_view(), name="sign-copy"),
    path("<str:token>/nuovo/", views.SignAgain.as_view(), name="sign-again"),
    path("<str:token>/ritiro/", views.SignWithdraw.as_view(), name="sign-withdraw"),
]
