from django.urls import path

from accounts import views

urlpatterns = [
    path("io/", views.ProfileView.as_view(), name="profile"),
]
