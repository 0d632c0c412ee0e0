"""How the desk's events read, what its fields are for the register, and what it holds about a person."""

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.privacy.actions import erase
from foundation.privacy.enums import Basis, FieldKind
from foundation.privacy.registry import PUBLIC, STAFF, TECHNICAL, call_rows, classify, counted, erased, with_row
from foundation.questionnaires.models import AnswerSheet
from intake.actions import release
from intake.models import (
    Appointment,
    CallRequest,
    Cv,
    CvEntry,
    EarlierWish,
    FollowUp,
    GroupEntry,
    Handover,
    Interview,
    InterviewAddendum,
    InterviewSummary,
    Mediation,
    Note,
    OutsideReferral,
    Participation,
    PersonSkill,
    Plan,
    PlanAction,
    PlanGoal,
    PlanSignature,
    QueueEntry,
    Reception,
    Referral,
    SafeguardingEntry,
    SafeguardingReading,
    SafeguardingRecord,
    StepEvidence,
    StreetContact,
    StreetMeeting,
    TalkFeedback,
)
from migwork.errors import NotNow

SENTENCES = {
    "intake.participation_opened": _("Way opened"),
    "intake.received": _("Received at the desk"),
    "intake.closed": _("Way closed"),
    "intake.dropped": _("Way stopped"),
    "intake.reopened": _("Way opened again"),
    "intake.follow_up_answered": _("Told us how it goes now"),
    "intake.handed_over": _("Followed by somebody else from now on"),
    "intake.cover_arranged": _("A colleague stands in for an operator"),
    "intake.cover_ended": _("A colleague no longer stands in for an operator"),
    "intake.view_saved": _("View of the list kept"),
    "intake.view_removed": _("View of the list removed"),
    "intake.appointment_booked": _("Appointment booked"),
    "intake.appointment_moved": _("Appointment moved"),
    "intake.group_made": _("List of a group prepared"),
    "intake.group_entered": _("Put on the list of a group"),
    "intake.group_counted": _("Noted how many of a group were there"),
    "intake.group_registered": _("Came with a group"),
    "intake.group_dropped": _("Taken off the list of a group"),
    "intake.contacted": _("Somebody met on the street"),
    "intake.contact_takes_part": _("Had been met on the street before"),
    "intake.contact_forgotten": _("Somebody met on the street was forgotten"),
    "intake.feedback_given": _("Said how a talk was"),
    "intake.mediator_arranged": _("Mediator arranged for an appointment"),
    "intake.card_changed": _("An operator changed how they are shown"),
    "intake.feed_made": _("Private address of an operator's calendar made"),
    "intake.feed_revoked": _("Private address of an operator's calendar closed"),
    "intake.earlier_asked": _("Asked to be told of an earlier hour"),
    "intake.earlier_stopped": _("No more to be told of an earlier hour"),
    "intake.call_asked": _("Asked to be called"),
    "intake.call_withdrawn": _("No more to be called"),
    "intake.call_tried": _("Called as they had asked: nobody answered"),
    "intake.call_answered": _("Called as they had asked"),
    "intake.hours_published": _("Hours for talks published"),
    "intake.hours_changed": _("Hours for talks changed for a day"),
    "intake.hours_ended": _("Hours for talks taken back"),
    "intake.appointment_seen": _("Appointment took place"),
    "intake.appointment_excused": _("Appointment: let us know they could not come"),
    "intake.appointment_cancelled": _("Appointment cancelled by us"),
    "intake.appointment_no_show": _("Appointment: did not come"),
    "intake.interview_started": _("Interview begun"),
    "intake.interview_saved": _("Interview: section saved"),
    "intake.interview_viewed": _("Interview: section looked at"),
    "intake.interview_completed": _("Interview closed"),
    "intake.interview_added_to": _("Interview: something added"),
    "intake.interview_summarised": _("Interview: summary handed over"),
    "intake.note_written": _("Note written"),
    "intake.note_corrected": _("Note corrected"),
    "intake.queue_arrived": _("Came to the desk"),
    "intake.queue_called": _("Called at the desk"),
    "intake.queue_put_back": _("Called at the desk: waits again"),
    "intake.queue_received": _("Talk at the desk"),
    "intake.queue_left": _("Left the desk"),
    "intake.plan_started": _("Plan begun"),
    "intake.project_written": _("Plan: what it is for, in the person’s words"),
    "intake.goal_added": _("Plan: goal added"),
    "intake.goal_changed": _("Plan: goal changed"),
    "intake.goal_dropped": _("Plan: goal given up"),
    "intake.action_added": _("Plan: step added"),
    "intake.evidence_added": _("Plan: file added to a step"),
    "intake.evidence_removed": _("Plan: file of a step taken away"),
    "intake.own_step_added": _("Plan: step added by the young person"),
    "intake.own_step_dropped": _("Plan: step taken out by the young person"),
    "intake.action_changed": _("Plan: step changed"),
    "intake.action_dropped": _("Plan: step taken out"),
    "intake.action_started": _("Plan: step under way"),
    "intake.action_finished": _("Plan: step done"),
    "intake.action_resumed": _("Plan: step to do again"),
    "intake.action_hours": _("Plan: hours recorded"),
    "intake.plan_proposed": _("Plan proposed"),
    "intake.plan_agreed": _("Plan agreed"),
    "intake.skill_noted": _("Skill noted"),
    "intake.skill_changed": _("Skill changed"),
    "intake.skill_removed": _("Skill taken out"),
    "intake.cv_written": _("CV: words and data chosen"),
    "intake.cv_entry_added": _("CV: something added"),
    "intake.cv_entry_changed": _("CV: something changed"),
    "intake.cv_entry_removed": _("CV: something taken out"),
    "intake.referred": _("Referred to a partner"),
    "intake.referral_accepted": _("Referral accepted"),
    "intake.referral_declined": _("Referral declined"),
    "intake.referral_withdrawn": _("Referral taken back by the young person"),
    "intake.referred_outside": _("Sent to an outside service"),
    "intake.outside_asked_again": _("Outside service asked once more"),
    "intake.outside_accepted": _("Outside service: accepted"),
    "intake.outside_declined": _("Outside service: declined"),
    "intake.referral_feedback": _("Referral: told how it went"),
    "intake.safeguarding_opened": _("Restricted record opened"),
    "intake.safeguarding_read": _("Restricted record read"),
    "intake.safeguarding_added": _("Restricted record: added to"),
    "intake.safeguarding_reader_named": _("Restricted record: reader named"),
    "intake.safeguarding_reader_removed": _("Restricted record: reader removed"),
    "intake.safeguarding_deadline": _("Restricted record: deadline moved"),
    "intake.safeguarding_given": _("Restricted record: in other hands"),
    "intake.safeguarding_closed": _("Restricted record closed"),
    "intake.referral_given_back": _("Referral given back by the young person"),
}


