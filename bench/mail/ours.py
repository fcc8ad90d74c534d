"""Golddraht takes the mails: one by one as listener and worker do, or from a file as `golddraht mail import` does."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bench.mail.corpus import BEGINS, EVERY
from bench.mail.measuring import Clock, Result, filled_in, read_mails, taken_one_by_one

ADDRESS = b"service@werkbank.example"


class House:
    """One tenant with a team and a mailbox; every mail comes some seconds after the one before."""

    def __init__(self) -> None:
        from bench.arrival import found_company
        from golddraht.plumbing.models import Tenant

        _, self.tenant_id = found_company(25)
        self.tenant = Tenant.objects.get(pk=self.tenant_id)
        self.at = BEGINS

    def take(self, mail: bytes) -> Any:
        """Kept in a transaction of its own, as the listener does, then understood in a second one, by what the reader calls."""
        from golddraht.channels.jobs import read_some
        from golddraht.channels.operations import keep_raw
        from golddraht.channels.rules import Source
        from golddraht.plumbing.tenancy import seeing

        self.at += EVERY
        with seeing(self.tenant_id):
            raw = keep_raw(
                mailbox_id=self.mailbox_id,
                source=Source.SMTP,
                content=mail,
                at=self.at,
                envelope_from="",
                envelope_to=(ADDRESS.decode(),),
            )
        assert read_some(tenant_id=self.tenant_id, at=self.at) == 1, "The mail could not be read."
        return raw.pk

    @property
    def mailbox_id(self) -> int:
        if not hasattr(self, "_mailbox_id"):
            from golddraht.channels.models import Mailbox
            from golddraht.plumbing.tenancy import seeing

            with seeing(self.tenant_id):
                self._mailbox_id = Mailbox.objects.values_list("pk", flat=True).get()
        return int(self._mailbox_id)

    def message(self, raw_mail_id: int) -> Any:
        """What a mail became."""
        from golddraht.channels.models import RawMail
        from golddraht.plumbing.tenancy import seeing

        with seeing(self.tenant_id):
            found = RawMail.objects.select_related("message").get(pk=raw_mail_id).message
        assert found is not None, "The mail could not be read."
        return found

    def token(self, message: Any) -> bytes:
        """The address that answers to this concern go to."""
        from golddraht.channels.operations.addressing import token_for
        from golddraht.channels.rules import Thread, with_token
        from golddraht.plumbing.tenancy import seeing

        with seeing(self.tenant_id):
            return with_token(ADDRESS.decode(), token_for(Thread.CONVERSATION, message.conversation_id)).encode()

    def imported(self) -> list[Any]:
        """The messages so far, in the order of the file."""
        from golddraht.conversations.models import Message
        from golddraht.plumbing.tenancy import seeing

        with seeing(self.tenant_id):
            return list(Message.objects.filter(direction="IN").order_by("written_at"))

    def counts(self) -> tuple[int, int, int]:
        """Messages that came in, conversations, open promises of a first answer."""
        from golddraht.channels.models import MailRecord
        from golddraht.conversations.models import Conversation
        from golddraht.plumbing.tenancy import seeing
        from golddraht.promises.models import Promise

        with seeing(self.tenant_id):
            came = MailRecord.objects.filter(message__direction="IN").count()
            concerns = Conversation.objects.exclude(status="MERGED").count()
            return came, concerns, Promise.objects.filter(kind="FIRST_ANSWER").count()


def prepare() -> None:
    """The tables, in the database that the bench has started."""
    from golddraht.house import whereabouts

    whereabouts.open_django()
    from golddraht.house.running.preparing import migrate_when_needed

    migrate_when_needed(backup=False)


def one_by_one(asked: dict[str, Any]) -> Result:
    house, folder, result = House(), Path(asked["folder"]), Result("Golddraht, one by one")
    messages = [house.message(house.take(mail)) for mail in read_mails(folder / "earlier.mails")]
    tokens = [(house.token(message), b"") for message in messages]
    mails = [filled_in(mail, tokens, ADDRESS) for mail in read_mails(folder / "mails.mails")]
    before = house.counts()
    if asked["profile"]:
        from bench.mail.profiling import told

        result.said += told(house.take, mails)
        return result
    taken_one_by_one(mails, house.take, result, asked["postmaster"])
    return _counted(house, result, before)


def imported(asked: dict[str, Any]) -> Result:
    house, folder, result = House(), Path(asked["folder"]), Result("Golddraht, imported")
    from golddraht.channels.operations.importing import import_mails

    earlier, mails = read_mails(folder / "earlier.mails"), read_mails(folder / "mails.mails")
    file, at = folder / "mails.mbox", BEGINS + EVERY * (len(earlier) + len(mails))
    _write_mbox(folder / "earlier.mbox", earlier)
    import_mails(tenant=house.tenant, paths=[str(folder / "earlier.mbox")], at=at)
    tokens = [(house.token(message), b"") for message in house.imported()]
    _write_mbox(file, [filled_in(mail, tokens, ADDRESS) for mail in mails])
    before = house.counts()
    with Clock(result, asked["postmaster"]):
        report = import_mails(tenant=house.tenant, paths=[str(file)], at=at)
    result.mails, result.failed = report.seen, len(report.failed)
    result.said += [f"{path} {place}: {why}" for path, place, why in report.failed[:3]]
    return _counted(house, result, before)


def _write_mbox(file: Path, mails: list[bytes]) -> None:
    with file.open("wb") as mbox:
        for mail in mails:
            escaped = mail.replace(b"\nFrom ", b"\n>From ")
            mbox.write(b"From kundin@post.example Mon Nov 16 08:00:00 2026\n" + escaped + b"\n\n")


def _counted(house: House, result: Result, before: tuple[int, int, int]) -> Result:
    came, result.conversations, promises = house.counts()
    result.stored = came - before[0]
    result.said.append(f"{promises - before[2]} promises of a first answer")
    return result


def main(asked: dict[str, Any]) -> None:
    prepare()
    (one_by_one if asked["way"] == "one by one" else imported)(asked).write(Path(asked["result"]))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
