from django.urls import path

from accounts.views import papers as views

urlpatterns = [
    path("io/documenti/", views.MyPapers.as_view(), name="my-papers"),
    path("io/documenti/<uuid:paper>/", views.MyPaperEdit.as_view(), name="my-paper-edit"),
    path("io/documenti/<uuid:paper>/togli/", views.MyPaperRemove.as_view(), name="my-paper-remove"),
    path("anagrafe/<uuid:pk>/documenti/", views.PapersOf.as_view(), name="papers"),
    path("anagrafe/<uuid:pk>/documenti/<uuid:paper>/", views.PaperEdit.as_view(), name="paper-edit"),
    path("anagrafe/<uuid:pk>/documenti/<uuid:paper>/visto/", views.PaperCheck.as_view(), name="paper-check"),
    path("anagrafe/<uuid:pk>/documenti/<uuid:paper>/togli/", views.PaperRemove.as_view(), name="paper-remove"),
]
