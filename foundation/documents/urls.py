"""The pages of who signs by a link. A token is a key: it stands in the address and nowhere else."""

from django.urls import path

from foundation.documents.views import evidence, signing

app_name = "documents"
urlpatterns = [
    # Before the tokens: no token is so short.
    path("verifica/", evidence.DocumentCheck.as_view(), name="check"),
    path("<str:token>/", signing.Sign.as_view(), name="sign"),
    path("<str:token>/codice/", signing.SignCode.as_view(), name="sign-code"),
    path("<str:token>/eid/", signing.SignEid.as_view(), name="sign-eid"),
    path("<str:token>/rifiuto/", signing.SignRefuse.as_view(), name="sign-refuse"),
    path("<str:token>/copia/", signing.SignCopy.as_view(), name="sign-copy"),
    path("<str:token>/nuovo/", signing.SignAgain.as_view(), name="sign-again"),
    path("<str:token>/altri/<uuid:pk>/", signing.SignOther.as_view(), name="sign-other"),
    path("<str:token>/ritiro/", signing.SignWithdraw.as_view(), name="sign-withdraw"),
]
