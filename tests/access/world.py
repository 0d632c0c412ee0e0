"""One of everything that has an address. Made anew for each row of the table."""

from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from accounts.enums import Role
from intake.enums import ParticipationState, ReferralPurpose
from intake.models import Appointment, OperatorCalendar
from intake.queries.calendars import digest_of
from internships.models import RegisterDay
from pathways.models import FriendLink, Room, Session, Trainer
from programme.models import Organisation
from tests import factories
from tests.access import people, world_applications, world_internships, world_papers, world_paths

FORMS = [
    str(settings.BASE_DIR / room / "questionnaires" / f"{name}.toml")
    for room, name in (("intake", "follow-up"), ("pathways", "soft-skills"), ("pathways", "activity-opinion"))
]


def make(*, edition, young_person, participation, operator, partner_staff) -> SimpleNamespace:
    """`young_person`, referred to `partner_staff`'s organisation, enrolled there and in an internship of theirs."""
    partner = Organisation.objects.get(code="cesvip")
    city = Organisation.objects.get(code="comune-di-milano")
    training = edition.macro_actions.get(number=4)
    plan = factories.PlanFactory(participation=participation)
    goal = factories.PlanGoalFactory(plan=plan)
    action = factories.PlanActionFactory(goal=goal)
    opportunity = factories.OpportunityFactory(edition=edition, organisation=partner, macro_action=training)
    run = factories.RunFactory(opportunity=opportunity, places_taken=1)
    enrolment = factories.EnrolmentFactory(run=run, participation=participation, asked_by=young_person.user)
    factories.OpportunityTranslationFactory(opportunity=opportunity, changed_by=partner_staff)
    factories.CertificateRuleFactory(opportunity=opportunity, changed_by=partner_staff)
    referral = factories.ReferralFactory(participation=participation, organisation=partner, sent_by=operator)
    host = factories.HostFactory()
    unit = factories.OperatingUnitFactory(host=host)
    tutor = factories.HostTutorFactory(host=host)
    colleague = factories.member(Role.OPERATOR, city)
    if participation.operator_id is None:
        participation.operator = operator
        participation.save()
    thread = factories.ThreadFactory(about=young_person.pk)
    factories.ThreadMessageFactory(thread=thread, by=operator, from_person=False)
    factories.ThreadMessageFactory(thread=thread, by=young_person.user)
    interview = factories.InterviewFactory(participation=participation, by=operator, organisation=city)
    summary = factories.InterviewSummaryFactory(
        interview__participation=participation, interview__by=operator, interview__organisation=city, by=operator
    )
    factories.QuestionnaireDraftFactory(based_on=interview.sheet.questionnaire)
    former = factories.YoungPersonFactory(user=None, merged_into=young_person)
    appointment = factories.AppointmentFactory(participation=participation, operator=operator, organisation=city)
    factories.MediationFactory(appointment=appointment)
    call_command("load_questionnaire", *FORMS, verbosity=0, stdout=StringIO())
    internship = factories.InternshipFactory(
        participation=participation,
        promoter=partner,
        macro_action=training,
        referral=referral,
        unit=unit,
        host_tutor=tutor,
        promoter_tutor=partner_staff,
        created_by=partner_staff,
    )
    return SimpleNamespace(
        seen=factories.AppointmentFactory(
            participation=participation,
            operator=operator,
            organisation=city,
            state="seen",
            starts_at=appointment.starts_at - timedelta(days=7),
        ),
        contact=factories.StreetMeetingFactory(contact__organisation=city, contact__by=operator, by=operator).contact,
        group=factories.GroupFactory(
            organisation=city, created_by=operator, sheet=factories.StoredFileFactory(about=None)
        ),
        group_entry=factories.GroupEntryFactory(group__organisation=city, group__created_by=operator),
        card=factories.DeskCardFactory(user=operator, photo=factories.StoredFileFactory(about=None)),
        second_record=factories.YoungPersonFactory(user=None, first_name=young_person.first_name),
        merge=factories.PersonMergeFactory(kept=young_person, merged=former, by=operator),
        edition=edition,
        city=city,
        partner=partner,
        young_person=young_person,
        participation=participation,
        operator=operator,
        partner_staff=partner_staff,
        appointment=appointment,
        slot=factories.SlotFactory(availability__organisation=city, availability__operator=operator),
        calendar=_calendar(operator),
        call_request=factories.CallRequestFactory(participation=participation),
        follow_up=factories.FollowUpFactory(participation__operator=operator),
        interview=interview,
        summary=summary,
        note=factories.NoteFactory(participation=participation, by=operator),
        queue_entry=factories.QueueEntryFactory(organisation=city, put_in_by=operator),
        caseload_view=factories.CaseloadViewFactory(user=operator),
        cover=factories.CoverFactory(away=operator, stands_in=colleague),
        outside=factories.OutsideReferralFactory(participation=participation, sent_by=operator),
        restricted=factories.SafeguardingRecordFactory(concerns=young_person.pk, owner=operator),
        handover=factories.HandoverFactory(participation=participation, took=operator),
        plan=plan,
        goal=goal,
        action=action,
        evidence=factories.StepEvidenceFactory(action=action, added_by=young_person.user, file__about=young_person.pk),
        skill=factories.SkillLabelFactory(
            skill=factories.PersonSkillFactory(person=young_person, added_by=operator).skill
        ).skill,
        cv_entry=factories.CvEntryFactory(person=young_person, added_by=young_person.user),
        referral=referral,
        opportunity=opportunity,
        module_path=_module_path(opportunity),
        run=run,
        session=(session := factories.SessionFactory(run=run)),
        headcount=factories.HeadcountFactory(session=session, counted_by=partner_staff),
        kept_search=factories.KeptSearchFactory(person=young_person),
        friend_link=FriendLink.objects.create(person=young_person, opportunity=opportunity, made_at=timezone.now()),
        trainer=Trainer.objects.create(organisation=partner, name=f"Formatrice {Trainer.objects.count()}"),
        room=Room.objects.create(organisation=partner, name=f"Aula {Room.objects.count()}"),
        enrolment=enrolment,
        synonyms=factories.SynonymFactory(group__changed_by=partner_staff).group,
        certificate=factories.CertificateFactory(enrolment=enrolment, issued_by=partner_staff),
        host=host,
        unit=unit,
        host_link=factories.HostLinkFactory(tutor=tutor, created_by=partner_staff),
        internship=internship,
        **world_internships.make(internship, young_person=young_person, partner_staff=partner_staff),
        **world_papers.make(internship=internship, partner_staff=partner_staff),
        **world_applications.make(
            edition=edition,
            partner=partner,
            unit=unit,
            tutor=tutor,
            participation=participation,
            partner_staff=partner_staff,
        ),
        report=factories.ReportFactory(edition=edition, ready=True),
        failed_report=factories.ReportFactory(edition=edition, state="failed", error="Interrupted."),
        line=edition.budget_lines.first(),
        expense=factories.ExpenseFactory(line=edition.budget_lines.first()),
        **people.ways_in_and_papers(young_person),
        **people.signing(young_person),
        **people.asked_about_data(young_person),
        **people.protected_note(young_person),
        **people.invited(partner),
        **world_paths.make(participation=participation, operator=operator, organisation=city),
    )


