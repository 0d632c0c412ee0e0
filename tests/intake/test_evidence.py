"""Files beside a step: brought, read and taken away by whom."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.files.models import StoredFile
from foundation.privacy.hooks import anonymise
from intake import actions
from intake.models import StepEvidence
from migwork.errors import NotNow

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def picture(name="Iscrizione.png", content=PNG):
    return SimpleUploadedFile(name, content, content_type="image/png")


@pytest.fixture
def page(action):
    return reverse("intake:step-evidence", args=[action.pk])


def test_a_file_as_evidence(as_user, agreed, page, operator, young_person):
    """Brought by the young person, counted beside the step, read by both, taken away by who added it: for good."""
    phone, desk = as_user(young_person.user), as_user(operator)
    assert page in phone.get(reverse("intake:my-plan")).content.decode()
    phone.post(page, {"file": picture()})
    evidence = StepEvidence.objects.get()
    assert "1 file" in phone.get(reverse("intake:my-plan")).content.decode()
    file = reverse("intake:evidence-file", args=[evidence.pk])
    assert "Iscrizione.png" in desk.get(page).content.decode()
    for reader in (phone, desk):
        answer = reader.get(file)
        assert b"".join(answer.streaming_content) == PNG
        assert answer["Content-Disposition"].startswith("attachment")
    away = reverse("intake:evidence-remove", args=[evidence.pk])
    assert desk.post(away).status_code == 403
    stored = evidence.file
    phone.post(away)
    assert not StepEvidence.objects.exists()
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    assert phone.get(file).status_code == 404


def test_what_is_no_picture_is_refused_and_says_what_is_taken(as_user, agreed, page, young_person):
    answer = as_user(young_person.user).post(page, {"file": picture(content=b"#!/bin/sh")})
    assert answer.status_code == 200
    assert "PDF, JPG, PNG" in answer.content.decode()
    assert not StepEvidence.objects.exists()


def test_nobody_else_reads_it(
    as_user, agreed, action, other_young_person, partner_staff, coordinator, young_person, now
):
    evidence = actions.add_evidence(action=action, upload=picture(), by=young_person.user, now=now)
    file = reverse("intake:evidence-file", args=[evidence.pk])
    for user in (other_young_person.user, partner_staff, coordinator):
        assert as_user(user).get(file).status_code == 404
        with pytest.raises(PermissionDenied):
            actions.add_evidence(action=action, upload=picture(), by=user, now=now)


def test_ten_files_are_enough(agreed, action, young_person, now):
    for n in range(10):
        actions.add_evidence(action=action, upload=picture(f"{n}.png"), by=young_person.user, now=now)
    with pytest.raises(NotNow):
        actions.add_evidence(action=action, upload=picture(), by=young_person.user, now=now)


def test_the_file_goes_with_the_persons_name(agreed, action, young_person, now):
    evidence = actions.add_evidence(action=action, upload=picture(), by=young_person.user, now=now)
    anonymise.call(about=young_person.pk, by=None, now=now)
    evidence.refresh_from_db()
    assert evidence.file is None
    assert not StoredFile.objects.filter(about=young_person.pk).exists()
