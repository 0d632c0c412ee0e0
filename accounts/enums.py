from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a member of an organisation does. A young person and an administrator are not members."""

    OPERATOR = "operator", _("Operator")
    PARTNER_STAFF = "partner_staff", _("Partner staff")
    PARTNER_ADMIN = "partner_admin", _("Partner administrator")
    COORDINATOR = "coordinator", _("Coordinator")
    EVALUATOR = "evaluator", _("Evaluator")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")


class Gender(TextChoices):
    FEMALE = "f", _("Woman")
    MALE = "m", _("Man")
    OTHER = "x", _("Other")
    UNSAID = "", _("I'd rather not say")


class Education(TextChoices):
    """Highest title; EQF and ISCED levels hang on it (domain rules, vocabularies)."""

    NONE = "none", _("No title")
    LOWER_SECONDARY = "lower_secondary", _("Lower secondary school")
    COMPULSORY = "compulsory", _("First two years of upper secondary school")
    QUALIFICATION = "qualification", _("Vocational qualification (three years)")
    DIPLOMA = "diploma", _("Upper secondary diploma")
    IFTS = "ifts", _("IFTS certificate")
    ITS = "its", _("ITS diploma")
    BACHELOR = "bachelor", _("Bachelor's degree")
    MASTER = "master", _("Master's degree")
    DOCTORATE = "doctorate", _("Doctorate")


class Employment(TextChoices):
    EMPLOYED = "employed", _("In work")
    UNEMPLOYED = "unemployed", _("Looking for work")
    INACTIVE = "inactive", _("Neither working nor looking for work")
    STUDENT = "student", _("Studying")
    TRAINING = "training", _("In training")


class VerifiedBy(TextChoices):
    """Who vouches for a codice fiscale."""

    EID = "eid", _("SPID or CIE")
    STAFF = "staff", _("Desk")


class EidProvider(TextChoices):
    """The public identities by which one can enter."""

    SPID = "spid", "SPID"
    CIE = "cie", "CIE"


class PaperType(TextChoices):
    """What shows who somebody is."""

    ID_CARD = "id_card", _("Identity card")
    PASSPORT = "passport", _("Passport")
    PERMIT = "permit", _("Residence permit")
    PERMIT_RECEIPT = "permit_receipt", _("Receipt of the request for a residence permit")
    OTHER = "other", _("Other paper")


class RepresentativeKind(TextChoices):
    """By what right an adult signs for a minor."""

    PARENT = "parent", _("Parent")
    GUARDIAN = "guardian", _("Guardian")
    VOLUNTEER_GUARDIAN = "volunteer_guardian", _("Volunteer guardian")
    FOSTER_CARER = "foster_carer", _("Foster carer")


class EndOfRepresentation(TextChoices):
    """Why somebody signs for a minor no more."""

    EIGHTEEN = "eighteen", _("Came of age")
    REPLACED = "replaced", _("Somebody else took their place")
    MISTAKE = "mistake", _("Entered by mistake")


class ConsentState(TextChoices):
    ASKED = "asked", _("Asked")
    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")
    ENDED = "ended", _("Ended")


class ConsentBy(TextChoices):
    """Whose yes or no it was, and how it came."""

    SELF = "self", _("The person themselves")
    REPRESENTATIVES = "representatives", _("Who represents them")
    PAPER = "paper", _("On paper")


class SpecialKind(TextChoices):
    """Data that the law protects more than others (articles 9 and 10 of the GDPR)."""

    DISABILITY = "disability", _("Disability")
    HEALTH = "health", _("Health")
    PROTECTION = "protection", _("International protection")
    CONVICTIONS = "convictions", _("Criminal convictions")


class SpecialPurpose(TextChoices):
    """For what a rule asks for data that the law protects more."""

    INTERNSHIP = "internship", _("Internship")
    REPORTING = "reporting", _("Indicators that the funder asks for")


class MarkCode(TextChoices):
    """What follows from data that stay closed, as far as others must know it to apply a rule."""

    DURATION_CLASS = "duration_class", _("How long an internship may last")
    QUOTA_EXEMPT = "quota_exempt", _("Does not count towards a host's most interns")


class GrantKind(TextChoices):
    """What gives a partner access to a person's data."""

    REFERRAL = "referral", _("Referral")
    ACTIVITY = "activity", _("Activity")
    INTERNSHIP = "internship", _("Internship")


class RequestKind(TextChoices):
    """What somebody can ask about their own data (articles 15 to 21 of the GDPR)."""

    NAMES = "names", _("Who opened my file, by name")
    CORRECTION = "correction", _("Correct my data")
    OBJECTION = "objection", _("I object to a use of my data")
    LIMITATION = "limitation", _("Limit the use of my data")
    ERASURE = "erasure", _("Erase my data")
    COPY = "copy", _("A copy of my data")


class RequestState(TextChoices):
    OPEN = "open", _("Being looked at")
    GRANTED = "granted", _("Granted")
    PARTLY = "partly", _("Granted in part")
    REFUSED = "refused", _("Turned down")
    WITHDRAWN = "withdrawn", _("Withdrawn by whoever asked")


class CopyState(TextChoices):
    WAITING = "waiting", _("Being prepared")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")
    GONE = "gone", _("No longer there")
