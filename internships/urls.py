from django.urls import path

from internships.views import allowance, board, host_link, hosts, internships, months, my_days, register, rules

app_name = "internships"
urlpatterns = [
    path("", board.Board.as_view(), name="board"),
    path("nuovo/<uuid:pk>/", internships.InternshipCreate.as_view(), name="internship-create"),
    path("nuovo/<uuid:pk>/regole/", rules.ProposalCheck.as_view(), name="proposal-check"),
    path("oltre-le-regole/", rules.OverrideList.as_view(), name="override-list"),
    path("aziende/", hosts.HostList.as_view(), name="host-list"),
    path("aziende/nuova/", hosts.HostCreate.as_view(), name="host-create"),
    path("aziende/<int:pk>/", hosts.HostDetail.as_view(), name="host-detail"),
    path("aziende/<int:pk>/modifica/", hosts.HostChange.as_view(), name="host-change"),
    path("aziende/<int:pk>/sedi/<int:unit>/", hosts.UnitChange.as_view(), name="unit-change"),
    path("aziende/<int:pk>/tutor/<int:tutor>/", hosts.TutorChange.as_view(), name="tutor-change"),
    path("aziende/<int:pk>/nuova-sede/", hosts.UnitCreate.as_view(), name="unit-create"),
    path("aziende/<int:pk>/nuovo-tutor/", hosts.TutorCreate.as_view(), name="tutor-create"),
    path("<uuid:pk>/", internships.InternshipDetail.as_view(), name="internship-detail"),
    path("<uuid:pk>/regole/", rules.InternshipRules.as_view(), name="internship-rules"),
    path("<uuid:pk>/passo/", internships.InternshipStep.as_view(), name="internship-step"),
    path("<uuid:pk>/registro/", register.DayCreate.as_view(), name="day-create"),
    path("indennita/", allowance.AllowanceList.as_view(), name="allowance-list"),
    path("indennita/<str:month>/pagamenti.<str:kind>", allowance.PayersFile.as_view(), name="allowance-file"),
    path("<uuid:pk>/indennita/", allowance.AllowancePage.as_view(), name="allowance"),
    path("<uuid:pk>/orario/", months.Timetable.as_view(), name="timetable"),
    path("<uuid:pk>/collegamento/", months.HostLinkStep.as_view(), name="host-link-step"),
    path("<uuid:pk>/mesi/<str:month>/", months.RegisterMonth.as_view(), name="register-month"),
    path("<uuid:pk>/mesi/<str:month>/foglio.pdf", months.RegisterSheet.as_view(), name="register-sheet"),
    path("<uuid:pk>/giorni/", my_days.MyDays.as_view(), name="my-days"),
    path("<uuid:pk>/giorni/<str:day>/", my_days.MyDay.as_view(), name="my-day"),
    path("<uuid:pk>/giorni/<str:day>/foglio/", my_days.AbsenceProof.as_view(), name="absence-proof"),
    path("<uuid:pk>/giorni/<str:day>/correggi/", months.DayAmend.as_view(), name="day-amend"),
    path("da-confermare/<str:token>/", host_link.HostHome.as_view(), name="host-home"),
    path("da-confermare/<str:token>/doveri/", host_link.HostDuties.as_view(), name="host-duties"),
    path("da-confermare/<str:token>/<uuid:pk>/<str:month>/", host_link.HostMonth.as_view(), name="host-month"),
]
