"""In German the law is called DSGVO: no page, no translation and no template says otherwise."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po
from django.test import Client

from golddraht.plumbing import clock
from tests.cast import Company, a_conversation
from tests.house.test_reach_across import WORKSPACE, Known, addresses, ours, theirs

__all__ = ["ours", "theirs"]
ROOT = Path(__file__).parents[2] / "golddraht"
IN_ENGLISH = re.compile(r"\bGDPR\b")
SPOKEN = re.compile(r"{% (?:translate|blocktranslate|trans)\b.*?%}(?:.*?{% endblocktranslate %})?|{#.*?#}", re.DOTALL)


def test_no_german_translation_says_gdpr() -> None:
    with (ROOT / "locale/de/LC_MESSAGES/django.po").open("rb") as file:
        said = [message.string for message in read_po(file, locale="de")]
    texts = [one for each in said for one in (each if isinstance(each, tuple | list) else [each])]
    assert [one for one in texts if IN_ENGLISH.search(one or "")] == []


def test_no_template_says_gdpr_outside_of_what_is_translated() -> None:
    found = [
        path.name
        for path in ROOT.rglob("templates/**/*.html")
        if IN_ENGLISH.search(SPOKEN.sub("", path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_no_page_of_the_workspace_says_gdpr_to_a_german_reader(ours: Known, company: Company) -> None:
    with company.seen():
        a_conversation(text="Meine Rechnung stimmt nicht.", at=clock.now())
    client = Client()
    client.force_login(company.ada.user)
    said = {
        address.name: client.get(address.filled(ours, slug="heizwerk"))
        for address in addresses(WORKSPACE)
        if not address.name.startswith(("catcher", "live", "palette_places"))  # Words that somebody may type, unseen.
    }
    pages = {name: answer for name, answer in said.items() if not answer.streaming and answer.status_code == 200}
    assert len(pages) > 60 and "privacy_requests" in pages
    assert [name for name, answer in pages.items() if IN_ENGLISH.search(answer.content.decode(errors="replace"))] == []
