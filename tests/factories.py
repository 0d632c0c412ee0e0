"""Made-up rows for tests: `EditionFactory()`, `YoungPersonFactory(first_name="Amina")` …

A row from here only satisfies the database; a row that came about by a person's
steps is made with the rooms' actions.
"""

import hashlib
import uuid
from datetime import date, time, timedelta
from decimal import Decimal

import factory
from django.utils import timezone

from accounts.enums import (
    ConsentBy,
    ConsentState,
    CopyState,
    EidProvider,
    GrantKind,
    MarkCode,
    PaperType,
    RepresentativeKind,
    RequestKind,
    RequestState,
    Role,
    SpecialKind,
    SpecialPurpose,
)
from accounts.models import (
    AccessGrant,
    ClaimCode,
    Consent,
    DataCopy,
    EIdentity,
    IdentityPaper,
    Invitation,
    LegalRepresentative,
    Mark,
    Membership,
    PersonMerge,
    PrivacyRequest,
    Purpose,
    Representation,
    SpecialCategory,
    SpecialRule,
    User,
    YoungPerson,
)
from foundation.communications.enums import Channel
from foundation.communications.models import OutgoingMessage, Preference, Thread, ThreadMessage
from foundation.documents.enums import Assurance, ContactSource, LinkChannel, SignerRole
from foundation.documents.models import Document, PaperKind, SignatureRequest, Signer, SigningLink
from foundation.files.models import StoredFile
from foundation.privacy.enums import AccessReason, Audience, RetentionStart
from foundation.privacy.models import (
    Access,
    ChainFault,
    Event,
    EventDetail,
    NoticeShown,
    RetentionRule,
    RetentionRun,
    Seal,
    SealedEvent,
    Warned,
)
from foundation.questionnaires.models import AnswerSheet, Questionnaire, QuestionnaireDraft
from intake.enums import ActionKind, AppointmentKind, ChangeKind, ContactChannel, FollowUpMoment, ReferralPurpose
from intake.models import (
    AgendaChange,
    Appointment,
    Availability,
    AvailabilityException,
    CallRequest,
    CaseloadView,
    Cover,
    Cv,
    CvEntry,
    DeskCard,
    EarlierWish,
    FollowUp,
    Group,
    GroupEntry,
    Handover,
    Interview,
    InterviewAddendum,
    InterviewSummary,
    Mediation,
    Note,
    OperatorCalendar,
    OutsideReferral,
    Participation,
    PersonSkill,
    Plan,
    PlanAction,
    PlanGoal,
    QueueEntry,
    Reception,
    Referral,
    SafeguardingRecord,
    Skill,
    SkillLabel,
    Slot,
    StepEvidence,
    StreetContact,
    StreetMeeting,
    TalkFeedback,
    TalkLanguage,
)
from internships.models import (
    Accident,
    Agreement,
    Allowance,
    AllowanceTerms,
    Amendment,
    Application,
    ApplicationLink,
    BankAccount,
    Concern,
    DatedTodo,
    EndPaper,
    Evaluation,
    Host,
    HostLink,
    HostSigner,
    HostTutor,
    Internship,
    InternshipOutcome,
    LaterOutcome,
    Offer,
    OperatingUnit,
    PaperTemplate,
    RegisterChange,
    RegisterDay,
    RegisterMonth,
    Rule,
    RuleChange,
    RuleOverride,
    RuleSet,
    SafetyEvidence,
    Suspension,
    TimetableSlot,
    TrainingProject,
    Visit,
)
from migwork.checkdigit import new_code
from migwork.text import sort_key
from pathways.enums import AttendanceState, EnrolmentState, Family, OpportunityState
from pathways.models import (
    AccompaniedPath,
    Attendance,
    Certificate,
    CertificateBatch,
    CertificateRule,
    Enrolment,
    FinalTest,
    Headcount,
    IdeaSheet,
    KeptSearch,
    LearntSkill,
    Module,
    ModulePath,
    Opportunity,
    OpportunityTranslation,
    PathCheck,
    PathStep,
    PathTalk,
    Run,
    Session,
    Stay,
    StudyOption,
    Synonym,
    SynonymGroup,
)
from pathways.translations import digest_of
from programme.enums import EditionKind, FunderKind, MacroActionKind, TargetUnit, Tie
from programme.models import (
    BudgetLine,
    CostItem,
    Edition,
    Funder,
    MacroAction,
    Organisation,
    Partnership,
    Target,
)
from reporting.enums import ReportState
from reporting.models import Expense, Report


def now():
    return factory.LazyFunction(timezone.now)


def day(offset=0):
    """The local day `offset` days from now."""
    return factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=offset))


def moment(**offset):
    """The moment `offset` (of timedelta) from now."""
    return factory.LazyFunction(lambda: timezone.now() + timedelta(**offset))


class Factory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True


# --- programme ------------------------------------------------------------------


class OrganisationFactory(Factory):
    class Meta:
        model = Organisation
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"organisation-{n}")
    name = factory.LazyAttribute(lambda o: o.code.replace("-", " ").title())
    short_name = factory.SelfAttribute("name")


class EditionFactory(Factory):
    """A project in its seventh month of thirteen. Bare: `project()` gives it all its parts."""

    class Meta:
        model = Edition

    code = factory.Sequence(lambda n: f"edition-{n}")
    name = factory.Sequence(lambda n: f"Edition {n}")
    kind = EditionKind.PROJECT
    starts_on = day(-200)
    ends_on = day(190)
    min_age = 16
    max_age = 34
    territory = "Lombardia"
    ties = [Tie.LIVES, Tie.STUDIES, Tie.WORKS]
    elsewhere = "Informagiovani"

    class Params:
        ordinary = factory.Trait(kind=EditionKind.ORDINARY, ends_on=None)


class MacroActionFactory(Factory):
    class Meta:
        model = MacroAction

    edition = factory.SubFactory(EditionFactory)
    number = factory.Sequence(lambda n: n + 10)
    name = factory.LazyAttribute(lambda o: f"Macro-action {o.number}")
    kind = MacroActionKind.OTHER


class PartnershipFactory(Factory):
    class Meta:
        model = Partnership

    edition = factory.SubFactory(EditionFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "Training and internships"
    is_lead = False


class FunderFactory(Factory):
    class Meta:
        model = Funder

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"funder-{n}")
    name = "Regione Lombardia"
    kind = FunderKind.GRANT
    amount = Decimal("153519.00")


class CostItemFactory(Factory):
    class Meta:
        model = CostItem

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"item-{n}")
    name = "Employed staff"


class TargetFactory(Factory):
    class Meta:
        model = Target

    edition = factory.SubFactory(EditionFactory)
    code = "involved"
    name = "Young people involved"
    unit = TargetUnit.PERSONS
    value = 800
    indicator = "involved"
    definition = "At least one attended talk, session or day, each person once."


