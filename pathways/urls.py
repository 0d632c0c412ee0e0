"""Activities: the public catalogue, enrolments, and the partner's workspace."""

from django.urls import path

from pathways.views import catalogue, certificates, enrolment, proof, runs, workspace

app_name = "pathways"
urlpatterns = [
    path("opportunita/", catalogue.OpportunityList.as_view(), name="opportunity-list"),
    path("opportunita/<slug:slug>/", catalogue.OpportunityDetail.as_view(), name="opportunity-detail"),
    path("iscrizioni/", enrolment.EnrolmentList.as_view(), name="enrolment-list"),
    path("iscrizioni/<uuid:pk>/", enrolment.RunEnrol.as_view(), name="run-enrol"),
    path("iscrizione/<uuid:pk>/", enrolment.EnrolmentDetail.as_view(), name="enrolment-detail"),
    path("iscrizione/<uuid:pk>/rinuncia/", enrolment.EnrolmentWithdraw.as_view(), name="enrolment-withdraw"),
    path("iscrizione/<uuid:pk>/firme/", enrolment.EnrolmentRemind.as_view(), name="enrolment-remind"),
    path("persone/<uuid:pk>/iscrizione/", enrolment.PersonEnrol.as_view(), name="person-enrol"),
    path("attivita/", workspace.ActivityList.as_view(), name="activity-list"),
    path("attivita/nuova/", workspace.ActivityCreate.as_view(), name="activity-create"),
    path("attivita/edizioni/<uuid:pk>/", runs.RunDetail.as_view(), name="run-detail"),
    path("attivita/edizioni/<uuid:pk>/posti/", runs.RunPlaces.as_view(), name="run-places"),
    path("attivita/edizioni/<uuid:pk>/annulla/", runs.RunCancel.as_view(), name="run-cancel"),
    path("attivita/edizioni/<uuid:pk>/conclusione/", runs.RunComplete.as_view(), name="run-complete"),
    path("attivita/incontri/<int:pk>/", runs.SessionAttendance.as_view(), name="session-attendance"),
    path("attivita/incontri/<int:pk>/togli/", runs.SessionRemove.as_view(), name="session-remove"),
    path("attivita/iscrizioni/<uuid:pk>/esito/", runs.EnrolmentOutcome.as_view(), name="enrolment-outcome"),
    path("attivita/edizioni/<uuid:pk>/attestati/", certificates.RunCertificates.as_view(), name="run-certificates"),
    path("attivita/edizioni/<uuid:pk>/prova/", certificates.RunTests.as_view(), name="run-tests"),
    path("attivita/iscrizioni/<uuid:pk>/attestato/", certificates.CertificateIssue.as_view(), name="certificate-issue"),
    path("attivita/attestati/<uuid:pk>/", certificates.CertificateDetail.as_view(), name="certificate-detail"),
    path("attivita/attestati/<uuid:pk>/revoca/", certificates.CertificateRevoke.as_view(), name="certificate-revoke"),
    path("attivita/attestati/<uuid:pk>/nuovo/", certificates.CertificateReissue.as_view(), name="certificate-reissue"),
    path("attestati/", certificates.CertificateList.as_view(), name="certificate-list"),
    path("attestati/<uuid:pk>/pdf/", certificates.CertificatePaper.as_view(), name="certificate-paper"),
    path("verifica/", proof.CertificateCheck.as_view(), name="certificate-check"),
    path("verifica/<str:code>/", proof.CertificateProof.as_view(), name="certificate-proof"),
    path("attivita/<slug:slug>/attestato/", certificates.CertificateRuleEdit.as_view(), name="certificate-rule"),
    path("attivita/<slug:slug>/", workspace.ActivityDetail.as_view(), name="activity-detail"),
    path("attivita/<slug:slug>/modifica/", workspace.ActivityEdit.as_view(), name="activity-edit"),
    path("attivita/<slug:slug>/date/", workspace.RunCreate.as_view(), name="run-create"),
    path("attivita/<slug:slug>/invia/", workspace.ActivityStep.as_view(verb="submit"), name="activity-submit"),
    path("attivita/<slug:slug>/pubblica/", workspace.ActivityStep.as_view(verb="publish"), name="activity-publish"),
    path("attivita/<slug:slug>/rimanda/", workspace.ActivityStep.as_view(verb="return"), name="activity-return"),
    path("attivita/<slug:slug>/togli/", workspace.ActivityStep.as_view(verb="expire"), name="activity-expire"),
]
