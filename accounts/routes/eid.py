from django.urls import path

from accounts import views

urlpatterns = [
    path("io/accesso/", views.SignInWaysView.as_view(), name="sign-in-ways"),
    path("io/accesso/<uuid:pk>/togli/", views.UnlinkEidView.as_view(), name="unlink-eid"),
]
