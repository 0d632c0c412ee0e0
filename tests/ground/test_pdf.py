"""The tests' own reader of PDFs sees what it is asked for."""

import pytest

from foundation.documents import pdf
from tests.pdf import beyond_the_edge, text_of

PAGE = """<!DOCTYPE html><html lang="it"><head><title>Prova</title></head>
<body><h1>Più città</h1><p class="{name}">{text}</p></body></html>"""
KEPT = "<style>.whole { white-space: nowrap }</style></head>"


@pytest.mark.parametrize(("name", "found"), [("broken", False), ("whole", True)])
def test_what_leaves_the_paper_is_found(name, found):
    made = pdf.render(PAGE.format(name=name, text="parola " * 60).replace("</head>", KEPT), language="it")
    assert text_of(made).startswith("Più città parola parola")
    assert bool(beyond_the_edge(made)) == found
