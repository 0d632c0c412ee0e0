from django.urls import include, path

from portal.demo.idp import views

urlpatterns = [
    path("identity/o/authorize", views.authorize),
    path("", include("allauth.idp.urls")),
    path("chi/", views.pick, name="pick"),
]
