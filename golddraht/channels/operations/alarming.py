"""Alarms that mail raises, and the ways on which an alarm can leave the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from golddraht.channels.mail.mail import Address
from golddraht.channels.mail.writing import Letter, new_message_id, write
from golddraht.channels.models import Mailbox
from golddraht.channels.operations.addressing import loop_key
from golddraht.channels.operations.composing import Dispatch, Server, server_of
from golddraht.channels.operations.sealing import seal_keys
from golddraht.channels.queries import mailboxes
from golddraht.plumbing.links import absolute
from golddraht.plumbing.models import Tenant
from golddraht.team.models import Alarm
from golddraht.team.operations import raise_alarm
from golddraht.team.queries import admins, current_tenant

BRAKE = "brake"


@dataclass(frozen=True)
class Way:
    """One way out of the house, and whose address it writes from."""

    server: Server
    sender: str


@transaction.atomic
def alarm_about_brake(*, at: datetime) -> None:
    """So many automatic mails within an hour that something must be wrong; somebody must look."""
    tenant = current_tenant()
    with translation.override(tenant.language):
        words = _(
            "More than %(count)d automatic mails within one hour. The rest stays unsent until the next hour:"
            " look whether two machines are answering each other."
        ) % {"count": tenant.automatic_per_hour}
        raise_alarm(kind=BRAKE, subject=tenant.slug, words=words, at=at)


def ways_for(alarm: Alarm) -> list[Way]:
    """Ways on which the alarm can be told, best first; the mailbox that it is about comes last, and only if it can send.

    The operator's own server comes first, then the tenant's other mailboxes. A demo has its catcher alone:
    everybody knows its passwords, and could have the operator's server write to anybody.
    """
    tenant = current_tenant()
    if tenant.is_demo:
        return _catcher_way(tenant)
    ways = [_own_way()] if settings.ALARM_SMTP_URL else []
    able = [row for row in mailboxes() if row.smtp_host and row.sending_failing_since is None]
    # Fetching and sending are two servers: where there is one mailbox alone, its own may still get through.
    able.sort(key=lambda row: row.address == alarm.subject)
    return ways + [Way(server_of(row, tenant), row.address) for row in able]


def _own_way() -> Way:
    url = urlsplit(settings.ALARM_SMTP_URL)
    security = {"smtps": "TLS", "smtp+starttls": "STARTTLS"}.get(url.scheme, "NONE")
    port = url.port or (465 if security == "TLS" else 587)
    user, password = unquote(url.username or ""), unquote(url.password or "")
    server = Server(url.hostname or "", port, security, user, password, is_operators=True)
    return Way(server, settings.ALARM_FROM)


def _catcher_way(tenant: Tenant) -> list[Way]:
    rows: list[Mailbox] = mailboxes()
    return [Way(server_of(row, tenant), row.address) for row in rows[:1]]


def dispatches_of(alarm: Alarm, way: Way, *, at: datetime) -> list[Dispatch]:
    """The alarm as one mail for each admin."""
    tenant, keys = current_tenant(), seal_keys(way.sender)
    return [
        Dispatch(way.server, way.sender, member.user.email, _letter(alarm, tenant, way, member.user.email, at), keys)
        for member in admins()
    ]


def _letter(alarm: Alarm, tenant: Tenant, way: Way, recipient: str, at: datetime) -> bytes:
    subject = _("Alarm at %(company)s: %(subject)s") % {"company": tenant.name, "subject": alarm.subject}
    closing = _("You see it in Golddraht, too: %(address)s") % {"address": absolute("/")}
    return write(
        Letter(
            sender=Address("Golddraht", way.sender),
            to=(Address(None, recipient),),
            subject=subject,
            text=f"{alarm.words}\n\n{closing}\n",
            message_id=new_message_id(way.sender.rpartition("@")[2]),
            date=at,
            automatic=True,
            loop_key=loop_key(),
            language=tenant.language,
        )
    )
