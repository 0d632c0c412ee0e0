"""What a person reads on a PDF: its words, and whether the paper holds them."""

import pypdfium2


def text_of(content: bytes) -> str:
    """All that is written, page after page, with one blank between words."""
    with pypdfium2.PdfDocument(content) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def beyond_the_edge(content: bytes) -> str:
    """The signs that stand wholly or partly beside the paper."""
    with pypdfium2.PdfDocument(content) as document:
        return "".join(sign for page in document for sign in _beside(page))


def _beside(page):
    width, height = page.get_size()
    written = page.get_textpage()
    for index in range(written.count_chars()):
        sign = written.get_text_range(index, 1)
        left, bottom, right, top = written.get_charbox(index)
        if sign.strip() and (left < 0 or bottom < 0 or right > width or top > height):
            yield sign