class BudgetLineFactory(Factory):
    class Meta:
        model = BudgetLine

    edition = factory.SubFactory(EditionFactory)
    partnership = factory.SubFactory(PartnershipFactory, edition=factory.SelfAttribute("..edition"))
    macro_action = factory.SubFactory(MacroActionFactory, edition=factory.SelfAttribute("..edition"))
    cost_item = factory.SubFactory(CostItemFactory, edition=factory.SelfAttribute("..edition"))
    funder = factory.SubFactory(FunderFactory, edition=factory.SelfAttribute("..edition"))
    amount = Decimal("1000.00")


MACRO_ACTIONS = [
    (1, "Participatory co-design", MacroActionKind.CODESIGN),
    (2, "Reception and orientation", MacroActionKind.ORIENTATION),
    (3, "Soft skills and self-entrepreneurship", MacroActionKind.SKILLS),
    (4, "Training and internships", MacroActionKind.TRAINING),
    (5, "Communication", MacroActionKind.COMMUNICATION),
    (6, "Coordination and monitoring", MacroActionKind.COORDINATION),
]
PARTNERS = [
    ("comune-di-milano", "Comune di Milano", True, [2, 6]),
    ("icei", "ICEI", False, [6]),
    ("cesvip", "CE.SVI.P", False, [4]),
    ("formaper", "Formaper", False, [3, 4]),
]


def project(**fields) -> Edition:
    """An edition with macro-actions, partners, funders, cost items, both targets and a budget that adds up."""
    edition = EditionFactory(**fields)
    macro_actions = {
        number: MacroActionFactory(edition=edition, number=number, name=name, kind=kind)
        for number, name, kind in MACRO_ACTIONS
    }
    grant = FunderFactory(edition=edition, code="regione-lombardia")
    own = FunderFactory(
        edition=edition,
        code="partnership",
        name="Partnership",
        kind=FunderKind.OWN,
        amount=Decimal("203026.00"),
    )
    staff = CostItemFactory(edition=edition, code="staff")
    for code, name, is_lead, numbers in PARTNERS:
        organisation = OrganisationFactory(code=code, name=name, short_name=name)
        partnership = PartnershipFactory(edition=edition, organisation=organisation, is_lead=is_lead)
        partnership.macro_actions.set(macro_actions[n] for n in numbers)
        for funder, share in ((grant, Decimal(4)), (own, Decimal(4))):
            BudgetLineFactory(
                edition=edition,
                partnership=partnership,
                macro_action=macro_actions[numbers[-1]],
                cost_item=staff,
                funder=funder,
                amount=funder.amount / share,
            )
    TargetFactory(edition=edition)
    in_training = TargetFactory(
        edition=edition, code="in-training", name="In training or internships", value=140, indicator="in_training"
    )
    in_training.macro_actions.add(macro_actions[4])
    return edition


# --- accounts -------------------------------------------------------------------


