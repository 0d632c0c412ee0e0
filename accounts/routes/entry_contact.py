from django.urls import path

from accounts.views.contact import ChangeContactView, ConfirmContactView

urlpatterns = [
    path("contatto/", ChangeContactView.as_view(), name="account_change_contact"),
    path("contatto/codice/", ConfirmContactView.as_view(), name="account_confirm_contact"),
]
