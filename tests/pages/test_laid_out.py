"""What browsers fetch: the look in one file, with everything that its pieces say, and compressed twins of whatever is text."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from golddraht import pages
from golddraht.house.serving.compressed import CompressedWords
from golddraht.pages.laid_out import SOURCE, joined

BEHAVIOUR = re.compile(r'data-behaviour"?[=:] ?"([^"{]+)"')
PIECES = re.findall(r'@import url\("([^"]+)"\) layer\((\w+)\)', SOURCE.read_text())


def test_every_piece_stands_in_its_layer_and_in_order() -> None:
    said = joined(SOURCE)
    assert "@import" not in said and "/*" not in said
    assert said.startswith("@layer reset, tokens, base, components, places, utilities;")
    assert re.findall(r"^@layer (\w+) \{", said, re.MULTILINE) == [layer for _, layer in PIECES]
    assert said.count("{") == said.count("}")


def test_no_rule_is_lost_on_the_way() -> None:
    def rules(text: str) -> list[str]:
        return re.sub(r"/\*.*?\*/|\s", "", text, flags=re.DOTALL).split("}")

    pieces = [rule for name, _ in PIECES for rule in rules((SOURCE.parent / name).read_text()) if rule]
    whole = "".join(rules(joined(SOURCE)))
    assert [rule for rule in pieces if rule not in whole] == []


def test_pieces_name_no_files_that_would_be_looked_for_elsewhere() -> None:
    assert [name for name, _ in PIECES if "url(" in (SOURCE.parent / name).read_text()] == []


@pytest.mark.django_db
def test_it_is_served_in_place_of_the_imports_and_compressed_to_whoever_can_read_that() -> None:
    address = f"{settings.STATIC_URL}css/golddraht.css"
    plain = b"".join(Client().get(address))
    assert plain.decode() == joined(SOURCE)
    answer = Client().get(address, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(answer)) == plain
    assert Path(str(finders.find("css/golddraht.css"))).is_relative_to(settings.DATA)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["js/golddraht.js", "django_htmx/htmx-4.min.js", "icons.svg"])
def test_whatever_is_text_is_compressed(name: str) -> None:
    address = f"{settings.STATIC_URL}{name}"
    answer = Client().get(address, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(answer)) == b"".join(Client().get(address))


@pytest.mark.django_db
def test_pages_are_compressed_to_whoever_can_read_that_and_pictures_never() -> None:
    address = reverse("account_login")
    answer = Client().get(address, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert b"<main" in gzip.decompress(answer.content)
    assert "Content-Encoding" not in Client().get(address)

    picture = HttpResponse(b"\x89PNG" + 1000 * b" ", content_type="image/png")
    told = CompressedWords(lambda _: picture)(RequestFactory(headers={"Accept-Encoding": "gzip"}).get("/"))
    assert "Content-Encoding" not in told


def test_every_behaviour_on_a_page_has_its_file() -> None:
    """What is not at hand is fetched by its name."""
    package = Path(pages.__file__).parent
    told = [path.read_text() for path in (*package.rglob("*.html"), *package.rglob("*.py"))]
    named = {name for text in told for found in BEHAVIOUR.findall(text) for name in found.split() if name.isascii()}

    assert named - {path.stem for path in (package / "static" / "js" / "behaviours").glob("*.js")} == set()
    assert len(named) > 30
