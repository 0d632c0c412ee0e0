from django.urls import path

from accounts import views

urlpatterns = [
    path("2fa/webauthn/login/", views.PasskeySignInView.as_view(), name="mfa_login_webauthn"),
    path("2fa/webauthn/later/", views.PasskeyLaterView.as_view(), name="account_passkey_later"),
]
