"""What must be true afterwards, looked up in the program's own rows and in the log of the server at the other end."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bench.arrival import Report
from bench.chaos.killing import Kill
from bench.chaos.peer import HandOver, Peer
from bench.chaos.writing import Colleagues, Customers

OVERDUE = timedelta(seconds=60)
LATER = timedelta(minutes=16)
"""Behind the quarter of an hour after which what a dead process left is given up as unknown, or tried again."""

MUCH_LATER = timedelta(hours=30)
NOTED_WITHIN = 5.0
"""Seconds between the other server's answer and our having written it down, which waits for a database that is just coming
back: a kill then leaves doubt as well."""

NEAR = 15.0
ON_THE_WAY = ("SENDING", "HANDING_OVER")
AT_WORK = timedelta(seconds=12)
"""Whoever has not come further for so long here was killed: the other server answers within half a second."""

SENDERS = ("deliverer", "database")


@dataclass
class Sent:
    """One delivery as the program knows it, with all that the other server knows of it."""

    state: str
    mark: str
    there: list[HandOver]

    @property
    def times_taken(self) -> int:
        return sum(one.is_taken for one in self.there)


@dataclass
class Findings:
    """Everything that was counted."""

    tenant_id: int
    peer: Peer
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def look_at_mails(self, customers: Customers) -> None:
        """Each accepted mail became one message; none is unread, none was given up; answers joined what they answer."""
        from golddraht.channels.models import MailRecord, RawMail

        rows = list(MailRecord.objects.values_list("mail_id", "message__conversation_id", "message__direction"))
        places = {mail_id: self._last(place) for mail_id, place, _ in rows}
        counted = Counter(mail_id for mail_id, _, direction in rows if direction == "IN")
        self._note("missing", (one for one in customers.accepted if not counted[one]))
        self._note("twice", (one for one, count in counted.items() if count > 1))
        self._note("unread", (str(pk) for pk in RawMail.objects.filter(read_at=None).values_list("pk", flat=True)))
        given_up = RawMail.objects.exclude(read_at=None).exclude(problem="")
        self._note("given up", (f"{pk}: {why}" for pk, why in given_up.values_list("pk", "problem")))
        answers = ((one, ours) for one, ours in customers.answered.items() if one in places and ours in places)
        self._note("astray", (one for one, ours in answers if places[one] != places[ours]))

    def _last(self, conversation_id: int) -> int:
        from golddraht.channels.queries import where_it_went
        from golddraht.conversations.models import Conversation

        return where_it_went(Conversation.objects.get(pk=conversation_id)).pk

    def look_at_answers(self, colleagues: Colleagues) -> None:
        """Each answer that was said to be kept is there once, and has its delivery."""
        from golddraht.conversations.models import Message

        texts = Message.objects.filter(direction="OUT", automatic="").values_list("text", flat=True)
        counted = Counter(word for text in texts for word in _marks(text))
        self._note("answer missing", (mark for mark in colleagues.written if not counted[mark]))
        self._note("answer twice", (mark for mark, count in counted.items() if count > 1))

    def look_at_deliveries(self, kills: list[Kill]) -> list[Sent]:
        sent = self._sent()
        self._note("sent twice", (one.mark for one in sent if one.times_taken > 1))
        accepted = [one for one in sent if one.state == "ACCEPTED"]
        self._note("marked accepted and not there", (one.mark for one in accepted if not one.times_taken))
        doubtful = [one for one in sent if one.state == "UNKNOWN"]
        self._note("unknown though DATA was never begun", (one.mark for one in doubtful if not one.there))
        unhit = (one for one in doubtful if not _was_hit(one.there, kills))
        self._note("unknown without a kill", (f"{one.mark}; {_moments(one.there, kills)}" for one in unhit))
        others = [one for one in sent if one.state not in {"ACCEPTED", "UNKNOWN"}]
        self._note("left over", (f"{one.mark}: {one.state}" for one in others))
        return sent

    def _sent(self) -> list[Sent]:
        from golddraht.channels.models import Delivery, MailRecord

        ids = dict(MailRecord.objects.values_list("message_id", "mail_id"))
        there = defaultdict(list)
        for one in self.peer.begun:
            there[one.mail_id, one.recipient].append(one)
        rows: Iterable[tuple[Any, ...]] = Delivery.objects.values_list("message_id", "recipient", "state")
        return [Sent(state, f"{ids[pk]} to {to}", there[ids[pk], to]) for pk, to, state in rows]

    def look_at_concerns(self, at: datetime) -> None:
        """M2: nobody is without owner or next touch, and nothing is overdue without somebody having been told."""
        from golddraht.conversations.models import Conversation
        from golddraht.conversations.operations.silence import overdue_ids
        from golddraht.conversations.rules import LIVE

        live = Conversation.objects.filter(status__in=sorted(LIVE)).select_related("owner")
        alone = (one for one in live if not one.owner or not one.owner.active or not one.next_touch_at)
        self._note("without owner or next touch", (str(one.number) for one in alone))
        self._note("overdue and nobody told", (str(pk) for pk in overdue_ids(at=at - OVERDUE)))

    def _note(self, what: str, which: Iterable[str]) -> None:
        self.wrong[what].extend(which)

    def tell(self, report: Report, what: str, *names: str) -> None:
        """The counts under these names, all of which should be nought, and the first few of each."""
        said = ", ".join(f"{name} {len(self.wrong[name])}" for name in names)
        report.say(f"{what}: {said}", goal=not any(self.wrong[name] for name in names))
        for name in names:
            for which in self.wrong[name][:5]:
                report.say(f"   {name}: {which}")


def _marks(text: str) -> list[str]:
    return [f"Zeichen {part[:5]}." for part in text.split("Zeichen ")[1:]]


def _was_hit(there: list[HandOver], kills: list[Kill]) -> bool:
    return any(hits(kill, one) for kill in kills for one in there)


def hits(kill: Kill, one: HandOver) -> bool:
    """Whether somebody whom the delivery needs was killed between its first byte and our note of the answer."""
    noted_at = max(one.settled_at, one.begun_at) + NOTED_WITHIN
    return kill.role in SENDERS and one.begun_at <= kill.at <= noted_at


def _moments(there: list[HandOver], kills: list[Kill]) -> str:
    """For whoever looks for the cause: how long before and after these were processes killed."""
    first = min((one.begun_at for one in there), default=0.0)
    steps = [f"began {one.begun_at - first:.1f} settled {one.settled_at - first:.1f}" for one in there]
    near = [f"{kill.role} {kill.at - first:.1f}" for kill in kills if abs(kill.at - first) < NEAR]
    return ", ".join((*steps, *near))


def settle(tenant_id: int, *, within: float) -> Counter[str]:
    """Wait until everything that came was read, and everything that is due has left or was left over. Gives what was not."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not (pending := _pending(tenant_id)):
            break
        time.sleep(0.5)
    return pending


