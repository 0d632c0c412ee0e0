"""Where providers report what became of a message."""

from django.urls import path

from foundation.communications import views

app_name = "communications"
urlpatterns = [path("consegne/", views.Delivery.as_view(), name="delivery")]