def holdings(abouts) -> list:
    """The rows about these people that this room holds."""
    of_person = {"participation__person__in": abouts}
    return [
        Participation.with_merged.filter(person__in=abouts),
        Reception.objects.filter(**of_person),
        Appointment.objects.filter(**of_person),
        GroupEntry.objects.filter(**of_person),
        StreetContact.objects.filter(**of_person),
        StreetMeeting.objects.filter(contact__participation__person__in=abouts),
        TalkFeedback.objects.filter(appointment__participation__person__in=abouts),
        Mediation.objects.filter(appointment__participation__person__in=abouts),
        EarlierWish.objects.filter(appointment__participation__person__in=abouts),
        CallRequest.objects.filter(**of_person),
        Interview.objects.filter(**of_person),
        AnswerSheet.objects.filter(pk__in=Interview.objects.filter(**of_person).values("sheet")),
        InterviewAddendum.objects.filter(interview__participation__person__in=abouts),
        InterviewSummary.objects.filter(interview__participation__person__in=abouts),
        FollowUp.objects.filter(**of_person),
        AnswerSheet.objects.filter(pk__in=FollowUp.objects.filter(**of_person).values("sheet")),
        Note.objects.filter(**of_person),
        QueueEntry.objects.filter(**of_person),
        Plan.objects.filter(**of_person),
        PlanGoal.objects.filter(plan__participation__person__in=abouts),
        PlanAction.objects.filter(goal__plan__participation__person__in=abouts),
        StepEvidence.objects.filter(action__goal__plan__participation__person__in=abouts),
        PlanSignature.objects.filter(plan__participation__person__in=abouts),
        Referral.objects.filter(**of_person),
        Handover.objects.filter(**of_person),
        OutsideReferral.objects.filter(**of_person),
        SafeguardingRecord.objects.filter(concerns__in=abouts),
        SafeguardingEntry.objects.filter(record__concerns__in=abouts),
        SafeguardingReading.objects.filter(record__concerns__in=abouts),
        PersonSkill.objects.filter(person__in=abouts),
        Cv.objects.filter(person__in=abouts),
        CvEntry.objects.filter(person__in=abouts),
    ]


