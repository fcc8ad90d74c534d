"""The listener's process: doors, catcher and watches come and go together."""

from __future__ import annotations

import smtplib
import threading
import time
from collections.abc import Callable

import pytest
from django.test import override_settings

from golddraht.channels.carriers import listening
from golddraht.channels.models import Mailbox, RawMail
from tests.cast import Company, a_company
from tests.journeys.dovecot import PASSWORD, USER, running_dovecot
from tests.journeys.smtp_peer import free_port
from tests.mails import CARE, a_mail, a_mailbox


def test_the_listener_takes_mail_and_notices_a_new_mailbox(committed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "LOOK_EVERY", 0.3)
    company, stop = a_company(), threading.Event()
    with company.seen():
        a_mailbox()
    ports = {name: free_port() for name in ("SMTP_PORT", "LMTP_PORT", "CATCHER_PORT")}
    with override_settings(**ports), running_dovecot() as dovecot:
        listener = threading.Thread(target=listening.run, args=[stop])
        listener.start()
        try:
            soon(lambda: _hands_in(ports["SMTP_PORT"]))
            with company.seen():
                Mailbox.objects.update(
                    imap_host="127.0.0.1", imap_port=dovecot.port, imap_security="NONE", imap_user=USER
                )
                mailbox = Mailbox.objects.get()
                mailbox.imap_password = PASSWORD
                mailbox.save()
            dovecot.deliver(a_mail(id_="second@kundin.example"))
            soon(lambda: _sources(company) == {"SMTP", "IMAP"})
        finally:
            stop.set()
            listener.join(20)
    assert not listener.is_alive()


def _hands_in(port: int) -> bool:
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
            client.sendmail("valentina@kundin.example", [CARE], a_mail())
    except ConnectionRefusedError:
        return False
    return True


def _sources(company: Company) -> set[str]:
    with company.seen():
        return set(RawMail.objects.values_list("source", flat=True))


def soon(fact: Callable[[], object], *, within: float = 20.0) -> None:
    until = time.monotonic() + within
    while not fact():
        assert time.monotonic() < until, "It did not happen in time."
        time.sleep(0.2)
