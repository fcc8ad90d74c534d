"""What was found of signatures and encryption around a mail, kept beside the message it became."""

from __future__ import annotations

from golddraht.channels.mail.mail import Mail, Seal
from golddraht.channels.models import MessageSeal
from golddraht.ground.text import one_line


def keep_seals(*, message_id: int, mail: Mail) -> None:
    """Write down what was found around the mail; for the same mail a second time the first finding stays."""
    rows = [_row(message_id, position, one, mail) for position, one in enumerate(mail.seals)]
    if rows:
        MessageSeal.objects.bulk_create(rows, ignore_conflicts=True)


def _row(message_id: int, position: int, seal: Seal, mail: Mail) -> MessageSeal:
    return MessageSeal(
        message_id=message_id,
        position=position,
        method=seal.method,
        kind=seal.kind,
        state=seal.state,
        signer=one_line(seal.signer or "", 254),
        fingerprint=(seal.fingerprint or "")[:64],
        is_strangers=_is_strangers(seal, mail),
        certificate=seal.certificate,
    )


def _is_strangers(seal: Seal, mail: Mail) -> bool:
    """Whether somebody else signed than the mail says it is from. A PGP key is looked for among those of the sender alone."""
    if seal.method != "smime" or seal.kind != "signed" or not seal.signer:
        return False
    sender = (mail.from_ and mail.from_.address) or ""
    return "@" in seal.signer and seal.signer != sender.lower()
