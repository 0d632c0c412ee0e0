"""What a newcomer reads first leads to what is there."""

import re

import pytest
import yaml
from django.conf import settings

ROOT = settings.BASE_DIR
README = (ROOT / "README.md").read_text()
PEOPLE = ("young_person", "operator", "partner", "coordinator")


PAPERS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/adr/README.md", "docs/look.md"]
PAPERS += [f"docs/privacy/{file.name}" for file in sorted((ROOT / "docs" / "privacy").glob("*.md"))]


@pytest.mark.parametrize("paper", PAPERS)
def test_links_lead_somewhere(paper):
    folder = (ROOT / paper).parent
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / paper).read_text())
    missing = [link for link in links if "://" not in link and not (folder / link).exists()]
    assert not missing


def test_the_readme_leads_somewhere():
    assert "./dev run" in README
    assert "./dev test" in README
    picture = re.search(r"!\[[^\]]+\]\(([^)]+)\)", README)[1]
    assert (ROOT / picture).read_bytes().startswith(b"\x89PNG")
    assert len(README.splitlines()) < 70, "one page"


def test_each_step_has_its_journey():
    for person in PEOPLE:
        file = f"tests/journeys/test_{person}.py"
        assert file in README
        assert re.search(r"^def test_", (ROOT / file).read_text(), re.MULTILINE)


def test_contributing_says_how_to_add_things():
    text = (ROOT / "CONTRIBUTING.md").read_text().lower()
    for thing in ("field", "state", "page"):
        assert re.search(rf"^#+ .*add.*{thing}", text, re.MULTILINE), thing


def test_licence_publiccode_and_changelog_are_there():
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text()
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    assert code["legal"]["license"] == "AGPL-3.0-or-later"
    assert {"it", "en"} <= set(code["description"])
    assert (ROOT / "CHANGELOG.md").read_text().count("\n- ") > 5
