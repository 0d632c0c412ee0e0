"""What is told about papers: whose turn it is, what waits for a signature, how it ended."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from accounts.queries import reach
from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from foundation.documents.actions import signing
from foundation.documents.enums import LinkChannel, SignatureState, SignerRole, SignerState
from internships.links import host_page
from internships.models import Agreement, TrainingProject
from internships.queries import owner_of
from migwork.links import absolute_url


def host_asked(project, *, now: datetime) -> None:
    """The host's tutor gets the page on which the host writes its part."""
    internship = project.internship
    tutor = internship.host_tutor
    queue(
        key=f"project:{project.pk}:host:{project.host_key}",
        channel=Channel.EMAIL if tutor.email else Channel.SMS,
        to=tutor.email or tutor.phone,
        language=settings.LANGUAGE_CODE,
        template="internships/messages/project_host",
        context={
            "name": tutor.name,
            "promoter": internship.promoter.short_name,
            "called": internship.participation.person.short_name,
            "link": host_page(project),
            "contact": internship.promoter_tutor.name,
        },
        now=now,
        cause=f"internship:{internship.pk}",
    )


def intern_asked(project, *, now: datetime) -> None:
    """It is the young person's turn."""
    _tell_intern(project, "project_mine", f"mine:{project.state_since.isoformat()}", "internships:my-project", now)


def change_asked(project, *, now: datetime) -> None:
    """The host or the young person wants something changed: the promoter's tutor hears of it."""
    _tell_tutor(project, "project_change", f"change:{project.state_since.isoformat()}", now)


def project_answered(project, request, *, now: datetime) -> None:
    """All have signed, or it has to be mended: both the tutor and the young person hear of it once."""
    template = "project_signed" if request.state == SignatureState.SIGNED else "project_not_signed"
    _tell_tutor(project, template, f"answered:{request.pk}", now)
    if request.state == SignatureState.SIGNED:
        _tell_intern(project, "project_all_signed", f"signed:{request.pk}", "internships:internship-detail", now)


def agreement_answered(agreement, request, *, now: datetime) -> None:
    """Who asked hears how it ended."""
    template = "agreement_signed" if request.state == SignatureState.SIGNED else "agreement_not_signed"
    _tell_staff(
        agreement.created_by,
        key=f"agreement:{agreement.pk}:answered:{request.pk}",
        template=template,
        context={"host": agreement.host.name, "link": absolute_url("internships:agreement-detail", agreement.pk)},
        cause=f"agreement:{agreement.pk}",
        now=now,
    )


def colleagues_asked(requests, *, besides, now: datetime) -> None:
    """Who signs with an account of the promoter's hears that something waits; not who asked it."""
    for request in requests:
        for signer in request.signers.exclude(user=None).exclude(role=SignerRole.PERSON).select_related("user"):
            if signer.user_id == besides.pk or signer.state != SignerState.WAITING:
                continue
            _tell_staff(
                signer.user,
                key=f"signing:colleague:{signer.pk}",
                template="paper_colleague",
                context={"link": absolute_url("internships:paper-sign", signer.pk)},
                cause=signing.cause(request.about),
                now=now,
            )


def invite_to_sign(*, signer, link, token, now) -> None:
    """Who signs a paper of an internship gets their link (documents.hooks.link_made)."""
    paper = owner_of(signer.request)
    if paper is None or _is_at_home(signer, paper) or _rests(paper):
        return
    channel = Channel.EMAIL if link.channel == LinkChannel.EMAIL else Channel.SMS
    with override(signer.language):
        until = date_format(timezone.localtime(link.ends_at), "j F Y")
    queue(
        key=f"signing:link:{link.pk}",
        channel=channel,
        to=signer.email if channel == Channel.EMAIL else signer.phone,
        language=signer.language,
        template="internships/messages/paper_to_sign",
        context={
            "name": _called(signer, paper),
            "role": signer.role,
            **_occasion(paper),
            "again": signer.links.count() > 1,
            "until": until,
            "link": absolute_url("documents:sign", token),
            "contact": settings.CONTACT_EMAIL,
        },
        now=now,
        cause=signing.cause(signer.request.about),
    )


def _called(signer, paper) -> str:
    """The young person by the name that they are called; everybody else by the whole one."""
    is_young = signer.role == SignerRole.PERSON and isinstance(paper, TrainingProject)
    return paper.internship.participation.person.called if is_young else signer.name


def _is_at_home(signer, paper) -> bool:
    """Whether a message would go home to somebody for whom that is dangerous, whoever asked for it."""
    at_home = signer.role == SignerRole.REPRESENTATIVE and isinstance(paper, TrainingProject)
    return at_home and paper.internship.participation.person.safe_contact


def _rests(paper) -> bool:
    """Whether it is about somebody who asked that their data not be used: nobody is written to about them."""
    return isinstance(paper, TrainingProject) and paper.internship.participation.person.limited_at is not None


def _occasion(paper: TrainingProject | Agreement) -> dict:
    """What it is about, without a surname."""
    if isinstance(paper, TrainingProject):
        internship = paper.internship
        called = internship.participation.person.short_name
        return {"called": called, "host": internship.unit.host.name, "promoter": internship.promoter.short_name}
    return {"called": "", "host": paper.host.name, "promoter": paper.promoter.short_name}


def _tell_intern(project, template, key, page, now):
    internship = project.internship
    person = internship.participation.person
    if not (way := reach(person)):
        return
    channel, to = way
    queue(
        key=f"project:{project.pk}:{key}",
        channel=channel,
        to=to,
        language=person.language,
        template=f"internships/messages/{template}",
        context={
            "name": person.called,
            "host": internship.unit.host.name,
            "first": internship.starts_on,
            "link": absolute_url(page, internship.pk),
        },
        now=now,
        about=person,
        cause=f"internship:{internship.pk}",
        topic="internships",
    )


def _tell_tutor(project, template, key, now):
    internship = project.internship
    _tell_staff(
        internship.promoter_tutor,
        key=f"project:{project.pk}:{key}",
        template=template,
        context={
            "called": internship.participation.person.short_name,
            "link": absolute_url("internships:internship-detail", internship.pk),
        },
        cause=f"internship:{internship.pk}",
        now=now,
    )


def _tell_staff(user, *, key, template, context, cause, now):
    if not user.email or not user.is_active:
        return
    queue(
        key=key,
        channel=Channel.EMAIL,
        to=user.email,
        language=user.language,
        template=f"internships/messages/{template}",
        context={"name": user.name, **context},
        now=now,
        cause=cause,
    )
