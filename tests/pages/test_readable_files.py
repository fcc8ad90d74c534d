"""Text, tables and attached mails are looked at beside the words they came with; nothing in them does anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from golddraht.conversations.models import Attachment
from golddraht.conversations.operations import Enclosure
from golddraht.ground.numbers import spoken
from golddraht.pages.conversation.readable import LARGEST, ROWS, Readable, looked_at, readable_as
from golddraht.plumbing import clock
from tests.cast import Company, a_company, a_message

Page = Callable[[Any], str]
MAIL = (
    b"From: Petra Post <petra@post.example>\r\nTo: service@heizwerk.example\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nDer <b>Ofen</b> steht.\r\n"
)


@pytest.mark.parametrize(
    ("name", "content_type", "content", "shown"),
    [
        ("notiz.txt", "text/plain", "Grüße <script>alert(1)</script>".encode(), "Grüße &lt;script&gt;"),
        ("alt.txt", "text/plain", "Grüße".encode("cp1252"), "Grüße"),
        ("liste.csv", "text/csv", b"Teil;Anzahl\r\nSieb;2\r\n", "<td>Sieb</td><td>2</td>"),
        ("liste.csv", "application/vnd.ms-excel", b"Teil,Anzahl\nSieb,2\n", "<td>Sieb</td><td>2</td>"),
        ("mail.eml", "message/rfc822", MAIL, "Der &lt;b&gt;Ofen&lt;/b&gt; steht."),
        ("mail.eml", "application/octet-stream", MAIL, "<dd>Grüße</dd>"),
    ],
)
def test_a_file_of_words_is_looked_at_where_it_lies(
    company: Company, nina: Client, signed_in: Any, page: Page, name: str, content_type: str, content: bytes, shown: str
) -> None:
    concern = a_message(at=clock.now(), enclosures=(Enclosure(name, content_type, content, "0" * 64),)).conversation
    url = f"/t/heizwerk/attachments/{Attachment.objects.get().pk}/pages/"

    assert f'src="{url}"' in page(nina.get(f"/t/heizwerk/conversations/{spoken(concern.number)}/"))
    response = nina.get(url)
    assert shown in page(response) and "<script" not in page(response)
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    stranger = a_company("moebelhaus", "Möbelhaus").nina
    assert signed_in(stranger).get(url.replace("heizwerk", "moebelhaus")).status_code == 404


@pytest.mark.parametrize(
    ("content_type", "name"),
    [("text/html", "a.html"), ("image/svg+xml", "a.svg"), ("application/zip", "a.txt"), ("application/pdf", "a.csv")],
)
def test_what_is_no_words_is_not_taken_for_them(content_type: str, name: str) -> None:
    assert readable_as(content_type, name) is None


def test_a_long_file_says_that_it_goes_on() -> None:
    assert looked_at(b"a" * (LARGEST + 1), Readable.TEXT).is_cut
    table = looked_at(b"a;b\n" * (ROWS + 1), Readable.TABLE)
    assert table.is_cut and len(table.rows) == ROWS
    assert not looked_at(b"a;b\n" * ROWS, Readable.TABLE).is_cut


@settings(deadline=None)  # The first mail that is read loads what reading needs.
@given(st.binary(max_size=400), st.sampled_from(Readable))
def test_whatever_the_bytes_looking_never_fails(content: bytes, kind: Readable) -> None:
    looked_at(content, kind)
