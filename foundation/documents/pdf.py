"""HTML to tagged PDF. The one place that knows WeasyPrint."""

import mimetypes
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext_lazy as _

# Relative addresses in a document are resolved against this one, which exists nowhere.
BASE = "http://document.invalid/"
# Latin only; the fonts named after it in pdf.css serve Arabic and Cyrillic.
FONTS = {
    "Titillium Web": "build/fonts/titillium-latin-{weight}.woff2",
    "Titillium Web Extended": "build/fonts/titillium-latin-ext-{weight}.woff2",
}


class Unavailable(Exception):
    """PDFs cannot be made on this machine; the text says what to install."""

    def __init__(self):
        super().__init__(
            _(
                "PDFs cannot be made here: the system library Pango is missing. "
                "On Debian or Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0"
            )
        )

    def __str__(self):
        return str(self.args[0])


class Forbidden(ValueError):
    """A document asked for something that is neither data: nor one of the portal's static files."""


@cache
def _weasyprint():
    # Imported here: without Pango the import itself fails, and the portal must start all the same.
    try:
        import weasyprint
    except OSError as error:
        raise Unavailable from error
    return weasyprint


def static_path(name: str) -> Path | None:
    """Where the static file `name` lies: collected, or else in its room. None if there is none."""
    if settings.STATIC_ROOT and Path(collected := staticfiles_storage.path(name)).is_file():
        return Path(collected)
    found = finders.find(name)
    return Path(found) if found else None


@cache
def unpacked(font: Path) -> bytes:
    """A WOFF2 font as WeasyPrint would unpack it anew for each document, which is half the time of a short one."""
    from fontTools.ttLib import woff2

    plain = BytesIO()
    with font.open("rb") as packed:
        woff2.decompress(packed, plain)
    return plain.getvalue()


def _fetcher():
    weasyprint = _weasyprint()
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):
        """Documents hold words that people typed: nothing they name may reach files or networks."""

        def fetch(self, url, headers=None):
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = urlsplit(url).path
            if url.startswith(BASE) and path.startswith(settings.STATIC_URL):
                name = unquote(path.removeprefix(settings.STATIC_URL))
                if file := static_path(name):
                    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
                    content = unpacked(file) if file.suffix == ".woff2" else file.read_bytes()
                    return URLFetcherResponse(url, content, {"Content-Type": kind})
            raise Forbidden(url)

    return weasyprint, OwnFilesOnly(allowed_protocols=["data"])


def _font_faces() -> str:
    """@font-face rules for the fonts that the front-end build has put in place, if it has."""
    return "".join(
        f"@font-face {{ font-family: '{family}'; font-weight: {weight};"
        f" src: url('{settings.STATIC_URL}{name.format(weight=weight)}') }}"
        for family, name in FONTS.items()
        for weight in (400, 600, 700)
        if static_path(name.format(weight=weight))
    )


def render(html: str, *, language: str, archive: bool = False) -> bytes:
    """The PDF of a whole HTML page: PDF/UA-1 for people, PDF/A-3a for the archive; both tagged.

    Unavailable when this machine lacks the library.
    """
    weasyprint, fetcher = _fetcher()
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    page = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=fetcher)
    page.etree_element.set("lang", language)
    faces = weasyprint.CSS(string=_font_faces(), base_url=BASE, url_fetcher=fetcher, font_config=fonts)
    return page.write_pdf(
        stylesheets=[faces],
        font_config=fonts,
        pdf_variant="pdf/a-3a" if archive else "pdf/ua-1",
        pdf_tags=True,
    )
