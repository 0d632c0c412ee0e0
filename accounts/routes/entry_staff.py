from django.urls import path

from accounts import views

urlpatterns = [
    path("invito/<str:token>/", views.AcceptInvitationView.as_view(), name="account_invitation"),
]
