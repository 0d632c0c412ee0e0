from django.urls import path

from intake.views import (
    agenda,
    booking,
    desk,
    file,
    interviews,
    mediation,
    mine,
    notes,
    people,
    plan,
    queue,
    records,
    referrals,
    steps,
    talks,
)

app_name = "intake"

urlpatterns = [
    # The desk
    path("accoglienza/", desk.ReceptionList.as_view(), name="reception-list"),
    path("accoglienza/in-attesa/", desk.WaitingList.as_view(), name="waiting-list"),
    path("accoglienza/seguite/", desk.Caseload.as_view(), name="caseload"),
    path("accoglienza/coda/", queue.QueueOfDay.as_view(), name="queue"),
    path("accoglienza/coda/<uuid:pk>/<slug:step>/", queue.QueueStep.as_view(), name="queue-step"),
    path("persone/<uuid:pk>/coda/", queue.QueueJoin.as_view(), name="queue-join"),
    path("accoglienza/nuova-persona/", desk.PersonCreate.as_view(), name="person-create"),
    path("accoglienza/doppioni/", desk.Duplicates.as_view(), name="duplicates"),
    path("persone/<uuid:pk>/", file.PersonFile.as_view(), name="person-file"),
    path("persone/<uuid:pk>/accoglienza/", desk.ReceptionCreate.as_view(), name="reception-create"),
    path("persone/<uuid:pk>/chiusura/", desk.ParticipationEnd.as_view(), name="participation-end"),
    path("persone/<uuid:pk>/riapertura/", desk.ParticipationReopen.as_view(), name="participation-reopen"),
    # The records themselves: a code to take one over, two of one person
    path("persone/<uuid:pk>/codice/", records.ClaimLetter.as_view(), name="claim-letter"),
    path("persone/<uuid:pk>/unione/", records.SameAs.as_view(), name="same-as"),
    path("persone/<uuid:pk>/unione/<uuid:other>/", records.MergePreview.as_view(), name="merge-preview"),
    path("unioni/<uuid:pk>/annulla/", records.MergeUndo.as_view(), name="merge-undo"),
    # Notes
    path("persone/<uuid:pk>/nota/", notes.NoteCreate.as_view(), name="note-create"),
    path("note/<uuid:pk>/", notes.NoteEdit.as_view(), name="note-edit"),
    # The agenda and the hours one offers
    path("agenda/", agenda.Agenda.as_view(), name="agenda"),
    path("agenda/disponibilita/", agenda.Hours.as_view(), name="hours"),
    path("agenda/disponibilita/<uuid:pk>/", agenda.HoursDetail.as_view(), name="hours-detail"),
    path("agenda/disponibilita/<uuid:pk>/fine/", agenda.HoursEnd.as_view(), name="hours-end"),
    path("agenda/mediazione/", mediation.MediationList.as_view(), name="mediation-list"),
    path("appuntamenti/<uuid:pk>/mediazione/", mediation.MediationArrange.as_view(), name="mediation-arrange"),
    # How an operator is shown
    path("agenda/come-mi-vedono/", people.MyCard.as_view(), name="my-card"),
    path("operatori/ritratto/<uuid:pk>/", people.Portrait.as_view(), name="portrait"),
    # A young person books, moves, cancels
    path("prenota/", booking.Booking.as_view(), name="booking"),
    path("prenota/<slug:kind>/", booking.BookingHours.as_view(), name="booking-hours"),
    path("prenota/<slug:kind>/<uuid:slot>/", booking.BookingConfirm.as_view(), name="booking-confirm"),
    path("appuntamenti/<uuid:pk>/", booking.MyAppointment.as_view(), name="my-appointment"),
    path("appuntamenti/<uuid:pk>/calendario/", booking.MyAppointmentFile.as_view(), name="my-appointment-file"),
    path("appuntamenti/<uuid:pk>/sposta/", booking.MoveHours.as_view(), name="appointment-move"),
    path("appuntamenti/<uuid:pk>/sposta/<uuid:slot>/", booking.MoveConfirm.as_view(), name="appointment-move-confirm"),
    path("appuntamenti/<uuid:pk>/disdetta/", booking.AppointmentCancel.as_view(), name="appointment-cancel"),
    # Talks
    path("persone/<uuid:pk>/appuntamento/", talks.AppointmentCreate.as_view(), name="appointment-create"),
    path("appuntamenti/<uuid:pk>/esito/", talks.AppointmentOutcome.as_view(), name="appointment-outcome"),
    path("persone/<uuid:pk>/colloquio/", interviews.InterviewStart.as_view(), name="interview-start"),
    path("colloqui/<uuid:pk>/", interviews.InterviewDetail.as_view(), name="interview-detail"),
    path("colloqui/<uuid:pk>/chiusura/", interviews.InterviewComplete.as_view(), name="interview-complete"),
    path("colloqui/<uuid:pk>/aggiunta/", interviews.InterviewAdd.as_view(), name="interview-add"),
    path("colloqui/<uuid:pk>/<slug:section>/", interviews.InterviewSection.as_view(), name="interview-section"),
    # The plan: the operator's pages, then the young person's
    path("persone/<uuid:pk>/progetto/nuovo/", plan.PlanStart.as_view(), name="plan-start"),
    path("persone/<uuid:pk>/progetto/", plan.PlanEdit.as_view(), name="plan-edit"),
    path("persone/<uuid:pk>/progetto/proposta/", plan.PlanPropose.as_view(), name="plan-propose"),
    path("persone/<uuid:pk>/progetto/parole/", plan.PlanProject.as_view(), name="plan-project"),
    path("obiettivi/<uuid:pk>/", plan.GoalEdit.as_view(), name="goal-edit"),
    path("obiettivi/<uuid:pk>/nuovo-passo/", plan.ActionCreate.as_view(), name="action-create"),
    path("passi/<uuid:pk>/", plan.ActionEdit.as_view(), name="action-edit"),
    path("passi/<uuid:pk>/fatto/", mine.ActionDone.as_view(), name="action-done"),
    path("progetto/", mine.MyPlan.as_view(), name="my-plan"),
    path("progetto/parole/", steps.MyProject.as_view(), name="my-project"),
    path("progetto/passo/", steps.OwnStepAdd.as_view(), name="own-step-add"),
    path("passi/<uuid:pk>/via/", steps.OwnStepDrop.as_view(), name="own-step-drop"),
    path("progetto/<uuid:pk>/accordo/", mine.PlanAgree.as_view(), name="plan-agree"),
    # Referrals
    path("persone/<uuid:pk>/invio/", referrals.ReferralCreate.as_view(), name="referral-create"),
    path("invii/", referrals.ReferralList.as_view(), name="referral-list"),
    path("invii/<uuid:pk>/", referrals.ReferralDetail.as_view(), name="referral-detail"),
    path("invii/<uuid:pk>/risposta/", referrals.ReferralAnswer.as_view(), name="referral-answer"),
]