def _pending(tenant_id: int) -> Counter[str]:
    from django.db import DatabaseError, connection

    from golddraht.channels.models import Delivery, RawMail
    from golddraht.channels.queries import due_delivery_ids
    from golddraht.conversations.operations.silence import overdue_ids
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing

    try:
        with seeing(tenant_id):
            on_the_way = Delivery.objects.filter(state__in=ON_THE_WAY, changed_at__gt=now() - AT_WORK)
            counted = Counter(
                {
                    "unread mails": RawMail.objects.filter(read_at=None).count(),
                    "deliveries on their way": on_the_way.count(),
                    "deliveries that are due": len(due_delivery_ids(at=now())),
                    "overdue and nobody told": len(overdue_ids(at=now() - OVERDUE)),
                }
            )
            return +counted
    except DatabaseError as trouble:
        return Counter({str(trouble)[:100]: 1})
    finally:
        connection.close()


def wind_forward(tenant_id: int) -> None:
    """What the program does a quarter of an hour and more after a process died, by the same operations, told a later time."""
    from golddraht.channels.carriers.smtp.delivering import drain_deliveries
    from golddraht.channels.operations.delivering import recover_stuck
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.tenancy import seeing

    at = now()
    with seeing(tenant_id):
        recover_stuck(at=at + LATER)
    while drain_deliveries(tenant_id=tenant_id, at=at + MUCH_LATER):
        pass
