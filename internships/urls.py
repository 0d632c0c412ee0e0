from django.urls import path

from internships.views import board, hosts, internships, register

app_name = "internships"
urlpatterns = [
    path("", board.Board.as_view(), name="board"),
    path("nuovo/<uuid:pk>/", internships.InternshipCreate.as_view(), name="internship-create"),
    path("aziende/", hosts.HostList.as_view(), name="host-list"),
    path("aziende/nuova/", hosts.HostCreate.as_view(), name="host-create"),
    path("aziende/<int:pk>/", hosts.HostDetail.as_view(), name="host-detail"),
    path("aziende/<int:pk>/nuova-sede/", hosts.UnitCreate.as_view(), name="unit-create"),
    path("aziende/<int:pk>/nuovo-tutor/", hosts.TutorCreate.as_view(), name="tutor-create"),
    path("<uuid:pk>/", internships.InternshipDetail.as_view(), name="internship-detail"),
    path("<uuid:pk>/passo/", internships.InternshipStep.as_view(), name="internship-step"),
    path("<uuid:pk>/registro/", register.DayCreate.as_view(), name="day-create"),
]
