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


class OpportunityState(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    EXPIRED = "expired", _("Expired")


class RunState(TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Under way")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")


class EnrolmentState(TextChoices):
    ENROLLED = "enrolled", _("Enrolled")
    WAITING = "waiting", _("On the waiting list")
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
# Those that count against a run's places.
HOLDING_A_PLACE = (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED)