class UserFactory(Factory):
    """An account without any role."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"user{n}@example.org")
    name = factory.Sequence(lambda n: f"User {n}")
    date_joined = now()
    # Unusable: people sign in by a code.
    password = "!"


class MembershipFactory(Factory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.PARTNER_STAFF
    since = now()


def member(role, organisation, **fields) -> User:
    """A user with `role` in `organisation`."""
    return MembershipFactory(user=UserFactory(**fields), role=role, organisation=organisation).user


class YoungPersonFactory(Factory):
    """A young person of 20 with an account; `user=None` for somebody whom the desk entered."""

    class Meta:
        model = YoungPerson

    user = factory.SubFactory(UserFactory)
    first_name = "Amina"
    last_name = factory.Sequence(lambda n: f"Bianchi{n}")
    birth_date = day(-20 * 365 - 100)
    email = factory.LazyAttribute(lambda o: o.user.email if o.user else "")
    tie = Tie.LIVES
    municipality = "Milano"
    municipio = 3
    sort_key = factory.LazyAttribute(lambda o: sort_key(o.last_name, o.first_name))
    created_at = now()


# --- questionnaires and messages ------------------------------------------------


class QuestionnaireFactory(Factory):
    class Meta:
        model = Questionnaire

    key = factory.Sequence(lambda n: f"questionnaire-{n}")
    version = 1
    title = {"it": "Colloquio", "en": "Interview"}
    definition = {
        "sections": [
            {
                "key": "wishes",
                "title": {"it": "Desideri", "en": "Wishes"},
                "intro": {"it": "", "en": ""},
                "questions": [
                    {
                        "key": "wish",
                        "kind": "text",
                        "label": {"it": "Che cosa vuoi fare?", "en": "What do you want to do?"},
                        "hint": {"it": "", "en": ""},
                        "required": True,
                        "options": [],
                    }
                ],
            }
        ]
    }
    published_at = now()


class QuestionnaireDraftFactory(Factory):
    """The next version of a form, as it is now."""

    class Meta:
        model = QuestionnaireDraft

    based_on = factory.SubFactory(QuestionnaireFactory)
    key = factory.SelfAttribute("based_on.key")
    title = factory.SelfAttribute("based_on.title")
    definition = factory.SelfAttribute("based_on.definition")
    changed_at = now()
    changed_by = factory.SubFactory(UserFactory)


class AnswerSheetFactory(Factory):
    class Meta:
        model = AnswerSheet

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    started_at = now()
    saved_at = now()


class OutgoingMessageFactory(Factory):
    class Meta:
        model = OutgoingMessage

    key = factory.Sequence(lambda n: f"message:{n}")
    channel = Channel.EMAIL
    to = "amina@example.org"
    language = "it"
    subject = "Un messaggio"
    text = "Ciao"
    created_at = now()
    not_before = now()


# --- intake ---------------------------------------------------------------------


class ParticipationFactory(Factory):
    class Meta:
        model = Participation

    person = factory.SubFactory(YoungPersonFactory)
    edition = factory.SubFactory(EditionFactory)
    opened_at = now()
    state_since = now()


class FollowUpFactory(Factory):
    """Of somebody who left two weeks ago."""

    class Meta:
        model = FollowUp

    participation = factory.SubFactory(
        "tests.factories.ParticipationFactory", state="dropped", ending="moved", closed_at=now()
    )
    moment = FollowUpMoment.FOUR_WEEKS
    due_on = factory.LazyFunction(lambda: timezone.localdate())


class ReceptionFactory(Factory):
    class Meta:
        model = Reception

    participation = factory.SubFactory(ParticipationFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    by = factory.SubFactory(UserFactory)
    at = now()
    channel = ContactChannel.WALK_IN
    need = "A course"
    next_step = "An interview"


class AppointmentFactory(Factory):
    """Tomorrow, for half an hour."""

    class Meta:
        model = Appointment

    participation = factory.SubFactory(ParticipationFactory)
    operator = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    kind = AppointmentKind.INTERVIEW
    place = "Informagiovani, via Dogana 2"
    starts_at = moment(days=1)
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(minutes=30))
    booked_at = now()


class AvailabilityFactory(Factory):
    """Tuesdays and Thursdays from nine to eleven, from today for four weeks, talks of half an hour."""

    class Meta:
        model = Availability

    organisation = factory.SubFactory(OrganisationFactory)
    operator = factory.SubFactory(UserFactory)
    place = "Informagiovani, via Dogana 2"
    rule = "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU,TH"
    opens_at = time(9)
    closes_at = time(11)
    minutes = 30
    first_day = factory.LazyFunction(lambda: timezone.localdate())
    last_day = factory.LazyAttribute(lambda o: o.first_day + timedelta(days=28))
    published_at = now()
    published_by = factory.LazyAttribute(lambda o: o.operator or UserFactory())


class AvailabilityExceptionFactory(Factory):
    class Meta:
        model = AvailabilityException

    availability = factory.SubFactory(AvailabilityFactory)
    day = factory.LazyAttribute(lambda o: o.availability.first_day)


class SlotFactory(Factory):
    """An hour of one operator, in three days."""

    class Meta:
        model = Slot

    availability = factory.SubFactory(AvailabilityFactory)
    organisation = factory.LazyAttribute(lambda o: o.availability.organisation)
    operator = factory.LazyAttribute(lambda o: o.availability.operator)
    mode = "place"
    place = factory.LazyAttribute(lambda o: o.availability.place)
    starts_at = moment(days=3)
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(minutes=30))
    places = 1


class EarlierWishFactory(Factory):
    class Meta:
        model = EarlierWish

    appointment = factory.SubFactory(AppointmentFactory)
    asked_at = now()


class OperatorCalendarFactory(Factory):
    class Meta:
        model = OperatorCalendar

    user = factory.SubFactory(UserFactory)
    changed_at = now()


class AgendaChangeFactory(Factory):
    class Meta:
        model = AgendaChange

    operator = factory.LazyAttribute(lambda o: o.appointment.operator)
    appointment = factory.SubFactory(AppointmentFactory)
    kind = ChangeKind.BOOKED
    at = now()
    starts_at = factory.LazyAttribute(lambda o: o.appointment.starts_at)


class CallRequestFactory(Factory):
    class Meta:
        model = CallRequest

    participation = factory.SubFactory(ParticipationFactory)
    phone = "+393331234567"
    asked_at = now()


class InterviewFactory(Factory):
    class Meta:
        model = Interview

    participation = factory.SubFactory(ParticipationFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    by = factory.SubFactory(UserFactory)
    sheet = factory.SubFactory(AnswerSheetFactory)
    started_at = now()


class TalkLanguageFactory(Factory):
    class Meta:
        model = TalkLanguage
        # Those of the first migration are there, unless a test has emptied the tables.
        django_get_or_create = ["code"]

    code = "ar"
    name = "arabo"
    own_name = "العربية"


class MediationFactory(Factory):
    class Meta:
        model = Mediation

    appointment = factory.SubFactory(AppointmentFactory)
    language = factory.SubFactory(TalkLanguageFactory)
    state = "needed"


class GroupFactory(Factory):
    class Meta:
        model = Group

    organisation = factory.SubFactory(OrganisationFactory)
    name = "4ª B, Istituto Marelli"
    on = day()
    code = factory.Sequence(lambda n: f"code{n:05d}")
    open_until = moment(days=1)
    created_at = now()
    created_by = factory.SubFactory(UserFactory)


class GroupEntryFactory(Factory):
    class Meta:
        model = GroupEntry

    group = factory.SubFactory(GroupFactory)
    first_name = factory.Sequence(lambda n: f"Nina {n}")
    last_name = "Verdi"
    sort_key = factory.LazyAttribute(lambda o: sort_key(o.last_name, o.first_name))
    birth_date = day(-17 * 366)
    at = now()


class StreetContactFactory(Factory):
    class Meta:
        model = StreetContact

    organisation = factory.SubFactory(OrganisationFactory)
    nickname = "Lupo"
    place = "Parco Trotter"
    first_at = now()
    last_at = factory.SelfAttribute("first_at")
    by = factory.SubFactory(UserFactory)


class StreetMeetingFactory(Factory):
    class Meta:
        model = StreetMeeting

    contact = factory.SubFactory(StreetContactFactory)
    text = "Cerca lavoro in cucina."
    at = now()
    by = factory.SubFactory(UserFactory)


class TalkFeedbackFactory(Factory):
    class Meta:
        model = TalkFeedback

    appointment = factory.SubFactory(AppointmentFactory, state="seen")
    face = "good"
    at = now()


class DeskCardFactory(Factory):
    class Meta:
        model = DeskCard

    user = factory.SubFactory(UserFactory)
    called = "Sara"
    changed_at = now()


class InterviewAddendumFactory(Factory):
    class Meta:
        model = InterviewAddendum

    interview = factory.SubFactory(InterviewFactory, completed_at=now())
    text = "Era il 2023, non il 2022."
    at = now()
    by = factory.SubFactory(UserFactory)


class InterviewSummaryFactory(Factory):
    class Meta:
        model = InterviewSummary

    interview = factory.SubFactory(InterviewFactory, completed_at=now())
    document = factory.SubFactory("tests.factories.DocumentFactory")
    sections = ["wishes"]
    at = now()
    by = factory.SubFactory(UserFactory)


class NoteFactory(Factory):
    class Meta:
        model = Note

    participation = factory.SubFactory(ParticipationFactory)
    text = "Ha chiamato la scuola"
    at = now()
    by = factory.SubFactory(UserFactory)


class SkillFactory(Factory):
    class Meta:
        model = Skill

    uri = factory.Sequence(lambda n: f"urn:mig-work:skill:{n}")
    source = "own"
    version = "1"


class SkillLabelFactory(Factory):
    class Meta:
        model = SkillLabel

    skill = factory.SubFactory(SkillFactory)
    language = "it"
    label = "Usare la cassa"
    others = "cassiere"
    label_key = "usare la cassa"
    key = "usare la cassa\ncassiere"


class PersonSkillFactory(Factory):
    class Meta:
        model = PersonSkill

    person = factory.SubFactory(YoungPersonFactory)
    skill = factory.SubFactory(SkillFactory)
    level = 3
    evidence = "Nel negozio di zio, ogni sabato"
    added_by = factory.SubFactory(UserFactory)
    added_at = now()
    changed_at = now()


class CvFactory(Factory):
    class Meta:
        model = Cv

    person = factory.SubFactory(YoungPersonFactory)
    about = "Mi piace stare con la gente"
    changed_at = now()


class CvEntryFactory(Factory):
    class Meta:
        model = CvEntry

    person = factory.SubFactory(YoungPersonFactory)
    kind = "experience"
    title = "Cassiere"
    place = "Negozio di zio"
    began = 2024
    text = "Cassa e scaffali"
    added_by = factory.SubFactory(UserFactory)
    added_at = now()


class QueueEntryFactory(Factory):
    """Somebody of whom the desk knows a first name."""

    class Meta:
        model = QueueEntry

    organisation = factory.SubFactory(OrganisationFactory)
    day = factory.LazyFunction(timezone.localdate)
    first_name = "Amina"
    arrived_at = now()
    put_in_by = factory.SubFactory(UserFactory)


class PlanFactory(Factory):
    class Meta:
        model = Plan

    participation = factory.SubFactory(ParticipationFactory)
    created_at = now()


class PlanGoalFactory(Factory):
    class Meta:
        model = PlanGoal

    plan = factory.SubFactory(PlanFactory)
    title = "A job behind the bar"


class PlanActionFactory(Factory):
    class Meta:
        model = PlanAction

    goal = factory.SubFactory(PlanGoalFactory)
    title = "The bartender's course"
    kind = ActionKind.ACTIVITY
    due_on = day(30)
    added_at = now()


class ReferralFactory(Factory):
    class Meta:
        model = Referral

    participation = factory.SubFactory(ParticipationFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    purpose = ReferralPurpose.INTERNSHIP
    sent_at = now()
    sent_by = factory.SubFactory(UserFactory)


# --- pathways -------------------------------------------------------------------


class OutsideReferralFactory(Factory):
    class Meta:
        model = OutsideReferral

    participation = factory.SubFactory(ParticipationFactory)
    service = "Consultorio di via Ricordi"
    email = "consultorio@example.org"
    sent_at = now()
    sent_by = factory.SubFactory(UserFactory)
    answer_by = day(7)


class SafeguardingRecordFactory(Factory):
    class Meta:
        model = SafeguardingRecord

    concerns = factory.LazyFunction(uuid.uuid4)
    text = "Il patrigno la picchia"
    owner = factory.SubFactory(UserFactory)
    deadline = day(3)
    opened_at = now()
    opened_by = factory.SelfAttribute("owner")


class HandoverFactory(Factory):
    class Meta:
        model = Handover

    participation = factory.SubFactory(ParticipationFactory)
    took = factory.SubFactory(UserFactory)
    at = now()
    by = factory.SelfAttribute("took")


class CoverFactory(Factory):
    class Meta:
        model = Cover

    away = factory.SubFactory(UserFactory)
    stands_in = factory.SubFactory(UserFactory)
    first_day = day()
    last_day = day(7)
    arranged_at = now()
    arranged_by = factory.SelfAttribute("away")


class CaseloadViewFactory(Factory):
    class Meta:
        model = CaseloadView

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Vista {n}")
    query = "segnale=silent"
    saved_at = now()


class ThreadFactory(Factory):
    class Meta:
        model = Thread

    about = factory.LazyFunction(uuid.uuid4)
    opened_at = now()


class ThreadMessageFactory(Factory):
    class Meta:
        model = ThreadMessage

    thread = factory.SubFactory(ThreadFactory)
    by = factory.SubFactory(UserFactory)
    from_person = True
    text = "Posso venire anche domani?"
    at = now()


class OpportunityFactory(Factory):
    """A published course."""

    class Meta:
        model = Opportunity

    slug = factory.Sequence(lambda n: f"course-{n}")
    edition = factory.SubFactory(EditionFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    family = Family.TRAINING
    title = factory.Sequence(lambda n: f"Course {n}")
    summary = "Learn a trade in forty hours."
    description = "Forty hours behind a bar."
    for_whom = "For whoever likes people."
    what_you_get = "A certificate."
    place = "Via Dogana 2, Milano"
    municipio = 1
    contact = "corsi@example.org"
    state = OpportunityState.PUBLISHED
    checked_on = day()
    created_at = now()


class OpportunityTranslationFactory(Factory):
    class Meta:
        model = OpportunityTranslation

    opportunity = factory.SubFactory(OpportunityFactory)
    language = "en"
    title = "Barman"
    summary = "Behind a bar."
    description = "Forty hours."
    for_whom = "For you."
    what_you_get = "A certificate, in English."
    of_text = factory.LazyAttribute(lambda it: digest_of(it.opportunity))
    changed_at = now()
    changed_by = factory.SubFactory(UserFactory)


class ModulePathFactory(Factory):
    class Meta:
        model = ModulePath

    slug = factory.Sequence(lambda n: f"path-{n}")
    edition = factory.SubFactory(EditionFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"Path {n}")
    summary = "From the basics to a real kitchen."
    goal = "One can work in a kitchen."
    created_at = now()


class ModuleFactory(Factory):
    class Meta:
        model = Module

    path = factory.SubFactory(ModulePathFactory)
    opportunity = factory.SubFactory(OpportunityFactory)
    position = factory.Sequence(lambda n: n % 30000 + 1)


class RunFactory(Factory):
    class Meta:
        model = Run

    opportunity = factory.SubFactory(OpportunityFactory)
    starts_on = day(14)
    ends_on = day(44)
    enrol_by = day(10)
    hours = Decimal("40.0")
    places = 12


class SessionFactory(Factory):
    class Meta:
        model = Session

    run = factory.SubFactory(RunFactory)
    starts_at = moment(days=14)
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=4))


class HeadcountFactory(Factory):
    class Meta:
        model = Headcount

    session = factory.SubFactory(SessionFactory)
    group = factory.Sequence(lambda n: f"{n}B")
    heads = 25
    counted_at = now()
    counted_by = factory.SubFactory(UserFactory)


class AccompaniedPathFactory(Factory):
    class Meta:
        model = AccompaniedPath

    participation = factory.SubFactory(ParticipationFactory)
    kind = "study"
    state_since = now()
    began_at = now()
    began_by = factory.SubFactory(UserFactory)


class PathTalkFactory(Factory):
    class Meta:
        model = PathTalk

    path = factory.SubFactory(AccompaniedPathFactory)
    kind = "talk"
    at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=3))
    arranged_by = factory.SubFactory(UserFactory)
    arranged_at = now()


class PathStepFactory(Factory):
    class Meta:
        model = PathStep

    path = factory.SubFactory(AccompaniedPathFactory)
    kind = "task"
    title = "Pagare la tassa"
    added_at = now()
    added_by = factory.SubFactory(UserFactory)


class PathCheckFactory(Factory):
    class Meta:
        model = PathCheck

    path = factory.SubFactory(AccompaniedPathFactory)
    due_on = day(180)


class StayFactory(Factory):
    class Meta:
        model = Stay

    path = factory.SubFactory(AccompaniedPathFactory, kind="stay")
    programme = "esc"
    host = "Casa Aberta"
    place = "Lisboa, Portogallo"
    starts_on = day(-20)
    ends_on = day(40)
    changed_at = now()


class LearntSkillFactory(Factory):
    class Meta:
        model = LearntSkill

    path = factory.SubFactory(AccompaniedPathFactory, kind="stay")
    skill = factory.SubFactory(SkillFactory)
    added_at = now()
    added_by = factory.SubFactory(UserFactory)


class IdeaSheetFactory(Factory):
    class Meta:
        model = IdeaSheet

    path = factory.SubFactory(AccompaniedPathFactory, kind="venture")
    title = "Riparo bici nei cortili"
    changed_at = now()
    changed_by = factory.SubFactory(UserFactory)


class StudyOptionFactory(Factory):
    class Meta:
        model = StudyOption

    path = factory.SubFactory(AccompaniedPathFactory)
    route = "evening"
    school = "ITSOS Albe Steiner"
    added_at = now()
    added_by = factory.SubFactory(UserFactory)


class EnrolmentFactory(Factory):
    """An enrolment row alone: what it takes of a run's places is the action's doing."""

    class Meta:
        model = Enrolment

    run = factory.SubFactory(RunFactory)
    participation = factory.SubFactory(ParticipationFactory)
    state = EnrolmentState.ENROLLED
    asked_at = now()
    asked_by = factory.SubFactory(UserFactory)


class AttendanceFactory(Factory):
    class Meta:
        model = Attendance

    session = factory.SubFactory(SessionFactory)
    enrolment = factory.SubFactory(EnrolmentFactory, run=factory.SelfAttribute("..session.run"))
    state = AttendanceState.PRESENT
    hours = Decimal("4.00")
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = now()


class DocumentFactory(Factory):
    class Meta:
        model = Document

    kind = "monitoring-report"
    year = 2026
    # Far from the numbers that the portal itself gives in the same test.
    number = factory.Sequence(lambda n: 500_001 + n)
    title = "Monitoring report"
    language = "it"
    file = factory.django.FileField(data=b"%PDF-1.7", filename="report.pdf")
    sha256 = hashlib.sha256(b"%PDF-1.7").hexdigest()
    made_at = now()


class CertificateRuleFactory(Factory):
    class Meta:
        model = CertificateRule

    opportunity = factory.SubFactory(OpportunityFactory)
    skills = factory.LazyFunction(lambda: ["prepara caffè e cocktail", "accoglie i clienti"])
    changed_at = now()
    changed_by = factory.SubFactory(UserFactory)


class SynonymGroupFactory(Factory):
    class Meta:
        model = SynonymGroup

    changed_at = now()
    changed_by = factory.SubFactory(UserFactory)


class SynonymFactory(Factory):
    class Meta:
        model = Synonym

    group = factory.SubFactory(SynonymGroupFactory)
    words = factory.Sequence("barman{}".format)
    key = factory.SelfAttribute("words")


class FinalTestFactory(Factory):
    class Meta:
        model = FinalTest

    enrolment = factory.SubFactory(EnrolmentFactory)
    passed = True
    recorded_at = now()
    recorded_by = factory.SubFactory(UserFactory)


class KeptSearchFactory(Factory):
    class Meta:
        model = KeptSearch

    person = factory.SubFactory(YoungPersonFactory)
    query = factory.Sequence(lambda n: f"q=barman{n}")
    kept_at = now()
    told_until = now()
    ends_on = factory.LazyAttribute(lambda row: row.kept_at.date() + timedelta(days=180))


class CertificateFactory(Factory):
    """A certificate's row, with a document that is no PDF."""

    class Meta:
        model = Certificate

    enrolment = factory.SubFactory(EnrolmentFactory, state=EnrolmentState.COMPLETED)
    document = factory.SubFactory(
        DocumentFactory, kind="certificate", about=factory.SelfAttribute("..enrolment.participation.person_id")
    )
    code = factory.LazyFunction(new_code)
    holder = "Amina Bianchi"
    activity = "Barman per eventi"
    issuer = "CE.SVI.P Lombardia"
    began = day(-30)
    ended = day(-1)
    hours = Decimal("36.00")
    test_passed = False
    issued_at = now()
    issued_by = factory.SubFactory(UserFactory)


