from django.urls import path

from reporting import views

app_name = "reporting"
urlpatterns = [
    path("cruscotto/", views.Dashboard.as_view(), name="dashboard"),
    path("cruscotto/conta/", views.FiguresRefresh.as_view(), name="figures-refresh"),
    path("cruscotto/risultati/", views.Results.as_view(), name="results"),
    path("cruscotto/copertura/", views.Coverage.as_view(), name="coverage"),
    path("cruscotto/<slug:indicator>/", views.FigureRows.as_view(), name="figure-rows"),
    path("bilancio/", views.Budget.as_view(), name="budget"),
    path("spese/", views.ExpenseList.as_view(), name="expense-list"),
    path("spese/nuova/", views.ExpenseCreate.as_view(), name="expense-create"),
    path("spese/<uuid:pk>/", views.ExpenseDetail.as_view(), name="expense-detail"),
    path("rapporti/", views.ReportList.as_view(), name="report-list"),
    path("rapporti/nuovo/", views.ReportCreate.as_view(), name="report-create"),
    path("rapporti/<uuid:pk>/", views.ReportDetail.as_view(), name="report-detail"),
    path("rapporti/<uuid:pk>/riprova/", views.ReportRetry.as_view(), name="report-retry"),
    path("rapporti/<uuid:pk>/pdf/", views.ReportDownload.as_view(), name="report-download"),
    path("rapporti/<uuid:pk>/cifre.json", views.ReportFigures.as_view(), name="report-figures"),
]
