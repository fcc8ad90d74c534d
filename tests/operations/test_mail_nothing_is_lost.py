"""Whatever arrives, a message comes of it: of any bytes, and of every mail of the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from golddraht.channels.models import RawMail
from golddraht.channels.operations import keep_raw, read_raw
from golddraht.channels.queries import source_of
from golddraht.channels.rules import Source
from tests.cast import MONDAY_MORNING, Company
from tests.mails import a_mail, a_mailbox

CORPUS = sorted((Path(__file__).parent.parent / "mails").glob("**/*.eml"))


def becomes_a_message(company: Company, content: bytes) -> None:
    """It is read at the first try, and its source is there, byte for byte."""
    raw = keep_raw(mailbox_id=None, source=Source.SMTP, content=content, at=MONDAY_MORNING)
    message = read_raw(raw_mail_id=raw.pk, at=MONDAY_MORNING)
    raw.refresh_from_db()
    assert message is not None and raw.attempts == 0
    assert source_of(viewer=company.viewer(company.nina), message_id=message.pk) == content


@given(st.data())
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_bytes_become_a_message(company: Company, data: st.DataObject) -> None:
    mail = a_mail(Reply_To="x@y.example", Cc="Müller, Petra <p@x.example>")
    place = data.draw(st.integers(0, len(mail)))
    content = data.draw(st.sampled_from([b"", mail[:place]])) + data.draw(st.binary(max_size=200)) + mail[place:]

    with transaction.atomic():
        becomes_a_message(company, content)
        transaction.set_rollback(True)


@pytest.mark.parametrize("path", CORPUS[::7], ids=lambda path: path.stem)
def test_a_mail_of_the_corpus_becomes_a_message(company: Company, path: Path) -> None:
    a_mailbox()

    becomes_a_message(company, path.read_bytes())

    assert not RawMail.objects.filter(read_at=None).exists()