class CertificateBatchFactory(Factory):
    class Meta:
        model = CertificateBatch

    run = factory.SubFactory(RunFactory)
    total = 1
    asked_at = now()
    asked_by = factory.SubFactory(UserFactory)


# --- internships ----------------------------------------------------------------


class HostFactory(Factory):
    class Meta:
        model = Host

    name = factory.Sequence(lambda n: f"Bar {n}")
    vat_number = factory.Sequence(lambda n: f"{n:011d}")
    sort_key = factory.LazyAttribute(lambda o: sort_key(o.name))
    created_at = now()


class OperatingUnitFactory(Factory):
    class Meta:
        model = OperatingUnit

    host = factory.SubFactory(HostFactory)
    address = "Via Padova 1"
    municipality = "Milano"
    headcount = 12


class HostTutorFactory(Factory):
    class Meta:
        model = HostTutor

    host = factory.SubFactory(HostFactory)
    name = "Carla Verdi"
    email = "carla@example.org"


class HostSignerFactory(Factory):
    class Meta:
        model = HostSigner

    host = factory.SubFactory(HostFactory)
    name = "Luigi Basso"
    position = "legal representative"
    email = "luigi@example.org"
    entered_at = now()


class AgreementFactory(Factory):
    """Signed outside of the portal, valid since last year for three."""

    class Meta:
        model = Agreement

    promoter = factory.SubFactory(OrganisationFactory)
    host = factory.SubFactory(HostFactory)
    valid_from = day(-365)
    valid_to = day(730)
    state = "signed"
    state_since = now()
    signed_on = day(-370)
    created_at = now()
    created_by = factory.SubFactory(UserFactory)


