"""Reads about the papers of internships: what stands in them, who signs them, what was asked and answered."""

from django.db.models import QuerySet
from django.template.defaultfilters import floatformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.queries import live_representations
from foundation.documents.enums import SignatureState
from foundation.documents.models import SignatureRequest, Signer
from internships.kinds import kinds_under, way_of
from internships.models import Agreement, HostSigner, Internship, PaperTemplate, TrainingProject
from migwork.templatetags.ui import euro

AGREEMENT, PROJECT, TUTOR_TASK = "agreement", "training-project", "tutor-task"


def project_of(internship) -> TrainingProject | None:
    """Its training project with all that its pages name, None before anybody began it. Free where whole() read it."""
    if "project" in internship._state.fields_cache:
        return internship._state.fields_cache["project"]
    rows = TrainingProject.objects.select_related(
        "signer", "agreement__document", "agreement__signer", "document", "scan", "promoter_signer"
    )
    project = rows.filter(internship=internship).first()
    if project is not None:
        project.internship = internship
    return project


def whole_projects() -> QuerySet[TrainingProject]:
    """Training projects with all that their words name."""
    return TrainingProject.objects.select_related(
        *("internship__participation__person", "internship__unit__host", "internship__host_tutor"),
        *("internship__promoter", "internship__promoter_tutor", "signer", "agreement__document", "promoter_signer"),
    )


def current_template(code: str) -> PaperTemplate | None:
    """The published version that new papers take."""
    return PaperTemplate.objects.published().filter(code=code).order_by("-version").first()


def signers_of(host) -> QuerySet[HostSigner]:
    """Who signs for this host now."""
    return HostSigner.objects.filter(host=host, ended_at=None)


def agreement_for(internship) -> Agreement | None:
    """The signed framework agreement under which it begins; None also where its kind takes none."""
    scope = way_of(internship).agreement
    if scope is None:
        return None
    rows = Agreement.objects.covering(internship.promoter_id, internship.unit.host_id, scope, internship.starts_on)
    return rows.select_related("signer", "document").first()


def agreements_of(user) -> QuerySet[Agreement]:
    return Agreement.objects.visible_to(user).select_related("promoter", "host", "signer", "document", "scan")


def internships_under(agreement) -> QuerySet[Internship]:
    """The promoter's internships at this host, of the kinds that it is for, that begin while the agreement holds."""
    return (
        Internship.objects.filter(
            promoter=agreement.promoter_id,
            unit__host=agreement.host_id,
            kind__in=kinds_under(agreement.scope),
            starts_on__gte=agreement.valid_from,
            starts_on__lte=agreement.valid_to,
        )
        .select_related("participation__person", "unit")
        .order_by("-starts_on", "pk")
    )


def owner_of(request: SignatureRequest) -> TrainingProject | Agreement | None:
    """For the sake of what a signature was asked, where that is a paper of this room."""
    if request.on_type == TrainingProject._meta.label_lower:
        return whole_projects().filter(pk=request.on_id).first()
    if request.on_type == Agreement._meta.label_lower:
        return Agreement.objects.select_related("promoter", "host", "signer").filter(pk=request.on_id).first()
    return None


def latest_requests(row) -> dict[str, SignatureRequest]:
    """By kind of paper, the last request for signatures on it, with its `signers_read`. One query."""
    signers = Signer.objects.filter(request__on_type=row._meta.label_lower, request__on_id=str(row.pk))
    found: dict[str, SignatureRequest] = {}
    for signer in signers.select_related("request__kind", "request__document").order_by("-request__asked_at", "pk"):
        request = found.setdefault(signer.request.kind.code, signer.request)
        if signer.request_id == request.pk:
            signer.request = request
            request.signers_read = [*getattr(request, "signers_read", []), signer]
    return found


def open_request(row) -> SignatureRequest | None:
    """The request that binds and waits for signatures."""
    return SignatureRequest.objects.filter(
        on_type=row._meta.label_lower, on_id=str(row.pk), state=SignatureState.OPEN, kind__binds=True
    ).first()


def representatives_of(person, on) -> list:
    """Who signs for a minor on that day; nobody for who is of age."""
    return [] if person.is_of_age_on(on) else live_representations(person)


