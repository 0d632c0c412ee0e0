from django.urls import path

from internships import views

app_name = "internships"
urlpatterns = [
    path("", views.Board.as_view(), name="board"),
    path("nuovo/<uuid:pk>/", views.InternshipCreate.as_view(), name="internship-create"),
    path("aziende/", views.HostList.as_view(), name="host-list"),
    path("aziende/nuova/", views.HostCreate.as_view(), name="host-create"),
    path("aziende/<int:pk>/", views.HostDetail.as_view(), name="host-detail"),
    path("aziende/<int:pk>/nuova-sede/", views.UnitCreate.as_view(), name="unit-create"),
    path("aziende/<int:pk>/nuovo-tutor/", views.TutorCreate.as_view(), name="tutor-create"),
    path("<uuid:pk>/", views.InternshipDetail.as_view(), name="internship-detail"),
    path("<uuid:pk>/passo/", views.InternshipStep.as_view(), name="internship-step"),
    path("<uuid:pk>/registro/", views.DayCreate.as_view(), name="day-create"),
]
