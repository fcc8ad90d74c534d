"""Playing a script through the operations that serve real customers.

A script file holds tables `[[conversation]]`:

    who      "Valentina Moser <valentina.moser@post.example>", or a name alone for somebody without e-mail
    phone    optional, a further contact point
    channel  EMAIL (default), PHONE, VISIT or LETTER: how the first words came in
    subject  of the first words
    owner    optional key of the member who cares
    tags     optional list; priority optional: HIGH or URGENT
    salutation, matters   optional: what the customer declared
    known                 optional: statements for the golden record: what, is, source, words, days (so long before)
    steps    a list of tables, in the order of their times

Every step has `when` (see `moments.moment`, or "~45min": so long after the step before) and one of these; in other
times of a step "~45min" counts from the step itself:

    {say = "…"}                                       the customer's words, by mail (the first by `channel`)
    {answer = "…", by = "nina", next = "+1 15:00"}    a colleague's answer; `next` is optional; `ours = true` keeps the turn
    {note = "…", by = "nina"}
    {promise = "Rückruf", kind = "CALLBACK", due = "+1 10:00", by = "nina", from = optional start of the window,
     reference = "88-2041", tour = "Tour 7"}
    {keep = "Rückruf", by = "nina"}                   keeps the open promise of that name
    {hand_over = "tom", by = "nina", words = "…"}
    {propose = "…", by = "nina"}                      solved? asked
    {confirm = true}  or  {object = "…"}              the customer clicks
    {ask = "…", whom = "Spedition Rauch", address = "dispo@rauch.example", due = "+1 12:00", by = "nina"}
    {third = "…"}                                     the asked party answers
    {goodwill = 35.00, kind = "VOUCHER", words = "…", by = "nina"}   kinds as in conversations
    {wait = "+2 15:00", by = "nina"}                  a new next touch
    {danger = "…", by = "nina"}                       the open delivery or visit promise is endangered, with usual options
"""

from __future__ import annotations

import email.utils
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from golddraht.channels.mail.mail import Address
from golddraht.channels.mail.writing import Letter, write
from golddraht.channels.models import Mailbox, MailRecord
from golddraht.channels.operations import keep_raw, read_raw
from golddraht.channels.rules import Source as MailSource
from golddraht.consent.operations import give, note_sale
from golddraht.consent.rules import Proof, Purpose, Way
from golddraht.conversations import operations as care
from golddraht.conversations.models import Conversation, Inquiry, Message
from golddraht.conversations.operations.solving import confirm_in_person
from golddraht.conversations.rules import Channel, Direction, Status
from golddraht.customers.models import Customer
from golddraht.customers.operations import (
    Said,
    add_contact_point,
    declare_salutation,
    learn,
    meet,
    note_what_matters,
    recognise,
)
from golddraht.customers.rules import Salutation, Source
from golddraht.customers.rules.attributes import Attribute
from golddraht.ground.addresses import folded_address, folded_phone
from golddraht.house.demo.moments import moment
from golddraht.house.demo.settling import settle
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.promises import operations as promises
from golddraht.promises.models import Promise
from golddraht.promises.rules import Kind, OptionDraft, OptionKind, State
from golddraht.team.models import Membership
from golddraht.team.queries import current_tenant
from golddraht.team.rules import Priority

ANSWERED_WITHIN = timedelta(days=1)
"""Words of a customer that are older were the last ones: “Danke!”, and that was that."""


