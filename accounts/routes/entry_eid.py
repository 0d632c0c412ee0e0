"""SPID and CIE. The first two have the names under which allauth looks for them."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("eid/iscrizione/", views.EidSignUpView.as_view(), name="account_eid_signup"),
    path("eid/conflitto/", views.EidConflictView.as_view(), name="account_eid_conflict"),
    path("eid/<slug:provider_id>/", views.EidOutView.as_view(), name="openid_connect_login"),
    path("eid/<slug:provider_id>/callback/", views.come_back, name="openid_connect_callback"),
]