class TrainingProjectFactory(Factory):
    class Meta:
        model = TrainingProject

    internship = factory.SubFactory("tests.factories.InternshipFactory")
    state_since = now()
    created_at = now()
    created_by = factory.SubFactory(UserFactory)


class PaperTemplateFactory(Factory):
    class Meta:
        model = PaperTemplate

    code = "training-project"
    version = 1
    body = "{intern}"
    changed_at = now()


class InternshipFactory(Factory):
    class Meta:
        model = Internship

    participation = factory.SubFactory(ParticipationFactory)
    promoter = factory.SubFactory(OrganisationFactory)
    unit = factory.SubFactory(OperatingUnitFactory)
    host_tutor = factory.SubFactory(HostTutorFactory, host=factory.SelfAttribute("..unit.host"))
    promoter_tutor = factory.SubFactory(UserFactory)
    title = "Behind the bar"
    starts_on = day(7)
    ends_on = day(97)
    weekly_hours = Decimal("30.0")
    state_since = now()
    created_at = now()
    created_by = factory.SubFactory(UserFactory)


class OfferFactory(Factory):
    """In the catalogue, two places, from next month on."""

    class Meta:
        model = Offer

    opportunity = factory.SubFactory(OpportunityFactory, family=Family.INTERNSHIP)
    run = factory.SubFactory(
        RunFactory,
        opportunity=factory.SelfAttribute("..opportunity"),
        starts_on=day(30),
        ends_on=day(120),
        enrol_by=day(20),
        places=2,
        by_application=True,
    )
    unit = factory.SubFactory(OperatingUnitFactory)
    weekly_hours = Decimal("25.0")
    allowance = "500 € a month"
    answered_by = factory.SubFactory(UserFactory)
    created_at = now()
    created_by = factory.SubFactory(UserFactory)