class Player:
    """Plays conversations of one company, in the tenant being seen."""

    def __init__(self, *, people: dict[str, Membership], mailbox: str, at: datetime) -> None:
        self.people = people
        self.mailbox = Mailbox.objects.get(address=mailbox)
        self.at = at

    def scenes(self, scripts: list[dict[str, Any]]) -> list[Scene]:
        """What is to be played, the newest first, so that whoever looks in meanwhile finds today's work."""
        scenes = [Scene(self, script, place) for place, script in enumerate(scripts)]
        for number, scene in enumerate(sorted(scenes, key=lambda scene: scene.moments[0]), start=1):
            scene.number = number
        return sorted(scenes, key=lambda scene: scene.moments[-1], reverse=True)

    def play(self, scene: Scene) -> None:
        """One conversation from its first word to its last, under the number that was kept for it."""
        latest_number = current_tenant().last_number
        _count_on_from(scene.number - 1)
        for step, when in zip(scene.steps, scene.moments, strict=True):
            scene.perform(step, when)
        _count_on_from(latest_number)
        self._tie_up(scene)
        settle(conversation_id=scene.conversation_id, at=self.at)

    def _tie_up(self, scene: Scene) -> None:
        """No colleague would leave a moment that has passed: what is done was confirmed in person, the rest goes on."""
        concern, when = scene.conversation(), scene.moments[-1]
        if not concern.is_live() or concern.next_touch_at is None or concern.next_touch_at > self.at:
            return
        by = concern.owner_id
        assert by is not None
        waits = Promise.objects.filter(conversation=concern, state=State.OPEN).exclude(kind=Kind.FIRST_ANSWER)
        if waits.exists() or concern.status == Status.PROPOSED:
            with suppress(care.NextTouchRefused):
                next_touch_at = self.moment("+1 11:00")
                care.set_next_touch(conversation_id=concern.pk, next_touch_at=next_touch_at, by=by, at=when)
        elif concern.latest_direction == Direction.OUT or when < self.at - ANSWERED_WITHIN:
            confirm_in_person(conversation_id=concern.pk, by=by, at=when)

    def moment(self, words: str, *, since: datetime | None = None, at_work: bool = True) -> datetime:
        """As `moments.moment` says, and "~45min": so long after `since`."""
        if words.startswith("~") and since is not None:
            return since + timedelta(minutes=int(words[1:].removesuffix("min")))
        return moment(words, at=self.at, at_work=at_work)


def _count_on_from(number: int) -> None:
    Tenant.objects.filter(pk=current_tenant_id()).update(last_number=number)


