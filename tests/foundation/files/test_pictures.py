"""Portraits are drawn anew: what hid in the file stays behind."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from foundation.files import pictures


def photo(size=(1200, 800), kind="JPEG", **options) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return SimpleUploadedFile("io.jpg", out.getvalue())


def test_a_portrait_is_a_small_square_without_what_the_camera_wrote():
    exif = Image.Exif()
    exif[0x010F] = "Telefono di Sara"
    exif.get_ifd(0x8825)[1] = "N"
    brought = photo(exif=exif)
    assert b"Telefono di Sara" in brought.read()
    drawn = pictures.portrait(brought)
    with Image.open(io.BytesIO(drawn)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (pictures.SIDE, pictures.SIDE))
        assert not picture.getexif()
    assert b"Telefono" not in drawn


def test_what_is_seen_through_lies_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(out, "PNG")
    drawn = pictures.portrait(SimpleUploadedFile("io.png", out.getvalue()))
    with Image.open(io.BytesIO(drawn)) as picture:
        assert min(picture.getpixel((100, 100))) > 250


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0" + b"\0" * 40, b"\x89PNG\r\n\x1a\nno picture", b""])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(ValidationError) as refusal:
        pictures.portrait(SimpleUploadedFile("io.jpg", content))
    assert refusal.value.code == "broken"


def test_a_picture_too_large_is_not_even_read(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_POINTS", 100)
    with pytest.raises(ValidationError) as refusal:
        pictures.portrait(photo((20, 20)))
    assert refusal.value.code == "size"
