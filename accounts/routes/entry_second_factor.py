"""Of allauth's pages about second factors those that people need here."""

from allauth.mfa.base import views as base_views
from allauth.mfa.totp import views as totp_views
from django.urls import path
from django.views.generic import RedirectView

from accounts import views

urlpatterns = [
    path("2fa/", views.SecondFactorView.as_view(), name="mfa_index"),
    path("2fa/authenticate/", base_views.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", views.FactorAgainView.as_view(), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", views.AddAppView.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", views.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("2fa/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", views.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("2fa/webauthn/reauthenticate/", views.PasskeyAgainView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", views.RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
    path("reauthenticate/", views.PasswordAgainView.as_view(), name="account_reauthenticate"),
]