class Scene:
    """One conversation to be played: its steps with their moments, and the number that is kept for it."""

    def __init__(self, player: Player, script: dict[str, Any], place: int) -> None:
        self.player, self.script, self.place = player, script, place
        self.steps: list[dict[str, Any]] = script["steps"]
        self.name, self.address = email.utils.parseaddr(script["who"])
        if "@" not in self.address:
            self.name, self.address = script["who"], ""
        self.conversation_id = 0
        self.number = 0
        self.moments = self._moments()

    def _moments(self) -> list[datetime]:
        found: list[datetime] = []
        for step in self.steps:
            since = found[-1] if found else None
            found.append(self.player.moment(step["when"], since=since, at_work=self.is_at_work))
        return found

    @property
    def is_at_work(self) -> bool:
        """Whether a colleague acts in it, so that it happens in opening hours; customers write at any hour."""
        return any("by" in step for step in self.steps) or self.script.get("channel", "EMAIL") != "EMAIL"

    def perform(self, step: dict[str, Any], when: datetime) -> None:
        verb = next(key for key in step if hasattr(self, f"_{key}"))
        getattr(self, f"_{verb}")(step, when)

    def member(self, key: str) -> int:
        return self.player.people[key].pk

    def conversation(self) -> Conversation:
        found: Conversation = Conversation.objects.get(pk=self.conversation_id)
        return found

    def _say(self, step: dict[str, Any], when: datetime) -> None:
        channel = Channel(step.get("channel", self.script.get("channel", "EMAIL")))
        message = self._mail(step["say"], when) if channel is Channel.EMAIL else self._entered(step, channel, when)
        is_first = not self.conversation_id
        self.conversation_id = self.conversation_id or message.conversation_id
        if is_first:
            self._furnish(message, when)

    def _mail(
        self, text: str, when: datetime, *, sender: str = "", name: str = "", inquiry: Inquiry | None = None
    ) -> Message:
        latest = self._latest_of_ours(inquiry)
        subject = self.script["subject"] if latest is None else f"Re: {latest.message.subject}"
        to = latest.reply_to if latest and latest.reply_to else self.player.mailbox.address
        content = write(
            Letter(
                sender=Address(name or self.name, sender or self.address),
                to=(Address(None, to),),
                subject=subject,
                text=text,
                message_id=f"{when:%Y%m%d%H%M%S}.{self.place}.{len(text)}@{(sender or self.address).partition('@')[2]}",
                in_reply_to=latest.mail_id if latest else None,
                references=(latest.mail_id,) if latest else (),
                date=when,
            )
        )
        raw = keep_raw(
            mailbox_id=self.player.mailbox.pk,
            source=MailSource.SMTP,
            content=content,
            envelope_from=sender or self.address,
            envelope_to=(self.player.mailbox.address,),
            at=when,
        )
        message = read_raw(raw_mail_id=raw.pk, at=when)
        assert message is not None, f"The demo could not read its own mail: {self.script['subject']}"
        return message

    def _latest_of_ours(self, inquiry: Inquiry | None) -> MailRecord | None:
        rows = MailRecord.objects.filter(message__conversation_id=self.conversation_id, message__direction="OUT")
        found: MailRecord | None = rows.filter(message__inquiry=inquiry).order_by("-message_id").first()
        return found

    def _entered(self, step: dict[str, Any], channel: Channel, when: datetime) -> Message:
        return care.enter_concern(
            customer=self._customer(when),
            channel=channel,
            text=step["say"],
            subject=self.script["subject"],
            by=self.member(self.script.get("owner", "nina")),
            conversation=self.conversation() if self.conversation_id else None,
            at=when,
        )

    def _customer(self, when: datetime) -> Customer:
        if self.conversation_id:
            customer: Customer = self.conversation().customer
            return customer
        if self.address:
            known = folded_address(self.address)
            return recognise(
                channel="EMAIL", address=known, shown=self.address, name=self.name, source=Source.MEMBER, at=when
            )
        phone = folded_phone(self.script.get("phone", "")) or ""
        if phone:
            return recognise(
                channel="PHONE",
                address=phone,
                shown=self.script["phone"],
                name=self.name,
                source=Source.MEMBER,
                at=when,
            )
        return meet(name=self.name, source=Source.MEMBER, at=when)

    def _furnish(self, message: Message, when: datetime) -> None:
        """What the script says of the concern and its customer beyond the first words."""
        script, customer_id = self.script, self.conversation().customer_id
        if "owner" in script:
            care.hand_over(conversation_id=self.conversation_id, to_id=self.member(script["owner"]), by=None, at=when)
        if "tags" in script:
            care.set_tags(conversation_id=self.conversation_id, tags=script["tags"], by=None, at=when)
        if "priority" in script:
            priority = Priority(script["priority"])
            care.set_priority(conversation_id=self.conversation_id, priority=priority, by=None, at=when)
        if "salutation" in script:
            declare_salutation(customer_id=customer_id, salutation=Salutation(script["salutation"]), at=when)
        if "matters" in script:
            note_what_matters(customer_id=customer_id, words=script["matters"], source=Source.CUSTOMER, at=when)
        for told in script.get("known", ()):
            said = Said(Attribute(told["what"]), told["is"], told["source"], told.get("words", ""))
            learn(customer_id=customer_id, said=[said], at=when - timedelta(days=told.get("days", 0)))
        self._allow(customer_id, when)
        if self.address and (phone := folded_phone(script.get("phone", ""))):
            add_contact_point(
                customer_id=customer_id,
                channel="PHONE",
                address=phone,
                shown=script["phone"],
                source=Source.CUSTOMER,
                at=when,
            )

    def _allow(self, customer_id: int, when: datetime) -> None:
        """What the script says they allowed, and in which purchase their address was got."""
        for told in self.script.get("allows", ()):
            give(
                customer_id=customer_id,
                purpose=Purpose(told["purpose"]),
                ways=[Way(one) for one in told["ways"]],
                proof=Proof(told["proof"]),
                words=told["words"],
                at=when - timedelta(days=told.get("days", 0)),
            )
        if "purchase" in self.script:
            note_sale(customer_id=customer_id, words=self.script["purchase"], at=when - timedelta(days=30))

    def _answer(self, step: dict[str, Any], when: datetime) -> None:
        care.reply(
            conversation_id=self.conversation_id,
            author_id=self.member(step["by"]),
            text=step["answer"],
            next_touch_at=self.player.moment(step["next"], since=when) if "next" in step else None,
            still_ours=step.get("ours", False),
            channel=Channel(step.get("channel", "EMAIL" if self.address else self.script.get("channel", "EMAIL"))),
            at=when,
        )

    def _note(self, step: dict[str, Any], when: datetime) -> None:
        care.add_note(conversation_id=self.conversation_id, by=self.member(step["by"]), text=step["note"], at=when)

    def _promise(self, step: dict[str, Any], when: datetime) -> None:
        promises.make_promise(
            customer_id=self.conversation().customer_id,
            conversation_id=self.conversation_id,
            owner_id=self.member(step["by"]),
            kind=Kind(step["kind"]),
            what=step["promise"],
            starts_at=self.player.moment(step["from"], since=when) if "from" in step else None,
            due_at=self.player.moment(step["due"], since=when),
            reference=step.get("reference", ""),
            tour=step.get("tour", ""),
            by=self.member(step["by"]),
            at=when,
        )

    def _keep(self, step: dict[str, Any], when: datetime) -> None:
        promises.keep_promise(promise_id=self._open(step["keep"]).pk, by=self.member(step["by"]), at=when)

    def _open(self, what: str) -> Promise:
        rows = Promise.objects.filter(conversation_id=self.conversation_id, state=State.OPEN)
        found: Promise = rows.get(what=what)
        return found

    def _hand_over(self, step: dict[str, Any], when: datetime) -> None:
        care.hand_over(
            conversation_id=self.conversation_id,
            to_id=self.member(step["hand_over"]),
            by=self.member(step["by"]),
            note=step.get("words", ""),
            at=when,
        )

    def _propose(self, step: dict[str, Any], when: datetime) -> None:
        care.propose_solution(
            conversation_id=self.conversation_id,
            by=self.member(step["by"]),
            text=step["propose"],
            channel=Channel.EMAIL if self.address else Channel(self.script.get("channel", "PHONE")),
            at=when,
        )

    def _confirm(self, step: dict[str, Any], when: datetime) -> None:
        care.confirm_solution(solution_id=self._solution(), at=when)

    def _object(self, step: dict[str, Any], when: datetime) -> None:
        care.object_to_solution(solution_id=self._solution(), words=step["object"], at=when)

    def _solution(self) -> int:
        from golddraht.conversations.models import Solution

        rows = Solution.objects.filter(conversation_id=self.conversation_id).order_by("-pk")
        return int(rows.values_list("pk", flat=True)[0])

    def _ask(self, step: dict[str, Any], when: datetime) -> None:
        care.ask_third_party(
            conversation_id=self.conversation_id,
            asked=step["whom"],
            address=step["address"],
            subject=step.get("subject", self.script["subject"]),
            text=step["ask"],
            due_at=self.player.moment(step["due"], since=when),
            by=self.member(step["by"]),
            at=when,
        )

    def _third(self, step: dict[str, Any], when: datetime) -> None:
        inquiry = Inquiry.objects.filter(conversation_id=self.conversation_id).latest("pk")
        self._mail(step["third"], when, sender=inquiry.address, name=inquiry.asked, inquiry=inquiry)

    def _goodwill(self, step: dict[str, Any], when: datetime) -> None:
        care.grant_goodwill(
            conversation_id=self.conversation_id,
            by=self.member(step["by"]),
            cents=round(step["goodwill"] * 100),
            kind=step["kind"],
            reason=step["words"],
            at=when,
        )

    def _wait(self, step: dict[str, Any], when: datetime) -> None:
        care.set_next_touch(
            conversation_id=self.conversation_id,
            next_touch_at=self.player.moment(step["wait"], since=when),
            by=self.member(step["by"]),
            at=when,
        )

    def _danger(self, step: dict[str, Any], when: datetime) -> None:
        rows = Promise.objects.filter(conversation_id=self.conversation_id, state=State.OPEN)
        promise = rows.filter(kind__in=[Kind.DELIVERY, Kind.VISIT]).latest("pk")
        starts_at = promise.starts_at or promise.due_at - timedelta(hours=2)
        options = [
            OptionDraft(OptionKind.OTHER_DATE, starts_at=starts_at + days, due_at=promise.due_at + days)
            for days in (timedelta(days=1), timedelta(days=2))
        ]
        options += [OptionDraft(OptionKind.CALL_ME)]
        promises.endanger(
            promise_id=promise.pk, why=step["danger"], options=options, by=self.member(step["by"]), at=when
        )
