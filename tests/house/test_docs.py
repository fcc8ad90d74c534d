"""What docs/reference says is what the code does, and every link in the docs leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house import reference

REPOSITORY = reference.REPOSITORY
DOCS = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", reference.PAGES)
def test_the_reference_is_as_the_code_is(name: str) -> None:
    committed = (reference.REFERENCE / name).read_text()
    assert committed == reference.PAGES[name](), f"docs/reference/{name} is old: make docs"


def test_every_setting_is_explained() -> None:
    settings = reference.settings_read(reference.SETTINGS.read_text())
    assert len(settings) > 25
    assert [each.name for each in settings if not each.words.endswith(".")] == []


def test_every_heading_of_the_settings_has_its_place() -> None:
    known = {each.name for each in reference.settings_read(reference.SETTINGS.read_text())}
    assert set(reference.HEADINGS) <= known


def test_no_variable_that_the_docs_name_is_unknown() -> None:
    known = set(re.findall(r"GOLDDRAHT_[A-Z_]+", (reference.REFERENCE / "settings.md").read_text()))
    developing = {"GOLDDRAHT_TEST_POSTGRES"}
    for path in DOCS:
        named = {name.removesuffix("_FILE") for name in re.findall(r"GOLDDRAHT_[A-Z_]+[A-Z]", path.read_text())}
        assert named - known - developing == set(), path


def test_every_metric_of_the_program_is_explained() -> None:
    from golddraht.house.serving import figures

    source = Path(figures.__file__).read_text()
    page = (reference.REFERENCE / "metrics.md").read_text()
    assert [name for name in re.findall(r'"(golddraht_[a-z_]+)"', source) if name not in page] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_every_link_leads_somewhere(path: Path) -> None:
    assert [str(place) for place in _linked(path) if not place.exists()] == []


def test_every_page_is_found_from_the_readme() -> None:
    found, unread = set[Path](), [REPOSITORY / "README.md"]
    while unread:
        page = unread.pop().resolve()
        if page.suffix == ".md" and page not in found:
            found.add(page)
            unread += _linked(page)
    assert [str(path.relative_to(REPOSITORY)) for path in DOCS if path.resolve() not in found] == []


def _linked(path: Path) -> list[Path]:
    """Where the links of a page lead, the ones to other houses left out."""
    return [path.parent / link for link in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", path.read_text())]
