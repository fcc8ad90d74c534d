"""Locking away what the law wants kept: sealed with a key outside database and backup, invisible to everything else."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage

from golddraht.channels.models import RawMail
from golddraht.consent.models import ConsentAct
from golddraht.conversations.models import Attachment, Goodwill, Message
from golddraht.plumbing.secrets import sealed_bytes
from golddraht.privacy.models import Erasure, Locked
from golddraht.privacy.queries.keeping import Duty

PURPOSE = "privacy.locked"


def lock_away(duty: Duty, *, erasure: Erasure | None, marks: list[str], at: datetime) -> None:
    """A sealed copy of what the duty names, with its files and, of a mail, its bytes as they came."""
    told = {"message": _message, "goodwill": _goodwill, "consent": _consent}[duty.kind](duty)
    content = json.dumps(told | {"law": duty.law, "number": duty.number}, ensure_ascii=False).encode()
    Locked.objects.create(
        erasure=erasure,
        kind=duty.kind,
        keeping=duty.keeping,
        law=duty.law,
        happened_on=duty.happened_on,
        over_on=duty.over_on,
        number=duty.number or None,
        size=len(content),
        marks=marks,
        content=sealed_bytes(content, purpose=PURPOSE),
        locked_at=at,
    )


def _message(duty: Duty) -> dict[str, Any]:
    message = Message.objects.select_related("conversation__customer").get(pk=duty.id)
    raw = RawMail.objects.filter(message=message).order_by("pk").first()
    return {
        "customer": message.conversation.customer.name,
        "concern": message.conversation.subject,
        "direction": message.direction,
        "channel": message.channel,
        "at": message.received_at.isoformat(),
        "author": message.author_name,
        "recipients": message.recipients,
        "subject": message.subject,
        "text": message.text,
        "quoted": message.quoted_text,
        "html": "" if raw else message.html,
        "raw": base64.b64encode(bytes(raw.content)).decode() if raw else "",
        "files": [] if raw else [_file(file) for file in Attachment.objects.filter(message=message).order_by("pk")],
    }


def _file(file: Attachment) -> dict[str, str]:
    with default_storage.open(str(file.file.name)) as stored:
        content = stored.read()
    return {"name": file.name, "type": file.content_type, "content": base64.b64encode(content).decode()}


def _consent(duty: Duty) -> dict[str, Any]:
    act = ConsentAct.objects.select_related("customer", "text").get(pk=duty.id)
    return {
        "customer": act.customer.name,
        "at": act.at.isoformat(),
        "kind": act.kind,
        "way": act.way,
        "purpose": act.purpose,
        "proof": act.proof,
        "consent": act.text.words if act.text else "",
        "text": act.words,
        "recipients": [act.address] if act.address else [],
        "network": act.network or "",
        "uses": [use.at.isoformat() for use in act.uses.order_by("pk")],
    }


def _goodwill(duty: Duty) -> dict[str, Any]:
    goodwill = Goodwill.objects.select_related("conversation__customer").get(pk=duty.id)
    return {
        "customer": goodwill.conversation.customer.name,
        "concern": goodwill.conversation.subject,
        "at": goodwill.at.isoformat(),
        "kind": goodwill.kind,
        "cents": goodwill.cents,
        "text": goodwill.reason,
    }