class ApplicationFactory(Factory):
    """Sent, and not answered yet."""

    class Meta:
        model = Application

    offer = factory.SubFactory(OfferFactory)
    participation = factory.SubFactory(ParticipationFactory)
    text = "I like people."
    cv = factory.SubFactory("tests.factories.StoredFileFactory", kind="application-cv")
    state = "sent"
    state_since = now()
    created_at = now()
    sent_at = now()


class ApplicationLinkFactory(Factory):
    class Meta:
        model = ApplicationLink

    application = factory.SubFactory(ApplicationFactory)
    tutor = factory.SubFactory(HostTutorFactory, host=factory.SelfAttribute("..application.offer.unit.host"))
    created_at = now()
    ends_at = moment(days=30)


class RegisterDayFactory(Factory):
    class Meta:
        model = RegisterDay

    internship = factory.SubFactory(InternshipFactory)
    on = day()
    hours = Decimal("6.00")
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = now()


class SuspensionFactory(Factory):
    class Meta:
        model = Suspension

    internship = factory.SubFactory(InternshipFactory)
    kind = "closure"
    starts_on = day(20)
    ends_on = day(40)


class AmendmentFactory(Factory):
    """An extension by a month."""

    class Meta:
        model = Amendment

    internship = factory.SubFactory(InternshipFactory)
    kind = "extension"
    valid_from = day()
    before = factory.LazyAttribute(lambda o: {"ends_on": str(o.internship.ends_on)})
    after = factory.LazyAttribute(lambda o: {"ends_on": str(o.internship.ends_on + timedelta(days=30))})
    reason = "She learns well"
    at = now()
    by = factory.SubFactory(UserFactory)


class DatedTodoFactory(Factory):
    class Meta:
        model = DatedTodo

    internship = factory.SubFactory(InternshipFactory)
    kind = "notice_start"
    due_on = day(6)


class SafetyEvidenceFactory(Factory):
    class Meta:
        model = SafetyEvidence

    kind = "safety_training"
    internship = factory.SubFactory(InternshipFactory)
    on = day()
    reference = "General course, 4 hours"
    recorded_at = now()
    recorded_by = factory.SubFactory(UserFactory)


class AccidentFactory(Factory):
    class Meta:
        model = Accident

    internship = factory.SubFactory(InternshipFactory)
    happened_at = now()
    what = "A cut with the bread knife"
    reported_at = now()


class ConcernFactory(Factory):
    class Meta:
        model = Concern

    internship = factory.SubFactory(InternshipFactory)
    text = "I am alone in the kitchen"
    at = now()
    by = factory.SubFactory(UserFactory)


class VisitFactory(Factory):
    class Meta:
        model = Visit

    internship = factory.SubFactory(InternshipFactory)
    planned_on = day(20)
    planned_at = now()
    planned_by = factory.SubFactory(UserFactory)


class EndPaperFactory(Factory):
    """A dossier."""

    class Meta:
        model = EndPaper

    internship = factory.SubFactory(InternshipFactory, state="completed")
    kind = "dossier"
    document = factory.SubFactory(DocumentFactory)
    hours = Decimal("80.00")
    planned = Decimal("100.00")
    issued_at = now()
    issued_by = factory.SubFactory(UserFactory)


class EvaluationFactory(Factory):
    class Meta:
        model = Evaluation

    internship = factory.SubFactory(InternshipFactory, state="completed")
    side = "intern"
    sheet = factory.SubFactory(AnswerSheetFactory)
    asked_at = now()


class InternshipOutcomeFactory(Factory):
    class Meta:
        model = InternshipOutcome

    internship = factory.SubFactory(InternshipFactory, state="completed")
    kind = "offer"
    recorded_at = now()
    recorded_by = factory.SubFactory(UserFactory)


class LaterOutcomeFactory(Factory):
    """Asked, and not answered yet."""

    class Meta:
        model = LaterOutcome

    internship = factory.SubFactory(InternshipFactory, state="completed")
    asked_at = now()


class RuleSetFactory(Factory):
    """From a day on which no other holds; long over before any internship."""

    class Meta:
        model = RuleSet

    code = factory.Sequence(lambda n: f"rules-{n}")
    name = "Lombardia"
    region = "Lombardia"
    source = "DGR 1/2000"
    valid_from = factory.Sequence(lambda n: date(2000, 1, 1) + timedelta(days=n))
    valid_to = factory.SelfAttribute("valid_from")


class RuleFactory(Factory):
    class Meta:
        model = Rule

    rule_set = factory.SubFactory(RuleSetFactory)
    code = factory.Sequence(lambda n: f"rule.{n}")
    name = "Indennità lorda al mese"
    value = Decimal("500.00")
    unit = "euro"
    source = "DGR 1/2000"


class RuleChangeFactory(Factory):
    class Meta:
        model = RuleChange

    rule_set = factory.SubFactory(RuleSetFactory)
    what = "Indennità lorda al mese · valore"
    before = "400.00"
    after = "500.00"
    at = now()
    by = factory.SubFactory(UserFactory)


class RuleOverrideFactory(Factory):
    class Meta:
        model = RuleOverride

    internship = factory.SubFactory(InternshipFactory)
    code = "week"
    value = "42"
    sentence = "42 ore alla settimana: al massimo 40."
    source = "DGR X/7763"
    reason = "Per due settimane di fiera, poi meno."
    at = now()
    by = factory.SubFactory(UserFactory)


class AllowanceTermsFactory(Factory):
    class Meta:
        model = AllowanceTerms

    internship = factory.SubFactory(InternshipFactory)
    absent_month = "nothing"
    part_month = "share"
    decided_at = now()
    decided_by = factory.SubFactory(UserFactory)


class AllowanceFactory(Factory):
    """Five hundred euros, to be paid."""

    class Meta:
        model = Allowance

    internship = factory.SubFactory(InternshipFactory)
    first = factory.LazyAttribute(lambda o: o.internship.starts_on.replace(day=1))
    amount = Decimal("500.00")
    how = factory.LazyFunction(lambda: {"steps": [{"code": "full", "amount": "500.00"}], "asks": ""})
    state = "due"
    computed_at = now()


class BankAccountFactory(Factory):
    class Meta:
        model = BankAccount

    internship = factory.SubFactory(InternshipFactory)
    iban = "IT60X0542811101000000123456"
    holder = "Amina Bianchi"
    given_at = now()
    given_by = factory.SubFactory(UserFactory)


class HostLinkFactory(Factory):
    class Meta:
        model = HostLink

    tutor = factory.SubFactory(HostTutorFactory)
    created_at = now()
    created_by = factory.SubFactory(UserFactory)
    sent_at = now()


