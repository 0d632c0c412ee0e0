from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ParticipationState(TextChoices):
    REGISTERED = "registered", _("Registered")
    RECEIVED = "received", _("Received")
    INTERVIEWED = "interviewed", _("Interviewed")
    PLAN_DRAFT = "plan_draft", _("Plan being made")
    PLAN_AGREED = "plan_agreed", _("Plan agreed")
    IN_PROGRESS = "in_progress", _("Under way")
    CLOSED = "closed", _("Closed")
    DROPPED = "dropped", _("Stopped")


class Ending(TextChoices):
    """How a way ended: `workflow.OUTCOMES` for those that were closed, the others for those that stopped."""

    WORK = "work", _("At work, or about to start")
    STUDY = "study", _("In school, at university or in training")
    QUALIFIED = "qualified", _("Has a new qualification and looks for work")
    SEARCHING = "searching", _("Looks for work and knows how")
    SERVICE = "service", _("Goes on with another service")
    NOT_REACHED = "not_reached", _("Cannot be reached any more")
    NOT_INTERESTED = "not_interested", _("Does not want to go on")
    FOUND_ALONE = "found_alone", _("Found something without us")
    MOVED = "moved", _("Lives elsewhere now")
    OWN_REASONS = "own_reasons", _("Reasons of their own")


class FollowUpMoment(TextChoices):
    """When we ask again those who left."""

    FOUR_WEEKS = "four_weeks", _("Within four weeks")
    SIX_MONTHS = "six_months", _("After six months")


class FollowUpSituation(TextChoices):
    """What somebody does after leaving; the results that funders ask for (domain rules §4)."""

    EMPLOYED = "employed", _("In employment")
    STUDYING = "studying", _("In education or training")
    # Of somebody else: those who sign up say it of themselves.
    SEARCHING = "searching", pgettext_lazy("somebody else", "Looking for work")
    OTHER = "other", _("Something else")


class ContactChannel(TextChoices):
    WEB = "web", _("Signed up online")
    WALK_IN = "walk_in", _("Came to the desk")
    PHONE = "phone", _("Telephone")
    EMAIL = "email", _("E-mail")
    SCHOOL = "school", _("School")
    SERVICE = "service", _("Another service")
    PARTNER = "partner", _("Partner")
    FRIEND = "friend", _("Friends or family")
    STREET = "street", _("Met on the street")


class AppointmentKind(TextChoices):
    RECEPTION = "reception", _("First talk")
    INTERVIEW = "interview", _("Interview")
    PLAN_REVIEW = "plan_review", _("Look at the plan together")


class AppointmentMode(TextChoices):
    PLACE = "place", _("In person")
    PHONE = "phone", _("By telephone")
    VIDEO = "video", _("By video")


class AppointmentState(TextChoices):
    BOOKED = "booked", _("Booked")
    SEEN = "seen", _("Took place")
    EXCUSED = "excused", _("Excused")
    CANCELLED = "cancelled", _("Cancelled by us")
    NO_SHOW = "no_show", _("Did not come")


class NoteKind(TextChoices):
    """How the desk came to know what a note says."""

    CALL = "call", _("Telephone call")
    CORRIDOR = "corridor", _("In passing")
    MESSAGE = "message", _("Message")
    SCHOOL = "school", _("From the school")
    STREET = "street", _("On the street")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    FAMILY = "family", _("Family")
    OTHER = "other", _("Other")


class Signal(TextChoices):
    """Why somebody whom an operator follows needs a look."""

    MESSAGE = "message", _("Unread message")
    SILENT = "silent", _("No contact for 30 days")
    OVERDUE = "overdue", _("Overdue step")
    REVIEW = "review", _("Plan to look at again")
    UNANSWERED = "unanswered", _("Referral without an answer")
    DROPOUT = "dropout", _("At risk of leaving school")
    EIGHTEEN = "eighteen", _("Turns 18 soon")
    PERMIT = "permit", _("Permit ends")


class ChangeKind(TextChoices):
    """What somebody else changed in an operator's agenda."""

    BOOKED = "booked", _("booked")
    MOVED = "moved", _("moved")
    CALLED_OFF = "called_off", _("called off")


class AgendaNews(TextChoices):
    """How an operator hears of changes in their agenda."""

    MORNING = "morning", _("One e-mail in the morning, if others changed something")
    TODAY = "today", _("The same, and at once when something changes for today")
    NEVER = "never", _("No e-mail: I look at the agenda")


