"""Of allauth's pages only those that people need here.

No e-mail manager, no password reset (who forgot one signs in by a code), no sign-up of its own.
"""

from allauth.account import views as allauth_views
from django.urls import path
from django.views.generic import RedirectView

from accounts import views

urlpatterns = [
    path("signup/", views.SignUpView.as_view(), name="account_signup"),
    path("signup/code/", views.ConfirmSignUpView.as_view(), name="account_confirm_signup"),
    path("login/", views.SignInView.as_view(), name="account_login"),
    path("login/code/", RedirectView.as_view(pattern_name="account_login"), name="account_request_login_code"),
    path("login/code/confirm/", views.ConfirmSignInView.as_view(), name="account_confirm_login_code"),
    path("login/password/", views.PasswordSignInView.as_view(), name="account_password_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("password/set/", views.SetPasswordView.as_view(), name="account_set_password"),
]