# -- the words ---------------------------------------------------------------------------


def _day(day) -> str:
    return date_format(day, "j F Y") if day else ""


def _parties(promoter, host, promoter_signer, signer) -> dict[str, str]:
    return {
        "promoter": promoter.name,
        "promoter_signer": promoter_signer.name if promoter_signer else "",
        "host": host.name,
        "host_vat": host.vat_number,
        "host_sector": host.sector,
        "host_signer": signer.name if signer else "",
        "host_signer_position": signer.position if signer else "",
    }


def words_of_agreement(agreement) -> dict[str, str]:
    """Each fact that the template of an agreement may name, as it stands today."""
    units = agreement.host.units.order_by("pk")
    return {
        **_parties(agreement.promoter, agreement.host, agreement.promoter_signer, agreement.signer),
        "valid_from": _day(agreement.valid_from),
        "valid_to": _day(agreement.valid_to),
        "units": "; ".join(f"{unit.address}, {unit.municipality}" for unit in units),
    }


def words_of_project(project, representations) -> dict[str, str]:
    """Each fact that the template of a training project may name, as it stands today."""
    internship = project.internship
    person, unit = internship.participation.person, internship.unit
    return {
        **_parties(internship.promoter, unit.host, project.promoter_signer, project.signer),
        "intern": person.full_name,
        "intern_born": _day(person.birth_date),
        "intern_fiscal_code": person.fiscal_code,
        "representatives": ", ".join(
            f"{row.representative.full_name} ({row.get_kind_display()})" for row in representations
        ),
        "agreement": words_for_agreement_of(project),
        "unit": f"{unit.address}, {unit.municipality}",
        "host_tutor": internship.host_tutor.name,
        "promoter_tutor": internship.promoter_tutor.name,
        "school": internship.school,
        "school_tutor": internship.school_tutor,
        "title": internship.title,
        "starts_on": _day(internship.starts_on),
        "ends_on": _day(internship.ends_on),
        "weekly_hours": floatformat(internship.weekly_hours, "-1g"),
        "timetable": project.timetable,
        "objectives": project.objectives,
        "competences": project.competences,
        "activities": project.activities,
        "allowance": euro(project.allowance) if project.allowance else _("none"),
        "meals": project.get_meals_display() if project.meals else "",
        "insurance_accident": project.insurance_accident,
        "insurance_liability": project.insurance_liability,
        "safety": project.safety,
        "wishes": project.wishes,
        "needs": project.needs,
    }


def words_for_agreement_of(project) -> str:
    """“12/2026, 1 September 2026”: the framework agreement as a training project names it."""
    agreement = project.agreement
    if agreement is None:
        return ""
    number = agreement.document.protocol_number if agreement.document else _("kept as a scan")
    return f"{number}, {_day(agreement.signed_on)}"


def conditions_of_project(project, representations) -> dict[str, bool]:
    return {
        "minor": bool(representations),
        "allowance": bool(project.allowance),
        "meals": project.meals not in ("", "none"),
        "wishes": bool(project.wishes),
        "needs": bool(project.needs),
    }


# -- for who signs -----------------------------------------------------------------------


def shown_for_signing(request: SignatureRequest) -> dict | None:
    """The occasion of a signature that this room asked for, as its page shows it: no surname, no address."""
    paper = owner_of(request)
    if paper is None:
        return None
    if isinstance(paper, Agreement):
        title = _("Internship agreement between %(promoter)s and %(host)s") % {
            "promoter": paper.promoter.short_name,
            "host": paper.host.name,
        }
        context = {"agreement": paper}
        return {"title": title, "template": "internships/_agreement_words.html", "context": context, "signs": True}
    internship = paper.internship
    said = {"called": internship.participation.person.short_name, "host": internship.unit.host.name}
    title = (
        _("Internship of %(called)s at %(host)s: your task as tutor")
        if request.kind.code == TUTOR_TASK
        else _("Training project of %(called)s at %(host)s")
    )
    return {
        "title": title % said,
        "template": "internships/_project_words.html",
        "context": {"project": paper, "internship": internship, **said},
        "signs": True,
    }