def anonymise(about, by, now):
    """Appointments to come are called off; nobody follows whoever is nobody. States stay: they are counted."""
    # Said so that it tells nothing: whoever asked may live with whom the record is about.
    if SafeguardingRecord.objects.open().filter(concerns=about).exists():
        raise NotNow(gettext("The desk still needs these data for a duty by law. Ask again later."), code="needed")
    release(person=about, now=now)
    return erase(*holdings([about]))


def days_that_count(person):
    """The days on which the age decided who may take part, and by which figures group."""
    moments = Participation.with_merged.filter(person=person).values_list("opened_at", flat=True)
    return [timezone.localdate(moment) for moment in moments]


def classify_fields():
    call_rows(
        **{
            "intake.Participation": _("your way with us"),
            "intake.Reception": _("your first talk at the desk"),
            "intake.Referral": _("partners to whom we sent you"),
            "intake.OutsideReferral": _("services outside to which we sent you"),
            "intake.SafeguardingRecord": _("what somebody disclosed, apart from the file"),
            "intake.SafeguardingReader": _("who may read a restricted record"),
            "intake.SafeguardingEntry": _("what was done about it"),
            "intake.SafeguardingReading": _("who read a restricted record"),
            "intake.Handover": _("when somebody else began to follow you"),
            "intake.Note": _("notes about you"),
            "intake.GroupEntry": _("groups with which you came"),
            "intake.StreetContact": _("when you were met before you took part"),
            "intake.StreetMeeting": _("what was said when you were met"),
            "intake.QueueEntry": _("when you were in our queue"),
            "intake.Plan": _("your plan"),
            "intake.PlanSignature": _("how you agreed the plan"),
            "intake.PlanGoal": _("goals of your plan"),
            "intake.PlanAction": _("steps of your plan"),
            "intake.StepEvidence": _("files beside the steps of your plan"),
            "intake.Appointment": _("your appointments"),
            "intake.EarlierWish": _("earlier hours that you asked for"),
            "intake.CallRequest": _("calls that you asked for"),
            "intake.Mediation": _("languages of your talks"),
            "intake.TalkFeedback": _("how you said that talks were"),
            "intake.Interview": _("your talks"),
            "intake.InterviewAddendum": _("what was added to your talks"),
            "intake.InterviewSummary": _("summaries of talks that you were given"),
            "intake.FollowUp": _("how it went afterwards"),
            "intake.PersonSkill": _("what you can do"),
            "intake.Cv": _("your CV"),
            "intake.CvEntry": _("what stands in your CV"),
        }
    )
    classify(
        "intake.Participation",
        person=counted(),
        edition=counted(_("the project you take part in")),
        state=counted(_("how your way stands")),
        channel=counted(_("how you came to us")),
        operator=STAFF,
        opened_at=counted(_("since when")),
        state_since=counted(_("since when it stands there")),
        last_contact_at=counted(_("when we last heard from you")),
        closed_at=counted(_("when your way was closed")),
        ending=counted(_("how it ended")),
        outcome=erased(FieldKind.FREE_TEXT, _("how it ended, in words")),
        merged_into=TECHNICAL,
    )
    classify(
        "intake.Reception",
        participation=counted(),
        organisation=counted(_("where you were received")),
        by=STAFF,
        at=counted(_("when you were received")),
        channel=counted(_("how you came")),
        sent_by=erased(FieldKind.FREE_TEXT, _("who sent you"), retention="first-contact"),
        need=erased(FieldKind.FREE_TEXT, _("what you were looking for"), retention="first-contact"),
        information_given=erased(FieldKind.FREE_TEXT, _("what we told you"), retention="first-contact"),
        next_step=erased(FieldKind.FREE_TEXT, _("the next step we agreed"), retention="first-contact"),
    )
    classify(
        "intake.Appointment",
        participation=counted(),
        operator=STAFF,
        organisation=counted(_("appointment with")),
        kind=counted(_("kind of appointment")),
        mode=counted(_("in which way")),
        place=erased(FieldKind.ORDINARY, _("place or link of an appointment")),
        starts_at=counted(_("appointment from")),
        ends_at=counted(_("appointment until")),
        state=counted(_("what became of the appointment")),
        booked_at=TECHNICAL,
        moves=TECHNICAL,
        slot=TECHNICAL,
        plan_action=TECHNICAL,
    )
    classify(
        "intake.Mediation",
        appointment=counted(),
        language=erased(FieldKind.ORDINARY, _("in which language you talked"), to="it"),
        wished=counted(_("whether you asked for a mediator")),
        state=counted(_("how we saw to the language")),
        mediator=erased(FieldKind.ORDINARY, _("who translated")),
        arranged_at=counted(_("when a mediator was found")),
        arranged_by=STAFF,
    )
    classify(
        "intake.Group",
        organisation=PUBLIC,
        name=PUBLIC,
        kind=PUBLIC,
        on=PUBLIC,
        topic=PUBLIC,
        heads=PUBLIC,
        code=TECHNICAL,
        open_until=TECHNICAL,
        # Evidence for who pays the project; the file itself is classified in foundation.files.
        sheet=TECHNICAL,
        created_at=TECHNICAL,
        created_by=STAFF,
    )
    # Of who is registered no more than that they were on the list.
    classify(
        "intake.GroupEntry",
        group=counted(_("the group with which you came")),
        first_name=erased(FieldKind.IDENTITY, retention="first-contact"),
        last_name=erased(FieldKind.IDENTITY, retention="first-contact"),
        birth_date=erased(FieldKind.IDENTITY, retention="first-contact"),
        sort_key=erased(FieldKind.IDENTITY, retention="first-contact"),
        tie=counted(_("what tied you to the territory")),
        phone=erased(FieldKind.CONTACT, retention="first-contact"),
        email=erased(FieldKind.CONTACT, retention="first-contact"),
        state=counted(),
        at=counted(_("when you were put on the list")),
        by=STAFF,
        participation=counted(),
    )
    # Of who takes part no more than that they had been met; what was said is in their notes.
    classify(
        "intake.StreetContact",
        organisation=counted(_("who met you on the street")),
        nickname=erased(FieldKind.IDENTITY, retention="first-contact"),
        place=erased(FieldKind.ORDINARY, retention="first-contact"),
        state=counted(),
        first_at=counted(_("when you were first met")),
        last_at=counted(_("when you were met last before you took part")),
        by=STAFF,
        participation=counted(),
    )
    # Not about anybody who has a file: gone when they take part, or after a year.
    classify(
        "intake.StreetMeeting",
        contact=TECHNICAL,
        place=with_row(FieldKind.ORDINARY, retention="first-contact"),
        text=with_row(FieldKind.FREE_TEXT, retention="first-contact"),
        at=with_row(FieldKind.ORDINARY, retention="first-contact"),
        by=STAFF,
    )
    classify(
        "intake.TalkFeedback",
        appointment=counted(),
        face=counted(_("how you said a talk was")),
        sentence=erased(FieldKind.FREE_TEXT, _("what you added about a talk")),
        at=counted(_("when you said how a talk was")),
    )
    classify("intake.TalkLanguage", code=PUBLIC, name=PUBLIC, own_name=PUBLIC, position=TECHNICAL, is_offered=TECHNICAL)
    classify(
        "intake.DeskCard",
        user=STAFF,
        called=STAFF,
        photo=STAFF,
        answers_within=STAFF,
        languages=STAFF,
        changed_at=TECHNICAL,
    )
    classify(
        "intake.EarlierWish",
        appointment=counted(),
        asked_at=counted(_("when you asked for an earlier hour")),
        told_slot=TECHNICAL,
        told_at=counted(_("when we told you of one")),
        ended_at=TECHNICAL,
    )
    classify(
        "intake.CallRequest",
        participation=counted(),
        kind=counted(_("what the call was for")),
        phone=erased(FieldKind.CONTACT, _("where to call you"), retention="first-contact"),
        time=counted(_("when to call you")),
        asked_at=counted(_("when you asked to be called")),
        tries=TECHNICAL,
        tried_at=counted(_("when we tried to call you")),
        done_at=counted(_("when we called you")),
        done_by=STAFF,
    )
    classify(
        "intake.OperatorCalendar",
        user=STAFF,
        feed_digest=TECHNICAL,
        feed_made_at=TECHNICAL,
        news=STAFF,
        changed_at=TECHNICAL,
    )
    # Forgotten after two weeks: what it tells of is in the appointment.
    classify(
        "intake.AgendaChange",
        operator=STAFF,
        appointment=TECHNICAL,
        kind=TECHNICAL,
        at=TECHNICAL,
        starts_at=TECHNICAL,
        was_at=TECHNICAL,
        mailed_at=TECHNICAL,
    )
    # Hours offered to everybody; who booked them is in the appointment.
    classify(
        "intake.Availability",
        organisation=PUBLIC,
        operator=STAFF,
        kind=PUBLIC,
        mode=PUBLIC,
        place=PUBLIC,
        rule=PUBLIC,
        opens_at=PUBLIC,
        closes_at=PUBLIC,
        minutes=PUBLIC,
        capacity=PUBLIC,
        first_day=PUBLIC,
        last_day=PUBLIC,
        published_at=TECHNICAL,
        published_by=STAFF,
        ended_at=TECHNICAL,
    )
    classify(
        "intake.AvailabilityException",
        availability=TECHNICAL,
        day=PUBLIC,
        opens_at=PUBLIC,
        closes_at=PUBLIC,
    )
    classify(
        "intake.Slot",
        availability=TECHNICAL,
        organisation=PUBLIC,
        operator=STAFF,
        kind=PUBLIC,
        mode=PUBLIC,
        place=PUBLIC,
        starts_at=PUBLIC,
        ends_at=PUBLIC,
        places=PUBLIC,
        taken=TECHNICAL,
        is_open=TECHNICAL,
        free_since=TECHNICAL,
    )
    classify(
        "intake.Interview",
        participation=counted(),
        organisation=counted(_("where the talk was")),
        by=STAFF,
        sheet=counted(),
        started_at=counted(_("when a talk was begun")),
        completed_at=counted(_("when the talk was closed")),
    )
    classify(
        "intake.InterviewSummary",
        interview=counted(),
        document=counted(),
        sections=TECHNICAL,
        at=counted(_("when you were given a summary")),
        by=STAFF,
    )
    classify(
        "intake.InterviewAddendum",
        interview=counted(),
        text=erased(FieldKind.FREE_TEXT, _("what was added to a talk")),
        at=counted(_("when something was added to a talk")),
        by=STAFF,
    )
    classify(
        "intake.FollowUp",
        participation=counted(),
        moment=counted(_("when we asked you how it goes")),
        due_on=TECHNICAL,
        asked_at=TECHNICAL,
        answered_at=counted(_("when you answered")),
        by=STAFF,
        sheet=counted(),
        situation=counted(_("what you do now")),
        has_qualified=counted(_("whether you gained a qualification")),
        is_better=counted(_("whether your situation is better")),
    )
    classify(
        "intake.Note",
        participation=counted(),
        kind=counted(_("how we came to know")),
        text=erased(FieldKind.FREE_TEXT, _("what we noted down")),
        at=counted(_("when we noted it down")),
        by=STAFF,
        corrected_at=TECHNICAL,
    )
    classify(
        "intake.QueueEntry",
        organisation=counted(_("the desk you came to")),
        day=counted(_("the day you came")),
        participation=counted(),
        first_name=erased(FieldKind.IDENTITY, _("the name we called you by"), retention="first-contact"),
        wants=erased(FieldKind.FREE_TEXT, _("what you came for"), retention="first-contact"),
        state=counted(),
        arrived_at=counted(_("when you came")),
        put_in_by=STAFF,
        called_at=counted(_("when we called you")),
        called_by=STAFF,
        received_at=counted(_("when we received you")),
        left_at=counted(_("when you left")),
    )
    classify(
        "intake.Plan",
        participation=counted(),
        state=counted(_("how your plan stands")),
        version=counted(_("version of your plan")),
        review_on=counted(_("when we look at your plan again")),
        professional_project=erased(FieldKind.FREE_TEXT, _("your professional project, in your words")),
        life_project=erased(FieldKind.FREE_TEXT, _("your life project, in your words")),
        created_at=counted(_("since when you have a plan")),
        agreed_at=counted(_("when your plan was agreed")),
    )
    classify(
        "intake.PlanSignature",
        plan=counted(),
        version=counted(_("version that was agreed")),
        by=STAFF,
        as_operator=counted(),
        at=counted(_("when it was agreed")),
        wording=erased(FieldKind.FREE_TEXT, _("the plan as it was agreed")),
        content=erased(FieldKind.FREE_TEXT),
    )
    classify(
        "intake.PlanGoal",
        plan=counted(),
        position=TECHNICAL,
        title=erased(FieldKind.FREE_TEXT, _("a goal of your plan")),
        project=counted(_("whether a goal is for work or for life")),
    )
    classify(
        "intake.PlanAction",
        goal=counted(),
        position=TECHNICAL,
        title=erased(FieldKind.FREE_TEXT, _("a step of your plan")),
        kind=counted(_("kind of step")),
        talk=counted(_("which talk the step is")),
        is_own=counted(_("whether you added the step yourself")),
        state=counted(_("how the step stands")),
        due_on=counted(_("by when")),
        hours_planned=counted(_("hours planned")),
        hours_done=counted(_("hours done")),
        added_by=STAFF,
        added_at=TECHNICAL,
        done_at=counted(_("when it was done")),
    )
    # The file goes by itself, in the room that keeps it.
    classify(
        "intake.StepEvidence",
        action=counted(),
        file=TECHNICAL,
        added_by=STAFF,
        added_at=counted(_("when a file was added")),
    )
    classify(
        "intake.Referral",
        participation=counted(),
        organisation=counted(_("partner you were referred to")),
        plan_action=counted(),
        purpose=counted(_("what for")),
        note=erased(FieldKind.FREE_TEXT, _("what the partner was told")),
        state=counted(_("what the partner answered")),
        sent_at=counted(_("when you were referred")),
        sent_by=STAFF,
        answer_by=counted(_("until when the partner answers")),
        answered_at=counted(_("when the partner answered")),
        answered_by=STAFF,
        answer=erased(FieldKind.FREE_TEXT, _("the partner's answer")),
        reminded_at=TECHNICAL,
        feedback=erased(FieldKind.FREE_TEXT, _("how it went, as the partner says")),
        feedback_at=counted(_("when the partner said how it went")),
    )
    classify(
        "intake.Handover",
        participation=counted(),
        gave=STAFF,
        took=STAFF,
        note=erased(FieldKind.FREE_TEXT, _("what one operator wrote to the next")),
        at=counted(_("since when somebody else follows you")),
        by=STAFF,
    )
    # Of colleagues, not of young people.
    classify(
        "intake.Cover",
        away=STAFF,
        stands_in=STAFF,
        first_day=STAFF,
        last_day=STAFF,
        arranged_at=TECHNICAL,
        arranged_by=STAFF,
        ended_at=TECHNICAL,
    )
    classify("intake.CaseloadView", user=STAFF, name=STAFF, query=STAFF, saved_at=TECHNICAL)
    classify(
        "intake.OutsideReferral",
        participation=counted(),
        service=counted(_("service to which you were sent")),
        contact=erased(FieldKind.STAFF, to=""),
        email=erased(FieldKind.STAFF, to=""),
        phone=erased(FieldKind.STAFF, to=""),
        note=erased(FieldKind.FREE_TEXT, _("what the service was told")),
        state=counted(_("what the service answered")),
        sent_at=counted(_("when you were sent")),
        sent_by=STAFF,
        answer_by=counted(_("until when the service answers")),
        reminded_at=TECHNICAL,
        answered_at=counted(_("when the service answered")),
        typed_by=STAFF,
        answer=erased(FieldKind.FREE_TEXT, _("the service’s answer")),
        feedback=erased(FieldKind.FREE_TEXT, _("how it went, as the service says")),
        feedback_at=counted(_("when the service said how it went")),
    )
    # Nothing here is called `about` or points to the person: no copy and no merge comes upon it.
    classify(
        "intake.SafeguardingRecord",
        concerns=TECHNICAL,
        text=erased(FieldKind.SPECIAL, basis=Basis.SUBSTANTIAL),
        owner=STAFF,
        deadline=counted(),
        state=counted(),
        opened_at=counted(),
        opened_by=STAFF,
        closed_at=counted(),
        closed_by=STAFF,
        outcome=erased(FieldKind.SPECIAL, basis=Basis.SUBSTANTIAL),
    )
    classify(
        "intake.SafeguardingReader",
        record=TECHNICAL,
        user=STAFF,
        named_at=TECHNICAL,
        named_by=STAFF,
        removed_at=TECHNICAL,
    )
    classify(
        "intake.SafeguardingEntry",
        record=TECHNICAL,
        text=erased(FieldKind.SPECIAL, basis=Basis.SUBSTANTIAL),
        at=counted(),
        by=STAFF,
    )
    classify(
        "intake.SafeguardingReading",
        record=TECHNICAL,
        by=STAFF,
        at=TECHNICAL,
        reason=erased(FieldKind.SPECIAL, basis=Basis.SUBSTANTIAL),
    )
    # The lists themselves are about nobody.
    classify("intake.Skill", uri=PUBLIC, source=PUBLIC, version=PUBLIC, is_retired=PUBLIC)
    classify(
        "intake.SkillLabel",
        skill=PUBLIC,
        language=PUBLIC,
        label=PUBLIC,
        others=PUBLIC,
        description=PUBLIC,
        label_key=TECHNICAL,
        key=TECHNICAL,
    )
    classify(
        "intake.PersonSkill",
        person=counted(),
        skill=counted(_("a skill of yours")),
        level=counted(_("how well you can do it")),
        evidence=erased(FieldKind.FREE_TEXT, _("where it showed")),
        added_by=STAFF,
        added_at=counted(_("when it was noted")),
        changed_at=TECHNICAL,
    )
    classify(
        "intake.Cv",
        person=counted(),
        about=erased(FieldKind.FREE_TEXT, _("a few words about you")),
        shows_email=TECHNICAL,
        shows_phone=TECHNICAL,
        shows_town=TECHNICAL,
        shows_birth_date=TECHNICAL,
        shows_done=TECHNICAL,
        changed_at=counted(_("when your CV was changed last")),
    )
    classify(
        "intake.CvEntry",
        person=counted(),
        kind=counted(_("which part of your CV")),
        title=erased(FieldKind.FREE_TEXT, _("what stands in your CV")),
        place=erased(FieldKind.FREE_TEXT, _("where it was")),
        began=counted(_("from the year")),
        ended=counted(_("to the year")),
        text=erased(FieldKind.FREE_TEXT, _("what you did there")),
        level=counted(_("how well you speak it")),
        added_by=STAFF,
        added_at=TECHNICAL,
    )