class CallTime(TextChoices):
    """When somebody can talk on the telephone."""

    ANY = "any", _("At any hour")
    MORNING = "morning", _("In the morning, until 12")
    NOON = "noon", _("Between 12 and 14")
    AFTERNOON = "afternoon", _("In the afternoon, from 14")


class SafeguardingState(TextChoices):
    """Whether somebody still sees to a disclosed abuse."""

    OPEN = "open", _("Somebody sees to it")
    CLOSED = "closed", _("Closed")


class QueueState(TextChoices):
    """How far somebody has come who is at the desk today."""

    ARRIVED = "arrived", _("Waiting")
    CALLED = "called", _("Called")
    RECEIVED = "received", _("At the desk")
    LEFT = "left", _("Gone")


class PlanState(TextChoices):
    DRAFT = "draft", _("Being made")
    PROPOSED = "proposed", _("Waiting for your agreement")
    AGREED = "agreed", _("Agreed")


class Project(TextChoices):
    """What the goals of a plan hang on."""

    PROFESSIONAL = "professional", _("My professional project")
    LIFE = "life", _("My life project")


class ActionKind(TextChoices):
    """The real thing behind an action of the plan."""

    APPOINTMENT = "appointment", _("A talk")
    ACTIVITY = "activity", _("A course or activity")
    INTERNSHIP = "internship", _("An internship")
    ERRAND = "errand", _("Something to do")


class ActionState(TextChoices):
    TO_DO = "to_do", _("To do")
    DOING = "doing", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("No longer needed")


class ReferralPurpose(TextChoices):
    TRAINING = "training", _("A course")
    INTERNSHIP = "internship", _("An internship")
    OTHER = "other", _("Another service")


class ReferralState(TextChoices):
    SENT = "sent", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back by the young person")


class AnswersWithin(TextChoices):
    """How soon an operator usually answers, as young people read it."""

    SAME_DAY = "same_day", _("Usually answers on the same day")
    DAY = "day", _("Usually answers within a working day")
    TWO_DAYS = "two_days", _("Usually answers within two working days")
    WEEK = "week", _("Usually answers within a week")


class MediationState(TextChoices):
    """How it is seen to that two people who talk understand each other."""

    SPOKEN = "spoken", _("The operator speaks it")
    NEEDED = "needed", _("Mediator needed")
    ARRANGED = "arranged", _("Mediator arranged")


class Face(TextChoices):
    """How a talk was, as one says it."""

    GOOD = "good", _("Good")
    SO_SO = "so_so", _("So-so")
    BAD = "bad", _("Bad")


class ContactState(TextChoices):
    """Somebody met on the street: before they take part, if they ever do."""

    CONTACTED = "contacted", _("Contacted")
    TAKES_PART = "takes_part", _("Takes part")
    FORGOTTEN = "forgotten", _("Forgotten")


class GroupKind(TextChoices):
    """What kind of group is met."""

    SCHOOL = "school", _("A class")
    CENTRE = "centre", _("A youth centre")
    OTHER = "other", _("Another group")


class GroupEntryState(TextChoices):
    """Somebody on the list of a group."""

    WAITING = "waiting", _("To be registered")
    REGISTERED = "registered", _("On the list of people")
    DROPPED = "dropped", _("Taken off the list")


class SkillSource(TextChoices):
    """Whose list a skill is on."""

    ESCO = "esco", _("ESCO")
    OWN = "own", _("short list of the portal")


class SkillLevel(IntegerChoices):
    """How well somebody can do something, in words that they would say."""

    TRIED = 1, _("Tried it")
    HELPED = 2, _("With some help")
    ALONE = 3, _("On one’s own")
    TEACHES = 4, _("Can show others how")


class CvEntryKind(TextChoices):
    """What stands in a CV as it was typed."""

    EDUCATION = "education", _("School and courses")
    EXPERIENCE = "experience", _("Work and other experience")
    LANGUAGE = "language", _("Languages")


class LanguageLevel(TextChoices):
    """How well somebody speaks a language; in brackets the steps of the European framework."""

    MOTHER = "mother", _("Mother tongue")
    WELL = "well", _("Well (C1–C2)")
    ENOUGH = "enough", _("I get by (B1–B2)")
    LITTLE = "little", _("A little (A1–A2)")
