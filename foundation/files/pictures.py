"""Pictures of faces: made anew from what somebody brought, so that nothing but the picture is kept."""

import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Cameras make pictures of fifty million points; more is a trap for the memory of the server.
MOST_POINTS = 60_000_000
SIDE = 320


def portrait(upload, side: int = SIDE) -> bytes:
    """A square JPEG of `side` points from a JPG or PNG that somebody brought (a form's UploadedFile).

    Drawn anew: where and with which telephone it was taken, and whatever else hid in the file, stays behind.
    ValidationError when it is no picture, or too large a one.
    """
    # A library of its own weight, which only whoever changes a portrait pays for.
    from PIL import Image, ImageOps, UnidentifiedImageError

    upload.seek(0)
    try:
        with Image.open(upload, formats=["JPEG", "PNG"]) as picture:
            if picture.width * picture.height > MOST_POINTS:
                raise ValidationError(_("This picture is too large. Choose a smaller one."), code="size")
            # A JPEG can be read at a fraction of its size.
            picture.draft("RGB", (side * 2, side * 2))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise ValidationError(_("This picture cannot be read. Choose another one."), code="broken") from broken
    ground = Image.new("RGBA", upright.size, "white")
    ground.alpha_composite(upright)
    # Faces are more often in the upper part.
    square = ImageOps.fit(ground.convert("RGB"), (side, side), centering=(0.5, 0.35))
    out = io.BytesIO()
    square.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
