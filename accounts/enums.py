from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a member of an organisation does. A young person and an administrator are not members."""

    OPERATOR = "operator", _("Operator")
    PARTNER_STAFF = "partner_staff", _("Partner staff")
    PARTNER_ADMIN = "partner_admin", _("Partner administrator")
    COORDINATOR = "coordinator", _("Coordinator")
    EVALUATOR = "evaluator", _("Evaluator")


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
