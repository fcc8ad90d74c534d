"""The look in one file: everything that the pieces say, in the layers that they name."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from golddraht.pages.joined_styles import SOURCE, joined

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
