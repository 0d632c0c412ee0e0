"""QR codes as pictures to be put into a page or a paper."""

import base64
import io


def qr_code(address: str) -> str:
    """A QR code of this address, as the `src` of an image."""
    # A library that few pages need.
    from qrcode import QRCode
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.image.svg import SvgPathImage

    # Trying all eight masks would find the most even one, at eight times the cost; readers take any.
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4, mask_pattern=3)
    code.add_data(address)
    out = io.BytesIO()
    code.make_image(image_factory=SvgPathImage).save(out)
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()