class RegisterChangeFactory(Factory):
    class Meta:
        model = RegisterChange

    internship = factory.SubFactory(InternshipFactory)
    on = day()
    state = "confirmed"
    hours = Decimal("6.00")
    at = now()
    by = factory.SubFactory(UserFactory)


class RegisterMonthFactory(Factory):
    class Meta:
        model = RegisterMonth

    internship = factory.SubFactory(InternshipFactory)
    first = factory.LazyAttribute(lambda o: o.internship.starts_on.replace(day=1))
    closed_at = now()
    closed_by = factory.SubFactory(UserFactory)


class TimetableSlotFactory(Factory):
    """Mondays from nine to three."""

    class Meta:
        model = TimetableSlot

    internship = factory.SubFactory(InternshipFactory)
    valid_from = factory.LazyAttribute(lambda o: o.internship.starts_on)
    weekday = 0
    starts_at = time(9)
    ends_at = time(15)


# --- reporting ------------------------------------------------------------------


class ExpenseFactory(Factory):
    """Paid yesterday."""

    class Meta:
        model = Expense

    line = factory.SubFactory(BudgetLineFactory)
    supplier = "Cartoleria Rossi"
    supplier_key = factory.LazyAttribute(lambda o: sort_key(o.supplier))
    document_number = factory.Sequence(str)
    document_date = day(-10)
    description = "Paper"
    amount = Decimal("100.00")
    paid_on = day(-1)
    entered_at = now()
    entered_by = factory.SubFactory(UserFactory)


class ReportFactory(Factory):
    """Asked for today, waiting; `ready=True`: made, with its document."""

    class Meta:
        model = Report

    edition = factory.SubFactory(EditionFactory)
    from_day = factory.SelfAttribute("edition.starts_on")
    to_day = day()
    language = "it"
    asked_at = now()
    asked_by = factory.SubFactory(UserFactory)

    class Params:
        ready = factory.Trait(
            state=ReportState.READY,
            progress=100,
            ready_at=now(),
            frozen={"counted": 1},
            document=factory.SubFactory(DocumentFactory),
        )


# --- privacy --------------------------------------------------------------------


def anybody():
    """The id of some person, of whom there need not be a row."""
    return factory.LazyFunction(uuid.uuid4)


class EventFactory(Factory):
    class Meta:
        model = Event

    at = now()
    verb = "accounts.person_corrected"
    about = anybody()
    on_type = "accounts.youngperson"
    on_id = factory.LazyAttribute(lambda o: str(o.about))
    fields = ["phone"]


class EventDetailFactory(Factory):
    class Meta:
        model = EventDetail

    event = factory.SubFactory(EventFactory)
    salt = "5a" * 16
    values = {"phone": "+393331234567"}


class AccessFactory(Factory):
    """A file that was opened by whoever follows the person."""

    class Meta:
        model = Access

    at = now()
    by = factory.SubFactory(UserFactory)
    about = anybody()
    what = "intake:person"
    why = AccessReason.FOLLOWS
    as_role = Role.OPERATOR
    organisation = "Comune di Milano"


class SealFactory(Factory):
    """A link of the chain; its hash is made up."""

    class Meta:
        model = Seal

    at = now()
    previous = factory.Sequence(lambda n: f"{n:064x}")
    hash = factory.LazyAttribute(lambda o: f"{int(o.previous, 16) + 1:064x}")
    count = 1


class SealedEventFactory(Factory):
    class Meta:
        model = SealedEvent

    event_id = factory.LazyFunction(lambda: EventFactory().pk)
    seal = factory.SubFactory(SealFactory)


class ChainFaultFactory(Factory):
    class Meta:
        model = ChainFault

    text = factory.Sequence(lambda n: f"Seal {n} is gone.")
    found_at = now()


class RetentionRuleFactory(Factory):
    class Meta:
        model = RetentionRule

    code = factory.Sequence(lambda n: f"rule-{n}")
    name = "Two years after the last contact"
    months = 24
    starts = RetentionStart.LAST_CONTACT
    legal_basis = "GDPR, art. 5(1)(e)"
    valid_from = day(-1000)


class RetentionRunFactory(Factory):
    class Meta:
        model = RetentionRun

    rule = factory.SubFactory(RetentionRuleFactory)
    at = now()
    dry_run = False


class WarnedFactory(Factory):
    class Meta:
        model = Warned

    about = anybody()
    rule = factory.SubFactory(RetentionRuleFactory)
    due_on = day(30)
    at = now()


class NoticeShownFactory(Factory):
    class Meta:
        model = NoticeShown

    about = anybody()
    version = "2026-1"
    audience = Audience.ADULT
    language = "it"
    at = now()


# --- files ----------------------------------------------------------------------


class StoredFileFactory(Factory):
    """A row with a file that begins like a PDF; what it really is, actions.store() looks at."""

    class Meta:
        model = StoredFile

    about = anybody()
    kind = "signed-paper"
    name = "firma.pdf"
    file = factory.django.FileField(data=b"%PDF-1.7", filename="firma.pdf")
    sha256 = "0" * 64
    bytes = 8
    content_type = "application/pdf"
    stored_at = now()


class StepEvidenceFactory(Factory):
    class Meta:
        model = StepEvidence

    action = factory.SubFactory(PlanActionFactory)
    file = factory.SubFactory(StoredFileFactory)
    added_by = factory.SubFactory(UserFactory)
    added_at = now()


# --- communications: how people want to be written to ------------------------------


class PreferenceFactory(Factory):
    """A row that changes nothing: each message at once, by the way that is open."""

    class Meta:
        model = Preference

    about = anybody()
    changed_at = now()


# --- documents: signing ---------------------------------------------------------


class PaperKindFactory(Factory):
    class Meta:
        model = PaperKind

    code = factory.Sequence(lambda n: f"paper-{n}")
    title = "Consent to take part"
    least_assurance = Assurance.CHECKED


class SignatureRequestFactory(Factory):
    """Open for thirty days, asked for somebody's sake."""

    class Meta:
        model = SignatureRequest

    kind = factory.SubFactory(PaperKindFactory)
    document = factory.SubFactory(DocumentFactory)
    about = anybody()
    on_type = "accounts.consent"
    on_id = factory.LazyFunction(lambda: str(uuid.uuid4()))
    asked_at = now()
    ends_at = factory.LazyAttribute(lambda o: o.asked_at + timedelta(days=30))
    least_assurance = factory.SelfAttribute("kind.least_assurance")


class SignerFactory(Factory):
    """A parent whom staff wrote down and who has not signed yet."""

    class Meta:
        model = Signer

    request = factory.SubFactory(SignatureRequestFactory)
    party = anybody()
    role = SignerRole.REPRESENTATIVE
    name = "Fatima Bianchi"
    language = "it"
    email = "fatima@example.org"
    contact_from = ContactSource.STAFF

    class Params:
        signed = factory.Trait(
            state="signed",
            identity_checked=True,
            assurance=Assurance.CHECKED,
            acted_at=now(),
            wording_sha256=factory.SelfAttribute("request.document.sha256"),
        )


