"""What the world holds of agreements and training projects: one of everything that has an address."""

from foundation.documents.models import PaperKind
from internships.links import HOST_PART
from internships.models import PaperTemplate
from tests import factories


def make(*, internship, partner_staff) -> dict:
    """A project that waits for the promoter's signature; agreements as a draft, being signed and as a scan."""
    person, host = internship.participation.person, internship.unit.host
    signer = factories.HostSignerFactory(host=host)
    project = factories.TrainingProjectFactory(
        internship=internship,
        signer=signer,
        created_by=partner_staff,
        scan=factories.StoredFileFactory(about=person.pk),
    )
    for code in ("agreement", "training-project"):
        PaperTemplate.objects.get_or_create(
            code=code,
            version=1,
            defaults={"body": "{intern}", "changed_at": internship.created_at, "published_at": internship.created_at},
        )
    kind, _made = PaperKind.objects.get_or_create(
        code="training-project", defaults={"title": "Progetto formativo", "least_assurance": 20, "binds": True}
    )
    asked = factories.SignatureRequestFactory(
        kind=kind, about=person.pk, on_type="internships.trainingproject", on_id=str(project.pk)
    )
    agreement = factories.AgreementFactory(
        promoter=internship.promoter,
        host=host,
        signer=signer,
        created_by=partner_staff,
        scan=factories.StoredFileFactory(about=None),
    )
    return {
        "host_signer": signer,
        "training_project": project,
        "host_token": HOST_PART.token(project.host_key),
        "paper_request": asked,
        "own_signer": factories.SignerFactory(request=asked, role="promoter", user=partner_staff),
        "school_signer": factories.SignerFactory(request=asked, role="school", party=internship.pk),
        "young_signer": factories.SignerFactory(request=asked, role="person", user=person.user),
        "framework": agreement,
    }
