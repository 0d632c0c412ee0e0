from django.urls import path

from accounts import views

urlpatterns = [
    path("organizzazioni/", views.OrganisationListView.as_view(), name="organisation-list"),
    path("organizzazioni/nuova/", views.OrganisationAddView.as_view(), name="organisation-create"),
    path("organizzazioni/<int:pk>/", views.OrganisationView.as_view(), name="organisation"),
    path("organizzazioni/<int:pk>/inviti/nuovo/", views.InviteView.as_view(), name="invitation-create"),
    path(
        "organizzazioni/<int:pk>/inviti/<uuid:invitation>/ritiro/",
        views.CancelInvitationView.as_view(),
        name="invitation-cancel",
    ),
    path("organizzazioni/<int:pk>/persone/<uuid:who>/", views.MemberView.as_view(), name="member"),
    path("organizzazioni/<int:pk>/persone/<uuid:who>/account/", views.ChangeMemberView.as_view(), name="member-change"),
    path(
        "organizzazioni/<int:pk>/persone/<uuid:who>/account/<slug:verb>/",
        views.ConfirmMemberView.as_view(),
        name="member-confirm",
    ),
    path("organizzazioni/<int:pk>/uscita/<uuid:who>/", views.LeaveView.as_view(), name="member-leave"),
]
