from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Family(TextChoices):
    """What kind of opportunity, in the words of a young person."""

    ORIENTATION = "orientation", _("Orientation")
    STUDY = "study", _("Back to study")
    SOFT_SKILLS = "soft_skills", _("Soft skills")
    SELF_ENTREPRENEURSHIP = "self_entrepreneurship", _("Start your own business")
    TRAINING = "training", _("Learn a trade")
    INTERNSHIP = "internship", _("Internship")
    JOB_SHADOWING = "job_shadowing", _("Watch a job being done")
    ABROAD = "abroad", _("Go abroad")
    VOLUNTEERING = "volunteering", _("Volunteering and active citizenship")


class TaughtIn(TextChoices):
    """In which language an activity is held."""

    ITALIAN = "it", _("Italian")
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
    ARABIC = "ar", _("Arabic")
    UKRAINIAN = "uk", _("Ukrainian")


class OpportunityState(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    EXPIRED = "expired", _("Expired")


class Situation(TextChoices):
    """For whom an activity was thought, as the founding document has them: “for whoever …”. Nobody is refused by it.

    The first four are a time of change, the others weigh on somebody; the interview asks with the same keys.
    """

    END_OF_SCHOOL = "end_of_school", _("is finishing school, or has just finished it")
    JOB_SEARCH = "job_search", _("is looking for a job")
    CHANGE_WORK = "change_work", _("wants to change work or trade")
    CHANGE_STUDIES = "change_studies", _("wants to change school or studies")
    LEAVING_SCHOOL = "leaving_school", _("is thinking of leaving school")
    NEET = "neet", _("neither studies nor works at the moment")
    NEWLY_ARRIVED = "newly_arrived", _("is under 18 and came to Italy a short time ago")
    FEWER_OPPORTUNITIES = "fewer_opportunities", _("has had fewer chances than others")
    PRECARIOUS = "precarious", _("has work that may end any day")
    UNHAPPY_AT_WORK = "unhappy_at_work", _("has work that is not right for them")


class ModulePathState(TextChoices):
    """Of several modules in an order."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class HeadAge(TextChoices):
    """Of heads that were counted without a name."""

    UNDER_14 = "under_14", _("up to 13")
    FROM_14 = "14_15", _("14–15")
    FROM_16 = "16_17", _("16–17")
    FROM_18 = "18_24", _("18–24")
    FROM_25 = "from_25", _("25 or older")


class RunState(TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Under way")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")


class EnrolmentState(TextChoices):
    ENROLLED = "enrolled", _("Enrolled")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("A place is offered")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    COMPLETED = "completed", _("Completed")
    NOT_COMPLETED = "not_completed", _("Not completed")


class AttendanceState(TextChoices):
    PRESENT = "present", _("Present")
    LATE = "late", _("Late")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


class CertificateState(TextChoices):
    VALID = "valid", _("Valid")
    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")


class BatchState(TextChoices):
    """Of certificates made for a whole group."""

    QUEUED = "queued", _("Being made")
    DONE = "done", _("Made")
    FAILED = "failed", _("Could not be made")


# Who was there, and whose hours count.
THERE = (AttendanceState.PRESENT, AttendanceState.LATE)
# Who will come, or hopes to.
ACTIVE = (EnrolmentState.ENROLLED, EnrolmentState.OFFERED, EnrolmentState.WAITING)
# Whose place is taken, and who stands on the lists of sessions.
TAKING_PART = (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED)
# Those that count against a run's places: an offered one is kept until its answer is due.
HOLDING_A_PLACE = (*TAKING_PART, EnrolmentState.OFFERED)


# --- accompanied paths ---------------------------------------------------------------------


class PathKind(TextChoices):
    """Where somebody is accompanied to."""

    STUDY = "study", _("Back to study")
    STAY = "stay", _("Abroad and volunteering")
    VENTURE = "venture", _("A business of one’s own")


class PathState(TextChoices):
    """How far a path has come; what it is called of each kind: paths.py."""

    CHOOSING = "choosing", _("Choosing")
    PREPARING = "preparing", _("Getting ready")
    UNDER_WAY = "under_way", _("Under way")
    ENDED = "ended", _("Ended")


class PathOutcome(TextChoices):
    """How a path ended, as reports count it; which belong to which kind: paths.py."""

    ENROLLED = "enrolled", _("Enrolled at a school")
    NOT_ADMITTED = "not_admitted", _("Asked, and not admitted")
    STAYED = "stayed", _("Stayed until the end")
    BACK_EARLY = "back_early", _("Came back early")
    NOT_SELECTED = "not_selected", _("Asked, and not selected")
    VAT_NUMBER = "vat_number", _("Opened a VAT number")
    COMPANY = "company", _("Founded a company")
    EMPLOYED = "employed", _("Employed instead")
    DROPPED = "dropped", _("Gave it up")


class PathReason(TextChoices):
    """Why a path was given up, or ended early."""

    MONEY = "money", _("Money")
    TIME = "time", _("No time")
    REQUIREMENTS = "requirements", _("Papers or requirements that were missing")
    DID_NOT_WORK = "did_not_work", _("It did not work out")
    FOUND_WORK = "found_work", _("Found work")
    CHANGED_MIND = "changed_mind", _("Wants something else now")
    OWN = "own", _("Reasons of their own")
    UNREACHABLE = "unreachable", _("Cannot be reached any more")


class StepKind(TextChoices):
    """What there is to tick off on a path."""

    DOCUMENT = "document", _("A document")
    TASK = "task", _("Something to do")
    MILESTONE = "milestone", _("A milestone")


class StepCode(TextChoices):
    """Steps that come by themselves with a choice; all others are written by hand."""

    # Papers.
    ID_CARD = "id_card", _("Identity card or passport")
    TAX_CODE = "tax_code", _("Health card with the codice fiscale")
    PERMIT = "permit", _("Residence permit")
    LAST_TITLE = "last_title", _("Diploma or certificate of the last school")
    FOREIGN_TITLE = "foreign_title", _("Foreign title with translation and declaration of value")
    ISEE = "isee", _("ISEE of the family, for fees and scholarships")
    PHOTOS = "photos", _("Two passport photos")
    TRAVEL_DOCUMENT = "travel_document", _("Passport, or identity card valid for travelling")
    EHIC = "ehic", _("European health insurance card (on the back of the health card)")
    AGREEMENT = "agreement", _("Agreement of the stay, signed")
    PARENTS = "parents", _("Consent to travel of who represents you")
    # What to do.
    PLACEMENT_TEST = "placement_test", _("Test of Italian, to find the right class")
    OPEN_DAY = "open_day", _("Visit the school, or an open day")
    ADMISSION = "admission", _("Sign up for the admission test")
    ASK = "ask", _("Ask to be enrolled")
    APPLY = "apply", _("Send the application")
    TICKETS = "tickets", _("Tickets there and back")
    # Of a business.
    CUSTOMERS = "customers", _("Talk with five people who might buy")
    TRIAL = "trial", _("Try it out once, small")
    NUMBERS = "numbers", _("Reckon costs and revenue of the first year")
    LEGAL_FORM = "legal_form", _("Choose the legal form")
    FIRST_SALE = "first_sale", _("First sale")


class PathTalkKind(TextChoices):
    TALK = "talk", _("Talk")
    TOGETHER = "together", _("We go there together")
    BEFORE = "before", _("Meeting before departure")
    DURING = "during", _("Contact during the stay")
    AFTER = "after", _("Talk after the return")


class CheckAnswer(TextChoices):
    """Six months after an enrolment."""

    STILL = "still", _("Still enrolled")
    ELSEWHERE = "elsewhere", _("Studies somewhere else now")
    FINISHED = "finished", _("Has finished")
    STOPPED = "stopped", _("Has stopped")


class StudyRoute(TextChoices):
    """By which one goes back to study."""

    CPIA = "cpia", _("CPIA: school for adults")
    EVENING = "evening", _("Evening school")
    IEFP = "iefp", _("IeFP: vocational course")
    ITS = "its", _("ITS Academy")
    UNIVERSITY = "university", _("University")
    ITALIAN = "italian", _("Italian as a second language")
    RECOGNITION = "recognition", _("Recognition of a foreign title")


class StayProgramme(TextChoices):
    """With what one goes abroad, or volunteers here."""

    ESC = "esc", _("European Solidarity Corps")
    ERASMUS_VET = "erasmus_vet", _("Erasmus+ internship or training abroad")
    YOUTH_EXCHANGE = "youth_exchange", _("Erasmus+ youth exchange")
    CIVIL_SERVICE = "civil_service", _("Servizio Civile Universale")
    WORK_CAMP = "work_camp", _("Work camp")
    ACTIVE_CITIZENSHIP = "citizenship", _("Active citizenship in Milan")


class AskedMoment(TextChoices):
    """When a young person is asked about an activity."""

    ENTRY = "entry", _("How I see myself, at the beginning")
    EXIT = "exit", _("How I see myself, at the end")
    OPINION = "opinion", _("How the activity was")


class SuggestedBy(TextChoices):
    """By what activities are suggested, in the order in which they come."""

    PLAN = "plan", _("The steps of your plan")
    SEARCHES = "searches", _("The searches you keep")
    SKILLS = "skills", _("What you can do")
    NEAR = "near", _("Where you live")