def _module_path(opportunity):
    """A published path of which the course is the first of two modules."""
    edition, partner = opportunity.edition, opportunity.organisation
    path = factories.ModulePathFactory(edition=edition, organisation=partner, state="published")
    for module in (opportunity, factories.OpportunityFactory(edition=edition, organisation=partner)):
        factories.ModuleFactory(path=path, opportunity=module)
    return path


def _calendar(operator):
    """The operator's feed at the address "held"; of the crowd's colleagues nobody holds one."""
    digest = digest_of("held")
    if OperatorCalendar.objects.filter(feed_digest=digest).exists():
        return factories.OperatorCalendarFactory(user=operator)
    return factories.OperatorCalendarFactory(user=operator, feed_digest=digest, feed_made_at=timezone.now())


def crowd(here, how_many: int):
    """More people like `young_person` with all that is theirs, and more rows on what `here` holds already."""
    for _ in range(how_many):
        person = factories.YoungPersonFactory()
        participation = factories.ParticipationFactory(
            person=person, edition=here.edition, operator=here.operator, state=ParticipationState.IN_PROGRESS
        )
        colleague = factories.member(Role.OPERATOR, here.city)
        make(
            edition=here.edition,
            young_person=person,
            participation=participation,
            operator=colleague,
            partner_staff=here.partner_staff,
        )
        factories.PlanActionFactory(goal=here.goal)
        world_paths.more(here)
        world_internships.more(here)
        world_applications.more(here)
        factories.PlanActionFactory(goal=factories.PlanGoalFactory(plan=here.plan))
        factories.ReferralFactory(
            participation=participation, organisation=here.partner, purpose=ReferralPurpose.OTHER, sent_by=here.operator
        )
        factories.AppointmentFactory(
            participation=here.participation,
            operator=here.operator,
            organisation=here.city,
            starts_at=here.appointment.starts_at + timedelta(hours=1 + Appointment.objects.count()),
        )
        factories.AgendaChangeFactory(operator=here.operator, appointment=here.appointment, at=timezone.now())
        session = factories.SessionFactory(
            run=here.run, starts_at=here.session.starts_at + timedelta(days=Session.objects.count())
        )
        enrolment = factories.EnrolmentFactory(run=here.run, participation=participation, asked_by=here.operator)
        factories.AttendanceFactory(session=session, enrolment=enrolment, recorded_by=here.partner_staff)
        factories.CertificateFactory(enrolment=enrolment, issued_by=here.partner_staff)
        days = RegisterDay.objects.count()
        factories.RegisterDayFactory(
            internship=here.internship,
            on=here.internship.starts_on + timedelta(days=days),
            recorded_by=here.partner_staff,
        )
        factories.OperatingUnitFactory(host=here.host)
        factories.HostTutorFactory(host=here.host)
        factories.HostSignerFactory(host=here.host)
        factories.AgreementFactory(promoter=here.partner, host=factories.HostFactory(), created_by=here.partner_staff)
        factories.ExpenseFactory(line=here.line, entered_by=here.partner_staff)
        factories.OutgoingMessageFactory(about=here.young_person.pk)
        factories.IdentityPaperFactory(
            person=here.young_person, checked_at=here.appointment.starts_at, checked_by=colleague
        )
