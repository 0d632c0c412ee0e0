from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EditionKind(TextChoices):
    PROJECT = "project", _("Project with dates, targets and a budget")
    ORDINARY = "ordinary", _("Ordinary service, before, between and after projects")


class FunderKind(TextChoices):
    GRANT = "grant", _("Grant")
    OWN = "own", _("Own funds of the partnership")


class TargetUnit(TextChoices):
    PERSONS = "persons", _("persons")
    FAMILIES = "families", _("families")
    ORGANISATIONS = "organisations", _("organisations")
    CITIZENS = "citizens", _("citizens")
    EVENTS = "events", _("events")
    MILESTONE = "milestone", _("milestone")


class Tie(TextChoices):
    """What ties a person to the territory. Each edition says which count, and where."""

    LIVES = "lives", _("I live there")
    STUDIES = "studies", _("I study there")
    WORKS = "works", _("I work there")
    NONE = "none", _("None of these")


class MacroActionKind(TextChoices):
    """What a macro-action is about. Talks with operators count in the one for orientation."""

    CODESIGN = "codesign", _("Co-design")
    ORIENTATION = "orientation", _("Reception and orientation")
    SKILLS = "skills", _("Soft skills and self-entrepreneurship")
    TRAINING = "training", _("Training and internships")
    COMMUNICATION = "communication", _("Communication")
    COORDINATION = "coordination", _("Coordination and monitoring")
    OTHER = "other", _("Other")
