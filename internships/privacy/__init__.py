"""How the events of internships read in a person's story and in the audit trail."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from foundation.privacy.actions import erase
from foundation.privacy.enums import Basis, Erase, FieldKind
from foundation.privacy.registry import PUBLIC, STAFF, TECHNICAL, Field, call_rows, classify, counted, erased, with_row
from internships.models import (
    Allowance,
    AllowanceTerms,
    BankAccount,
    Internship,
    RegisterChange,
    RegisterDay,
    RegisterMonth,
    RuleOverride,
    TimetableSlot,
    TrainingProject,
)
from internships.privacy import applications, ends, life, papers
from internships.workflow import OPEN_STATES
from migwork.errors import NotNow

SENTENCES = {
    **papers.SENTENCES,
    **applications.SENTENCES,
    "internships.handed_over": _("Followed by somebody else from now on"),
    "internships.host_entered": _("Host entered"),
    "internships.rule_set_added": _("Rule set of internships added"),
    "internships.rule_set_changed": _("Rule set of internships changed"),
    "internships.rule_overridden": _("Gone past a rule, with a reason"),
    "internships.host_changed": _("Host corrected"),
    "internships.unit_changed": _("Workplace corrected"),
    "internships.tutor_details_changed": _("Tutor of the host corrected"),
    "internships.unit_added": _("Workplace added"),
    "internships.host_tutor_added": _("Tutor of the host added"),
    "internships.proposed": _("Internship proposed"),
    "internships.agreed": _("Internship agreed"),
    "internships.sent_for_signature": _("Papers sent for signature"),
    "internships.signed": _("Papers signed by all"),
    "internships.started": _("Internship started"),
    "internships.suspended": _("Internship suspended"),
    "internships.resumed": _("Internship resumed"),
    "internships.completed": _("Internship completed"),
    "internships.ended_early": _("Internship ended early"),
    "internships.cancelled": _("Internship cancelled"),
    "internships.days_recorded": _("Days entered in the register"),
    "internships.days_corrected": _("Days corrected in the register"),
    "internships.note_written": _("Note written in the register"),
    "internships.proof_added": _("File added to an absence"),
    "internships.proof_removed": _("File of an absence taken away"),
    "internships.month_closed": _("Month of the register closed"),
    "internships.timetable_set": _("Weekly timetable written"),
    "internships.link_made": _("Link for the host made"),
    "internships.host_reminded": _("Host reminded of the days to confirm"),
    "internships.link_revoked": _("Link of the host taken back"),
    "internships.allowance_terms_set": _("Terms of the allowance written"),
    "internships.account_given": _("Bank account given"),
    "internships.allowance_ordered": _("Allowance given to the payer"),
    "internships.allowance_paid": _("Allowance paid"),
    "internships.allowance_taken_back": _("Allowance taken back from the payer"),
    **life.SENTENCES,
    **ends.SENTENCES,
}


def holdings(abouts) -> list:
    """The rows about these people that this room holds."""
    return [
        *life.holdings(abouts),
        *ends.holdings(abouts),
        *applications.holdings(abouts),
        Internship.objects.filter(participation__person__in=abouts),
        RegisterDay.objects.filter(internship__participation__person__in=abouts),
        RuleOverride.objects.filter(internship__participation__person__in=abouts),
        RegisterChange.objects.filter(internship__participation__person__in=abouts),
        RegisterMonth.objects.filter(internship__participation__person__in=abouts),
        TimetableSlot.objects.filter(internship__participation__person__in=abouts),
        AllowanceTerms.objects.filter(internship__participation__person__in=abouts),
        Allowance.objects.filter(internship__participation__person__in=abouts),
        BankAccount.objects.filter(internship__participation__person__in=abouts),
        TrainingProject.objects.filter(internship__participation__person__in=abouts),
    ]


def anonymise(about, by, now):
    """NotNow while an internship is under way: its papers, its insurance and its allowance need a name."""
    if Internship.objects.filter(participation__person=about, state__in=OPEN_STATES).exists():
        raise NotNow(_("An internship is under way: it has to end first."), code="internship")
    applications.let_go(about, now)
    return erase(*holdings([about]))


def classify_fields():
    life.classify_fields()
    ends.classify_fields()
    applications.classify_fields()
    call_rows(
        **{
            "internships.Internship": _("your internships"),
            "internships.RegisterDay": _("days of your internship"),
            "internships.RuleOverride": _("where your internship goes past a rule, and why"),
            "internships.RegisterChange": _("what was changed in the days of your internship"),
            "internships.RegisterMonth": _("closed months of your internship"),
            "internships.TimetableSlot": _("the weekly timetable of your internship"),
            "internships.HostLink": _("links of hosts"),
            "internships.HostSigner": _("who signs for hosts"),
            "internships.AllowanceTerms": _("on what terms you are paid"),
            "internships.Allowance": _("your allowance"),
            "internships.BankAccount": _("where your allowance goes"),
            "internships.TrainingProject": _("your training projects"),
        }
    )
    host = Field(FieldKind.PUBLIC, Basis.NONE, "", Erase.KEEP)
    classify(
        "internships.Host",
        name=host,
        vat_number=host,
        sector=host,
        ateco=host,
        is_public=host,
        is_seasonal=host,
        agreement=host,
        agreement_hours=host,
        inail_position=host,
        liability_policy=host,
        liability_until=host,
        insolvent_from=host,
        sort_key=TECHNICAL,
        created_at=TECHNICAL,
    )
    classify(
        "internships.OperatingUnit",
        host=host,
        address=host,
        municipality=host,
        headcount=host,
        permanent_staff=host,
        dismissals_on=host,
        short_time_from=host,
        short_time_to=host,
    )
    _classify_rules()
    # People of the host: their own data, of no young person, so that nobody's erasure touches them.
    tutor = Field(FieldKind.CONTACT, Basis.TASK, "accounting", Erase.KEEP)
    classify("internships.HostTutor", host=TECHNICAL, name=tutor, email=tutor, phone=tutor)
    classify(
        "internships.Internship",
        participation=counted(),
        promoter=counted(_("who promotes your internship")),
        macro_action=counted(),
        referral=counted(),
        plan_action=counted(),
        unit=counted(_("where you do it")),
        host_tutor=STAFF,
        promoter_tutor=STAFF,
        kind=counted(_("which kind of internship it is")),
        title=erased(FieldKind.ORDINARY, _("what you learn in your internship")),
        school=erased(FieldKind.ORDINARY, _("the school of whose studies it is a part"), to=""),
        school_tutor=erased(FieldKind.CONTACT, _("who follows it at your school"), to=""),
        school_email=erased(FieldKind.CONTACT, _("how your school is reached"), to=""),
        eqf_level=counted(_("how demanding what you learn is (EQF level)")),
        remote_mode=counted(_("whether you are at the workplace or at home")),
        worked_there_until=counted(_("until when you had worked for this company before")),
        starts_on=counted(_("first day")),
        ends_on=counted(_("last day")),
        weekly_hours=counted(_("hours a week")),
        hours_amended=counted(_("hours in all")),
        state=counted(_("how your internship stands")),
        state_since=counted(_("since when it stands there")),
        reason=erased(
            FieldKind.FREE_TEXT, _("why it was suspended or ended"), to=lambda row: "…" if row.reason else ""
        ),
        ended_on=counted(_("on which day it ended early")),
        ended_by=counted(_("who ended it")),
        end_ground=counted(_("why the company or the promoter ended it")),
        created_at=counted(),
        created_by=STAFF,
    )
    classify(
        "internships.RegisterDay",
        internship=counted(),
        on=counted(_("day of your internship")),
        hours=counted(_("hours of that day")),
        state=counted(_("how that day stands")),
        absence=erased(FieldKind.ORDINARY, _("why you were not there"), to=""),
        # The file itself is classified in foundation.files.
        proof=counted(),
        note=erased(FieldKind.FREE_TEXT, _("your note of that day"), to=""),
        recorded_by=STAFF,
        recorded_at=TECHNICAL,
        answered_at=counted(_("when it was confirmed or disputed")),
        answered_by=STAFF,
        answered_link=TECHNICAL,
        dispute=erased(
            FieldKind.FREE_TEXT, _("what the company says is not right"), to=lambda row: "…" if row.dispute else ""
        ),
    )
    classify(
        "internships.RegisterChange",
        internship=counted(),
        on=counted(_("day of your internship")),
        was_state=counted(_("how it stood before")),
        was_hours=counted(_("hours before")),
        state=counted(_("how it stood then")),
        hours=counted(_("hours then")),
        at=counted(_("when it was changed")),
        by=STAFF,
        link=TECHNICAL,
        is_amendment=counted(_("after the month was closed")),
        reason=erased(FieldKind.FREE_TEXT, _("why it was changed"), to=lambda row: "…" if row.reason else ""),
        key=TECHNICAL,
        tapped_at=TECHNICAL,
    )
    classify(
        "internships.RegisterMonth",
        internship=counted(),
        first=counted(_("closed month")),
        closed_at=counted(_("when it was closed")),
        closed_by=STAFF,
        closed_link=TECHNICAL,
    )
    classify(
        "internships.TimetableSlot",
        internship=counted(),
        valid_from=counted(_("timetable valid from")),
        weekday=counted(_("weekday")),
        starts_at=counted(_("from what hour")),
        ends_at=counted(_("until what hour")),
    )
    classify(
        "internships.AllowanceTerms",
        internship=counted(),
        has_meals=counted(_("meal vouchers or canteen"), retention="accounting"),
        on_income_support=erased(FieldKind.ORDINARY, _("on income support"), to=False, retention="accounting"),
        agreed=counted(_("agreed amount a month"), retention="accounting"),
        absent_month=counted(_("what holds for months without attendance"), retention="accounting"),
        part_month=counted(_("what holds for months that count in part"), retention="accounting"),
        decided_at=TECHNICAL,
        decided_by=STAFF,
    )
    classify(
        "internships.Allowance",
        internship=counted(),
        first=counted(_("month of the allowance"), retention="accounting"),
        number=counted(retention="accounting"),
        amount=counted(_("how much"), retention="accounting"),
        how=counted(_("how it was worked out"), retention="accounting"),
        state=counted(_("whether it was paid"), retention="accounting"),
        computed_at=TECHNICAL,
        ordered_at=TECHNICAL,
        paid_on=counted(_("when it was paid"), retention="accounting"),
        paid_by=STAFF,
    )
    classify(
        "internships.BankAccount",
        internship=counted(),
        iban=with_row(FieldKind.CONTACT, _("your IBAN")),
        holder=with_row(FieldKind.IDENTITY, _("whose account it is")),
        given_at=counted(_("when you gave it")),
        given_by=STAFF,
    )
    classify(
        "internships.HostLink",
        tutor=TECHNICAL,
        created_at=TECHNICAL,
        created_by=STAFF,
        sent_at=TECHNICAL,
        revoked_at=TECHNICAL,
        revoked_by=STAFF,
    )
    papers.classify_papers(tutor)


def _classify_rules():
    for model in ("RuleSet", "Rule"):
        fields = apps.get_model("internships", model)._meta.concrete_fields
        classify(f"internships.{model}", **{field.name: PUBLIC for field in fields if not field.primary_key})
    classify(
        "internships.RuleChange", rule_set=TECHNICAL, what=PUBLIC, before=PUBLIC, after=PUBLIC, at=TECHNICAL, by=STAFF
    )
    classify(
        "internships.RuleOverride",
        internship=counted(),
        amendment=counted(),
        code=counted(_("which rule")),
        value=counted(_("how far your internship goes")),
        sentence=counted(_("what the rule says")),
        source=counted(_("where the rule stands")),
        reason=erased(FieldKind.FREE_TEXT, _("why the promoter goes past it")),
        at=counted(_("when")),
        by=STAFF,
    )