class SigningLinkFactory(Factory):
    """A link that is alive; its digest belongs to no token."""

    class Meta:
        model = SigningLink

    signer = factory.SubFactory(SignerFactory)
    token_digest = factory.Sequence(lambda n: f"{n:064x}")
    channel = LinkChannel.EMAIL
    made_at = now()
    ends_at = factory.LazyAttribute(lambda o: o.made_at + timedelta(days=30))


# --- accounts: who somebody is -----------------------------------------------------


class IdentityPaperFactory(Factory):
    """A passport that nobody has looked at yet."""

    class Meta:
        model = IdentityPaper

    person = factory.SubFactory(YoungPersonFactory)
    kind = PaperType.PASSPORT
    number = "YA1234567"
    country = "EG"
    issued_on = day(-400)
    expires_on = day(400)
    recorded_at = now()


class EIdentityFactory(Factory):
    class Meta:
        model = EIdentity

    user = factory.SubFactory(UserFactory)
    provider = EidProvider.SPID
    fiscal_code = "BNCMNA06A41F205K"
    subject = factory.Sequence(lambda n: f"subject-{n}")
    level = "https://www.spid.gov.it/SpidL2"
    first_at = now()
    last_at = factory.SelfAttribute("first_at")


# --- accounts: who signs for a minor -------------------------------------------------


class LegalRepresentativeFactory(Factory):
    """An adult whose address staff wrote down; `checked=True`: who showed a paper."""

    class Meta:
        model = LegalRepresentative

    first_name = "Fatima"
    last_name = factory.Sequence(lambda n: f"Bianchi{n}")
    email = "fatima@example.org"
    contact_from = ContactSource.STAFF
    sort_key = factory.LazyAttribute(lambda o: sort_key(o.last_name, o.first_name))
    created_at = now()

    class Params:
        checked = factory.Trait(
            identity_checked_at=now(),
            identity_checked_by=factory.SubFactory(UserFactory),
            identity_paper=PaperType.ID_CARD,
        )


class RepresentationFactory(Factory):
    """A parent of somebody of 16."""

    class Meta:
        model = Representation

    person = factory.SubFactory(YoungPersonFactory, birth_date=day(-16 * 365 - 100))
    representative = factory.SubFactory(LegalRepresentativeFactory)
    kind = RepresentativeKind.PARENT
    since = day()


# --- accounts: the desk ----------------------------------------------------------------


class ClaimCodeFactory(Factory):
    """A code that is alive; its digest belongs to no code."""

    class Meta:
        model = ClaimCode

    person = factory.SubFactory(YoungPersonFactory, user=None)
    code_digest = factory.Sequence(lambda n: f"{n:064x}")
    made_at = now()
    made_by = factory.SubFactory(UserFactory)
    ends_at = factory.LazyAttribute(lambda o: o.made_at + timedelta(days=30))


class PersonMergeFactory(Factory):
    """The row alone: nothing is moved."""

    class Meta:
        model = PersonMerge

    kept = factory.SubFactory(YoungPersonFactory)
    merged = factory.SubFactory(YoungPersonFactory, user=None)
    at = now()
    by = factory.SubFactory(UserFactory)
    reason = "Same birth date and telephone."


# --- accounts: staff -------------------------------------------------------------------


class InvitationFactory(Factory):
    """An invitation that is alive; its digest belongs to no token."""

    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"guest{n}@example.org")
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.PARTNER_STAFF
    token_digest = factory.Sequence(lambda n: f"{n:064x}")
    invited_at = now()
    invited_by = factory.SubFactory(UserFactory)
    ends_at = factory.LazyAttribute(lambda o: o.invited_at + timedelta(days=7))


# --- accounts: consents, what is protected, one's own data ----------------------------


class PurposeFactory(Factory):
    class Meta:
        model = Purpose

    code = factory.Sequence(lambda n: f"purpose-{n}")
    name = {"it": "Iscrizione", "en": "Enrolment"}
    text = {"it": "Prendo parte alle attività.", "en": "I take part in activities."}
    paper = factory.SubFactory(PaperKindFactory)


class ConsentFactory(Factory):
    """Asked; `given=True`: and agreed to by the person."""

    class Meta:
        model = Consent

    person = factory.SubFactory(YoungPersonFactory)
    purpose = factory.SubFactory(PurposeFactory)
    version = factory.SelfAttribute("purpose.version")
    asked_at = now()

    class Params:
        given = factory.Trait(state=ConsentState.GIVEN, decided_at=now(), by_whom=ConsentBy.SELF)


class AccessGrantFactory(Factory):
    class Meta:
        model = AccessGrant

    person = factory.SubFactory(YoungPersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    what = GrantKind.REFERRAL
    given_at = now()


class SpecialRuleFactory(Factory):
    class Meta:
        model = SpecialRule
        django_get_or_create = ["code"]

    code = "internship-disability"
    kind = SpecialKind.DISABILITY
    purpose = SpecialPurpose.INTERNSHIP
    name = {"it": "DGR X/7763", "en": "DGR X/7763"}
    question = {"it": "Che cosa serve sul posto?", "en": "What is needed on the spot?"}


class SpecialCategoryFactory(Factory):
    class Meta:
        model = SpecialCategory

    person = factory.SubFactory(YoungPersonFactory)
    kind = SpecialKind.DISABILITY
    text = "Certified under law 68/1999."
    why = "An internship may last 24 months."
    recorded_at = now()
    recorded_by = factory.SubFactory(UserFactory)


class MarkFactory(Factory):
    class Meta:
        model = Mark

    person = factory.SubFactory(YoungPersonFactory)
    code = MarkCode.DURATION_CLASS
    value = "24"
    reason = "An internship may last 24 months."
    set_at = now()
    set_by = factory.SubFactory(UserFactory)


class PrivacyRequestFactory(Factory):
    """Asked for today by the person."""

    class Meta:
        model = PrivacyRequest

    person = factory.SubFactory(YoungPersonFactory)
    kind = RequestKind.ERASURE
    asked_at = now()
    asked_by = factory.LazyAttribute(lambda o: o.person.user or UserFactory())
    due_on = day(30)

    class Params:
        answered = factory.Trait(
            state=RequestState.GRANTED,
            answer="Done.",
            answered_at=now(),
            answered_by=factory.SubFactory(UserFactory),
        )


class DataCopyFactory(Factory):
    """Asked for; `ready=True`: made, with its two files."""

    class Meta:
        model = DataCopy

    person = factory.SubFactory(YoungPersonFactory)
    asked_at = now()

    class Params:
        ready = factory.Trait(
            state=CopyState.READY,
            pdf=factory.SubFactory(DocumentFactory),
            json=factory.SubFactory(StoredFileFactory),
            ready_at=now(),
            ends_at=moment(days=7),
        )
