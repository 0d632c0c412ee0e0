from django.urls import path

from accounts.views.correction import PersonCorrect

urlpatterns = [path("anagrafe/<uuid:pk>/correggi/", PersonCorrect.as_view(), name="person-correct")]
