from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InternshipState(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed")
    IN_SIGNATURE = "in_signature", _("Being signed")
    SIGNED = "signed", _("Signed")
    RUNNING = "running", _("Running")
    SUSPENDED = "suspended", _("Suspended")
    COMPLETED = "completed", _("Completed")
    ENDED_EARLY = "ended_early", _("Ended early")
    CANCELLED = "cancelled", _("Cancelled")


class AmendmentKind(TextChoices):
    """What can change once the papers are signed."""

    EXTENSION = "extension", _("Extension")
    SUSPENSION = "suspension", _("Suspension")
    RETURN = "return", _("Day of return")
    HOST_TUTOR = "host_tutor", _("Tutor at the host")
    PROMOTER_TUTOR = "promoter_tutor", _("Promoter’s tutor")
    HOURS = "hours", _("Hours a week")
    SITE = "site", _("Workplace")


class EndedBy(TextChoices):
    """Who ends an internship before its last day."""

    INTERN = "intern", _("The intern")
    HOST = "host", _("The host")
    PROMOTER = "promoter", _("The promoter")


class EndGround(TextChoices):
    """Why a host or a promoter may end it."""

    BREACH = "breach", _("A serious breach of what was agreed")
    GOALS = "goals", _("The goals can no longer be reached")


class TodoKind(TextChoices):
    """What the promoter does by a day: what the law wants, and at the end what the funds ask for."""

    NOTICE_START = "notice_start", _("Compulsory notice of the start (UNILAV)")
    NOTICE_EXTENSION = "notice_extension", _("Compulsory notice of the new last day (UNILAV)")
    NOTICE_SITE = "notice_site", _("Compulsory notice of the new workplace (UNILAV)")
    NOTICE_END = "notice_end", _("Compulsory notice of the early end (UNILAV)")
    INSURANCE = "insurance", _("Insurance: INAIL and liability")
    INSURANCE_EXTENSION = "insurance_extension", _("Insurance up to the new last day")
    REGISTRATION = "registration", _("Registration on the regional portal")
    ACCIDENT = "accident", _("Report of the accident to INAIL")
    OUTCOME = "outcome", _("What became of the intern")
    LATER = "later", _("How the intern is six months later")


class EvidenceKind(TextChoices):
    """What must be there before an internship starts."""

    SAFETY_TRAINING = "safety_training", _("Safety training")
    RISK_ASSESSMENT = "risk_assessment", _("Risk assessment of the workplace")
    FITNESS = "fitness", _("A minor’s fitness for the work")


class OutcomeKind(TextChoices):
    """What became of an intern."""

    HIRED = "hired", _("Hired by the host")
    OFFER = "offer", _("Work elsewhere, or an offer")
    SCHOOL = "school", _("School or training")
    NONE = "none", _("None of these")


class InternshipKind(TextChoices):
    EXTRACURRICULAR = "extracurricular", _("Internship outside school")
    SUMMER = "summer", _("Summer internship of a student")
    CURRICULAR = "curricular", _("Internship of a course of study")
    PCTO = "pcto", _("School-to-work path (PCTO)")
    SHADOWING = "shadowing", _("Job shadowing")


class RemoteMode(TextChoices):
    ON_SITE = "on_site", _("At the workplace")
    MIXED = "mixed", _("Partly from home")
    REMOTE = "remote", _("From home")


class DurationClass(TextChoices):
    """The values of the mark that says how long an internship may last: see accounts.enums.MarkCode."""

    DISADVANTAGED = "disadvantaged", _("Up to the limit for disadvantaged people")
    DISABLED = "disabled", _("Up to the limit for disabled people")


class RuleUnit(TextChoices):
    NONE = "", _("no number")
    YEARS = "years", _("years")
    MONTHS = "months", _("months")
    DAYS = "days", _("days")
    HOURS = "hours", _("hours")
    MINUTES = "minutes", _("minutes")
    CLOCK = "clock", _("o’clock")
    DAY_OF_MONTH = "day_of_month", _("day of the month")
    PERCENT = "percent", _("per cent")
    PEOPLE = "people", _("people")
    EURO = "euro", _("euro")
    LEVEL = "level", _("EQF level")


class SuspensionKind(TextChoices):
    MATERNITY = "maternity", _("Maternity")
    ILLNESS = "illness", _("Illness or injury")
    CLOSURE = "closure", _("The host is closed")


class DayState(TextChoices):
    """How a day of the register stands."""

    PROPOSED = "proposed", _("To be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    DISPUTED = "disputed", _("Disputed")
    ABSENT = "absent", _("Not there")


class Absence(TextChoices):
    """Why an intern was not there. No diagnosis: the paper beside it, if any, only the promoter reads."""

    ILL = "ill", _("I was ill")
    FAMILY = "family", _("Something in the family")
    SCHOOL = "school", _("School, an exam or a talk")
    CLOSED = "closed", _("The company was closed")
    OTHER = "other", _("Something else")


class AbsentMonth(TextChoices):
    """What the promoter decided for months without any attendance."""

    NOTHING = "nothing", _("Nothing is paid")
    FLOOR = "floor", _("The least amount is paid")


class PartMonth(TextChoices):
    """What the promoter decided for months of which only a part counts: the first, the last, suspended ones."""

    WHOLE = "whole", _("As a whole month, by attendance")
    SHARE = "share", _("In proportion to the hours planned, without a least amount")
    SHARE_WITH_FLOOR = "floor", _("In proportion, but never below the least amount")


class AllowanceState(TextChoices):
    TO_DECIDE = "to_decide", _("To decide")
    DUE = "due", _("To be paid")
    ORDERED = "ordered", _("Given to the payer")
    PAID = "paid", _("Paid")


class PaperCode(TextChoices):
    """The papers whose words are edited in the portal."""

    AGREEMENT = "agreement", _("Framework agreement")
    AGREEMENT_STUDIES = "agreement-studies", _("Framework agreement for parts of a course of study")
    PROJECT = "training-project", _("Training project")
    CURRICULAR = "training-project-curricular", _("Training project of a course of study")
    PCTO = "training-project-pcto", _("Formative pact of a PCTO")
    SHADOWING = "training-project-shadowing", _("Sheet of a job shadowing")


class AgreementScope(TextChoices):
    """For which internships a framework agreement is."""

    WORK = "work", _("Internships outside of school: with an allowance and notices")
    STUDIES = "studies", _("Parts of a course of study: curricular stages and PCTO")


class AgreementState(TextChoices):
    DRAFT = "draft", _("Being prepared")
    IN_SIGNATURE = "in_signature", _("Being signed")
    SIGNED = "signed", _("Signed")
    ENDED = "ended", _("Ended")


class ProjectState(TextChoices):
    """Whose turn it is to write in a training project, and what comes after."""

    PROMOTER = "promoter", _("The promoter writes")
    HOST = "host", _("The host writes")
    INTERN = "intern", _("The young person writes")
    READY = "ready", _("Ready to be signed")
    IN_SIGNATURE = "in_signature", _("Being signed")
    SIGNED = "signed", _("Signed")


class Meals(TextChoices):
    """What the host gives besides the allowance."""

    NONE = "none", _("None")
    VOUCHERS = "vouchers", _("Meal vouchers")
    CANTEEN = "canteen", _("A meal at work or in the canteen")


class Need(TextChoices):
    """Why an internship needs a hand now, the most urgent first."""

    LATE = "late", _("A deadline has passed")
    OVERDUE = "overdue", _("Should have begun")
    OVER = "over", _("Last day reached: to complete")
    DISPUTED = "disputed", _("A day is disputed")
    DAYS = "days", _("Days not confirmed for a week")
    SILENT = "silent", _("Register empty for a week")
    MONTH = "month", _("A month to close")
    OUR_TURN = "our_turn", _("The training project waits for us")
    SIGNATURES = "signatures", _("Begins soon, signatures missing")
    ENDING = "ending", _("Ends within two weeks")


class EndPaperKind(TextChoices):
    """What remains of an internship on paper."""

    ATTESTATION = "attestation", _("Final attestation")
    DOSSIER = "dossier", _("Individual dossier")


class EvaluationSide(TextChoices):
    """Who says how it was."""

    INTERN = "intern", _("Evaluation by the intern")
    HOST = "host", _("Evaluation by the host")


class ApplicationState(TextChoices):
    """Where an application for an offer stands."""

    DRAFT = "draft", _("Not sent yet")
    SENT = "sent", _("Sent in")
    SHORTLISTED = "shortlisted", _("On the shortlist")
    INVITED = "invited", _("Interview")
    TAKEN = "taken", _("Taken")
    TURNED_DOWN = "turned_down", _("Not this time")
    WITHDRAWN = "withdrawn", _("Taken back")
    CLOSED = "closed", _("Offer closed")


class HostAnswer(TextChoices):
    """What a host says of an application by its link."""

    MEET = "meet", _("We would like to meet")
    YES = "yes", _("Yes")
    NO = "no", _("Not this time")


class TurnedDown(TextChoices):
    """Why not, as the young person reads it: kind, true, and nothing that hurts."""

    CHOSEN = "chosen", _("The company chose somebody else.")
    PLACES = "places", _("The places are all taken.")
    DAYS = "days", _("The days or the hours do not fit together.")
    SKILLS = "skills", _("Something else is needed for this work. We can look together at how to learn it.")
    FAR = "far", _("Another offer fits better: we talk about it with you.")
