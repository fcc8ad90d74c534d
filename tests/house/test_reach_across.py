"""Every address of the workspace and of the interface, tried by people of another company and by nobody.

The addresses come from the resolver, so a new page is tried as soon as it exists.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from procrastinate.contrib.django import app

from golddraht.access.operations import ask_for_code, ask_for_copy
from golddraht.access.rules.copying import CopyState
from golddraht.channels.mail.signing import Algorithm
from golddraht.channels.models import Delivery, KnownKey, MessageSeal, OwnKey, RawMail
from golddraht.channels.operations.domains import add_domain
from golddraht.channels.operations.sealing import make_key
from golddraht.channels.operations.trial_mails import ask_trial
from golddraht.commerce.models import BadRow
from golddraht.commerce.operations import state
from golddraht.commerce.rules import Thing
from golddraht.consent.operations import give
from golddraht.consent.rules import Proof, Purpose, Way
from golddraht.conversations import operations as care
from golddraht.conversations.models import Attachment, DraftFile, Escalation, Message
from golddraht.conversations.operations.blocking import block_sender
from golddraht.conversations.operations.errands import begin_errand
from golddraht.conversations.operations.macros import keep_macro
from golddraht.conversations.operations.solving import PURPOSE as SOLUTION
from golddraht.conversations.operations.tags import unite_tags
from golddraht.conversations.operations.wording import keep_text_module
from golddraht.conversations.rules import Acts, LinkKind
from golddraht.customers import operations as people
from golddraht.customers.models import ContactPoint, Doubt, Resemblance
from golddraht.customers.operations import meet
from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.ways import WayKind, way_of
from golddraht.ground.numbers import spoken
from golddraht.house.serving.live import watchers_of
from golddraht.imports.models import Mapping
from golddraht.imports.operations import map_columns
from golddraht.improvement.operations import open_problem
from golddraht.improvement.operations.stating import make_statement
from golddraht.improvement.rules.stating import month_of
from golddraht.knowledge import operations as knowledge
from golddraht.knowledge.operations.questions import note_unanswered
from golddraht.knowledge.rules import Sources
from golddraht.notices.operations import switch_on
from golddraht.notices.rules import CHOICES
from golddraht.plumbing import clock
from golddraht.plumbing.links import token_for
from golddraht.plumbing.secrets import sealed_bytes
from golddraht.privacy.models import Locked
from golddraht.privacy.operations import ask_erasure, begin_run, give_archive_right, hold, open_locked
from golddraht.privacy.queries.archive import PURPOSE
from golddraht.programs.operations import add_webhook
from golddraht.programs.rules import TOLD
from golddraht.promises import operations as promises
from golddraht.promises.rules import Kind
from golddraht.search.operations import keep_filter
from golddraht.team.operations import (
    ClientWish,
    close_team_on,
    create_api_token,
    found_client,
    keep_arrival_rule,
    open_invitation,
    plan_absence,
    raise_alarm,
)
from golddraht.team.operations.clients import seat_client
from golddraht.team.rules import Role
from tests.api.programs import URL, Operation, operations
from tests.cast import Company, a_company, a_conversation, valentina
from tests.importing import SHOP, kept, tried
from tests.journeys.push_service import Browser
from tests.mails import CARE, VALENTINA, a_mailbox, arrives
from tests.sealing import PETRA

WORKSPACE = "t/<slug:tenant_slug>/"
SAID = {
    "text": "Guten Tag", "subject": "Anliegen", "name": "Neu", "reason": "Darum", "why": "Darum", "kind": "CALLBACK",
    "what": "Rückruf", "amount": "5", "priority": "URGENT", "tags": "fremd", "to": "1", "number": "1-3", "step": "send",
    "channel": "EMAIL", "sure": "yes", "asked": "Spedition", "address": "dispo@spedition.example",
    "due_at": "2031-01-01T10:00", "as_address": "x@post.example", "direction": "up", "role": "admin",
}  # fmt: skip
"""Enough for most forms to be content, so that it is not the form that refuses."""
NAME_NO_ROW = {"settings_automatic_words", "settings_undo_words", "settings_consent_text"}
"""Kind and language of a message, purpose and way of a consent: every company has the same."""
Known = dict[str, Any]


@dataclass(frozen=True)
class Address:
    """An address of the resolver, with the names of what stands in it: `t/<slug:tenant_slug>/messages/<int:message_id>/`."""

    name: str
    route: str

    @property
    def blanks(self) -> list[str]:
        return [part.partition(">")[0] for part in self.route.split("<")[1:]]

    @property
    def has_a_row(self) -> bool:
        return self.name not in NAME_NO_ROW and any(not blank.endswith("tenant_slug") for blank in self.blanks)

    def filled(self, known: Known, *, slug: str) -> str:
        """The path with the rows of `known` in it, in the workspace of `slug`."""
        path = "/" + self.route.replace("<slug:tenant_slug>", slug)
        for blank in self.blanks:
            path = path.replace(f"<{blank}>", str(known.get(blank.rpartition(":")[2], "")))
        assert "//" not in path, f"Nothing is known for {self.route}: add it to the fixture `ours`, so that it is tried"
        return path


def addresses(under: str) -> list[Address]:
    """All whose route begins like that."""
    return [
        Address(pattern.name or "", route) for route, pattern in _walk(get_resolver(), "") if route.startswith(under)
    ]


def _walk(resolver: Any, before: str) -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one


@pytest.fixture
def theirs(company: Company) -> Company:
    """Another company, whose admin may do everything there."""
    return a_company("moebelhaus", "Möbelhaus")


@pytest.fixture
def ours(company: Company, theirs: Company) -> Known:
    """A row of Heizwerk for every blank in an address."""
    at = clock.now()
    mailbox = a_mailbox()
    message = arrives(_with_everything(), mailbox=mailbox, at=at)
    concern, nina = message.conversation, company.nina.pk
    care.hand_over(conversation_id=concern.pk, to_id=nina, by=None, at=at)
    answered = care.reply(conversation_id=concern.pk, author_id=nina, text="Gern.", at=at)
    other = a_conversation(customer=valentina(at=at), at=at)
    further = a_conversation(customer=valentina(at=at), at=at)
    promise = promises.make_promise(
        customer_id=concern.customer_id,
        conversation_id=concern.pk,
        owner_id=nina,
        kind=Kind.DELIVERY,
        what="Ofen",
        starts_at=at + timedelta(days=2),
        due_at=at + timedelta(days=2, hours=2),
        tour="Tour 7",
        by=nina,
        at=at,
    )
    link = care.link(earlier_id=concern.pk, later_id=other.pk, kind=LinkKind.RELATED, by=nina, at=at)
    domain = add_domain(domain="heizwerk.example", at=at)
    article = knowledge.start_article(title="Ofen", body="Waschmaschine", language="de", by=nina, at=at)
    enclosure = care.Enclosure(name="sieb.png", content_type="image/png", content=b"PNG", sha256="")
    plan = care.Enclosure("plan.pdf", "application/pdf", b"%PDF", sha256="0" * 64)
    waiting = care.send_answer(
        conversation_id=concern.pk,
        author_id=nina,
        writing=care.Writing("Gern."),
        enclosures=(plan,),
        send_at=at + timedelta(hours=1),
        at=at,
    )
    care.keep_draft(conversation_id=concern.pk, member_id=company.ada.pk, writing=care.Writing("Ich schaue."), at=at)
    wish = ClientWish(name="Heizwerk Graz", hours=[(0, time(8), time(17))])
    founded = found_client(wish=wish, by=company.lea.pk, at=at)
    imported = tried(kept(SHOP, at=at), at=at)
    map_columns(import_id=imported.pk, targets=imported.targets, by=None, at=at, keep_as="Shop")
    return {
        "founding_id": founded.founding.pk,
        "company_slug": founded.tenant.slug,
        "import_id": imported.pk,
        "mapping_id": Mapping.objects.latest("pk").pk,
        "row_number": 4,
        "article_id": article.pk,
        "language": "de",
        "month": f"{make_statement(month=month_of(at.date()), at=at).month:%Y-%m}",
        "problem_id": open_problem(title="Pumpe", owner_id=nina, target_on=at.date(), by=nina, at=at).pk,
        "question_id": note_unanswered(words="Heizt der Ofen?", language="de", source=Sources.HELP, at=at).pk,  # type: ignore[union-attr]  # It says something.
        "version": 1,
        "seat_id": seat_client(user=company.tom.user, name="Karla", at=at).pk,
        "file_id": knowledge.add_file(article_id=article.pk, enclosure=enclosure, by=nina, at=at).pk,
        "draft_id": waiting.draft_id,
        "draft_file_id": DraftFile.objects.get(draft_id=waiting.draft_id).pk,
        "order_id": state(thing=Thing.ORDER, source="shop", row={"number": "88-2041"}, at=at).id,
        "bad_row_id": BadRow.objects.create(
            thing=Thing.ORDER, source="shop", line=2, cells={"number": ""}, reason="NUMBER", field="number", kept_at=at
        ).pk,
        "company": company,
        "domain_id": domain.pk,
        "mail_domain_id": domain.pk,
        "own_key_id": OwnKey.objects.create(
            method="pgp", address=CARE, fingerprint="0a", certificate=b"", secret="geheim", added_at=at
        ).pk,
        "known_key_id": KnownKey.objects.create(
            method="pgp", address="x@kunde.example", fingerprint="0b", certificate=b"", added_at=at
        ).pk,
        "seal_id": _seal(message),
        "trial_id": ask_trial(mailbox_id=mailbox.pk, at=at).pk,
        "kind": "receipt",
        "purpose": "news",
        "way": "email",
        "key_id": make_key(mail_domain_id=domain.pk, algorithm=Algorithm.ED25519, at=at).pk,
        "number": spoken(concern.number),
        "plain_number": concern.number,
        "customer_id": concern.customer_id,
        "act_id": give(
            customer_id=concern.customer_id,
            purpose=Purpose.NEWS,
            ways=[Way.EMAIL],
            proof=Proof.SIGNED,
            words="Ja.",
            at=at,
        )[0].pk,
        **_one_person_or_two(at),
        "message_id": message.pk,
        "attachment_id": Attachment.objects.get(message=message).pk,
        "raw_mail_id": RawMail.objects.latest("pk").pk,
        "delivery_id": Delivery.objects.get(message=answered).pk,
        "promise_id": promise.pk,
        "run_id": begin_run(at=at),
        **_locked_and_opened(company),
        "hold_id": hold(customer_id=concern.customer_id, why="Klage", by=nina, at=at),
        "erasure_id": ask_erasure(customer_id=concern.customer_id, by=nina, at=at),
        "disturbance_id": promises.announce_disturbance(
            words="Tour 7 fällt aus",
            tour="Tour 7",
            starts_at=at + timedelta(days=1),
            ends_at=at + timedelta(days=3),
            by=company.lea.pk,
            at=at,
        ).pk,
        "link_id": link.pk,
        "move_id": care.merge(source_id=further.pk, target_id=other.pk, by=nina, at=at).pk,
        "solution_id": care.propose_solution(conversation_id=other.pk, by=nina, text="Geht es?", at=at).pk,
        "escalation_id": Escalation.objects.create(
            conversation=concern, missed_at=at - timedelta(hours=1), lead=company.lea, at=at
        ).pk,
        "alarm_id": raise_alarm(kind="MAILBOX", subject="care", words="Das Postfach antwortet nicht.", at=at).pk,  # type: ignore[union-attr]  # It is a new one.
        "mailbox_id": mailbox.pk,
        "member_id": nina,
        "team_id": company.team.pk,
        "closed_day_id": close_team_on(team_id=company.team.pk, on=(at + timedelta(days=9)).date()).pk,
        "absence_id": plan_absence(
            member_id=nina, deputy_id=company.tom.pk, starts_at=at + timedelta(days=30), ends_at=at + timedelta(days=31)
        ).pk,
        "rule_id": keep_arrival_rule(words="ofen", recipient="", team_id=company.team.pk).pk,
        "invitation_id": open_invitation(
            email="uli@heizwerk.example",
            name="Uli",
            role=Role.AGENT,
            languages=("de",),
            skills=(),
            goodwill_cents=0,
            at=at,
        ).pk,
        "module_id": keep_text_module(name="Wir melden uns", text="{anrede}", by=None, at=at).pk,
        "webhook_id": add_webhook(name="Shop", url="https://shop.example/g", news=list(TOLD), by=nina, at=at)[0].pk,
        "change_id": unite_tags(old="Ofen", new="Öfen", by=nina, at=at).pk,
        "block_id": block_sender(sender="reklame.example", by=nina, at=at).pk,
        "filter_id": keep_filter(name="Öfen", words="ofen", by=company.ada.pk, at=at).pk,
        "copy_id": _a_copy(concern.customer_id, at),
        "code_id": ask_for_code(address=VALENTINA.partition("<")[2].rstrip(">"), language="de", at=at).pk,
        "device_id": switch_on(
            member_id=nina,
            endpoint="https://push.example/one",
            session="",
            name="Firefox",
            zone="UTC",
            kinds=CHOICES,
            at=at,
            **Browser().keys,
        ).pk,
        "macro_id": keep_macro(name="Eilig", key="1", priority="HIGH", by=None, at=at).pk,
        "errand_id": begin_errand(
            name="Probe", conversation_ids=[concern.pk], acts=Acts(tags=("x",)), by=nina, token="x", at=at
        ).pk,
        "token_id": create_api_token(name="Kasse", member_id=company.ada.pk, may_write=True, at=at)[0].pk,
    }


def _locked_and_opened(company: Company) -> Known:
    """Something in the archive, opened by Ada a moment ago."""
    at = clock.now()
    told = {"customer": "V", "at": at.isoformat(), "text": "x", "files": [{"name": "a", "content": ""}]}
    content = sealed_bytes(json.dumps(told).encode(), purpose=PURPOSE)
    locked = Locked.objects.create(
        kind="message",
        keeping="letter",
        law="§ 257 HGB",
        happened_on=at.date(),
        over_on=at.date() + timedelta(days=2000),
        size=2,
        content=content,
        locked_at=at,
    )
    give_archive_right(member_id=company.ada.pk, by=None, at=at)
    opening = open_locked(locked_id=locked.pk, viewer=company.viewer(company.ada), why="Prüfung", at=at)
    return {"locked_id": locked.pk, "opening_id": opening, "place": 0}


def _a_copy(customer_id: int, at: datetime) -> int:
    """A copy of everything about them that is ready to be fetched."""
    copy = ask_for_copy(customer_id=customer_id, language="de", at=at)
    copy.file, copy.size = default_storage.save("copy.zip", ContentFile(b"PK")), 2
    copy.state, copy.made_at, copy.ends_at = CopyState.READY, at, clock.now() + timedelta(days=7)
    copy.save()
    return int(copy.pk)


def _seal(message: Message) -> int:
    """A signature of somebody whose key came along."""
    stranger = PETRA.certificate.public_bytes(serialization.Encoding.DER)
    seal = MessageSeal.objects.create(
        message=message, position=0, method="smime", kind="signed", state="untrusted", certificate=stranger
    )
    return int(seal.pk)


def _with_everything() -> bytes:
    """A mail with a layout of its own and a file."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = VALENTINA, CARE, "Waschmaschine pumpt nicht ab"
    mail["Message-ID"] = "<everything@kundin.example>"
    mail.set_content("Guten Tag, was kann ich tun?")
    mail.add_alternative("<p>Guten Tag, <b>was</b> kann ich tun?</p>", subtype="html")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="rechnung.pdf")
    return mail.as_bytes()


@pytest.fixture
def stranger(theirs: Company) -> Client:
    client = Client()
    client.force_login(theirs.ada.user)
    return client


def _one_person_or_two(at: datetime) -> Known:
    """A merge, a pair that is proposed, and a doubt."""
    one, other, third = (meet(name=f"Petra {name}", source="member", at=at) for name in ("Eins", "Zwei", "Drei"))
    merge = people.merge_customers(customer_id=other.pk, into_id=one.pk, reasons=["same address"], at=at)
    people.propose(pairs=[people.Proposed(one.pk, third.pk, 0.9, ("same address",))], found_by="rule", at=at)
    said = [people.Said(Attribute.BORN_ON, day, "member") for day in ("1980-05-17", "1980-05-18")]
    people.learn(customer_id=third.pk, said=said, at=at)
    pair, doubt = Resemblance.objects.latest("pk"), Doubt.objects.filter(customer=third, kind="dates").get()
    belonging = people.join_organisation(customer_id=third.pk, name="Brandl", role="", source="member", at=at)
    household = people.live_together(customer_id=third.pk, with_id=one.pk, source="member", at=at)
    places = {"company_id": belonging.organisation_id, "household_id": household.pk}
    return (
        places
        | _ways(third.pk, at)
        | {
            "belonging_id": belonging.pk,
            "merge_id": merge.pk,
            "resemblance_id": pair.pk,
            "doubt_id": doubt.pk,
        }
    )


def _ways(customer_id: int, at: datetime) -> Known:
    """A way of contact that is theirs, and one that was."""
    for handle in ("@petra_drei", "@petra_alt"):
        way = way_of(WayKind.MESSENGER, handle, messenger="Telegram")
        people.add_way(customer_id=customer_id, way=way, source="member", at=at)
    standing, gone = ContactPoint.objects.filter(customer=customer_id, channel="MESSENGER").order_by("pk")
    former_id = people.retire_way(customer_id=customer_id, point_id=gone.pk, source="member", at=at)
    return {"point_id": standing.pk, "way_id": standing.pk, "former_id": former_id}


@pytest.fixture
def untouched(ours: Known) -> Iterator[None]:
    """Nothing of ours may have changed at the end, not by a letter."""
    before = _everything_of(ours["company"])
    yield
    assert _everything_of(ours["company"]) == before


def _everything_of(company: Company) -> dict[str, Any]:
    """The content of each table that has rows of the company, as a digest."""
    with company.seen(), connection.cursor() as cursor:
        return {table: _digest(cursor, table, company.tenant.pk) for table in _tables()}


def _tables() -> list[str]:
    models = (model for model in apps.get_models() if model._meta.managed)
    return sorted(
        one._meta.db_table for one in models if any(field.column == "tenant_id" for field in one._meta.fields)
    )


def _digest(cursor: Any, table: str, tenant_id: int) -> Any:
    cursor.execute(
        f"SELECT count(*), md5(string_agg(one::text, ',' ORDER BY one::text)) FROM {table} one WHERE tenant_id = %s",
        [tenant_id],
    )
    return cursor.fetchone()


def each_way(client: Client, path: str, **more: Any) -> dict[str, int]:
    """The answers to looking and to doing."""
    return {
        "GET": client.get(path, **more).status_code,
        "POST": client.post(path, SAID, **more).status_code,
        "HEAD": client.head(path, **more).status_code,
    }


REFUSALS = {404, 405}
"""405 says that the address knows no such method, whoever asks, and nothing about rows."""
DONE_ALREADY = {302}
"""Taking back what is not there, twice pressed, is no mistake: one is led back as if it had been there."""


# The workspace


def test_there_are_addresses_to_try() -> None:
    assert len(addresses(WORKSPACE)) > 60
    assert {"inbox", "reply", "message_source", "attachment", "settings_tokens"} <= {
        one.name for one in addresses(WORKSPACE)
    }


def test_nobody_of_another_company_gets_into_our_workspace(ours: Known, stranger: Client, untouched: None) -> None:
    for address in addresses(WORKSPACE):
        answers = each_way(stranger, address.filled(ours, slug="heizwerk"))
        assert set(answers.values()) <= REFUSALS, (address, answers)
        assert 404 in answers.values(), (address, answers)


def test_our_rows_do_not_exist_in_another_companys_workspace(ours: Known, stranger: Client, untouched: None) -> None:
    for address in addresses(WORKSPACE):
        if address.has_a_row:
            answers = each_way(stranger, address.filled(ours, slug="moebelhaus"))
            assert answers == each_way(stranger, address.filled(_nowhere(ours), slug="moebelhaus")), address
            assert answers["GET"] in REFUSALS and answers["POST"] in REFUSALS | DONE_ALREADY, (address, answers)


def _nowhere(known: Known) -> Known:
    """Rows that no company has."""
    return dict.fromkeys(known, 987_654_321) | {"number": spoken(987_654_321)}


def test_the_same_addresses_answer_their_own_people(ours: Known, company: Company) -> None:
    """The counter-proof: what is refused above is there."""
    client = Client()
    client.force_login(company.ada.user)
    missing = [
        address
        for address in addresses(WORKSPACE)
        if not address.name.startswith("catcher")
        and client.get(address.filled(ours, slug="heizwerk")).status_code == 404
    ]
    assert missing == []


def test_a_signed_out_visitor_is_asked_to_sign_in_everywhere(ours: Known, untouched: None) -> None:
    for address in addresses(WORKSPACE):
        for ask in (Client().get, Client().post):
            response = ask(address.filled(ours, slug="heizwerk"))
            assert response.status_code in {302, 405}, address
            if response.status_code == 302:
                assert response["Location"].startswith("/konto/login/?next=/t/heizwerk/"), address


def test_the_live_line_is_open_to_a_companys_own_people_alone(
    company: Company, theirs: Company, ours: Known, stranger: Client
) -> None:
    key = str(stranger.session.session_key)
    assert watchers_of(session_key=key, slug="heizwerk") == ()
    for slug in ("moebelhaus", ""):
        assert watchers_of(session_key=key, slug=slug) == ((theirs.tenant.pk, theirs.ada.pk),)
    for nobody in ("", "0" * 32):
        assert watchers_of(session_key=nobody, slug="heizwerk") == watchers_of(session_key=nobody, slug="") == ()


# Signed links


@pytest.mark.parametrize(
    ("purpose", "path", "row"),
    [("promise", "wahl", "promise_id"), (SOLUTION, "geloest", "solution_id")],
)
def test_a_link_signed_for_another_company_opens_none_of_our_rows(
    purpose: str, path: str, row: str, ours: Known, theirs: Company, untouched: None
) -> None:
    token = token_for(purpose, tenant_id=theirs.tenant.pk, id_=ours[row])
    answers = each_way(Client(), f"/k/{path}/{token}/")
    assert set(answers.values()) == {410}


def test_a_link_for_one_purpose_serves_no_other(ours: Known, company: Company, untouched: None) -> None:
    purposes = {"wahl": "promise", "geloest": SOLUTION, "anliegen": "conversation"}
    for signed_for in purposes.values():
        token = token_for(signed_for, tenant_id=company.tenant.pk, id_=ours["promise_id"])
        for path, purpose in purposes.items():
            if purpose != signed_for:
                assert set(each_way(Client(), f"/k/{path}/{token}/").values()) == {410}


# The interface for programs


@pytest.fixture
def their_program(theirs: Company) -> dict[str, str]:
    """What a program of the other company says of itself."""
    with theirs.seen():
        _, text = create_api_token(name="Fremd", member_id=theirs.ada.pk, may_write=True, at=clock.now())
    return {"Authorization": f"Bearer {text}"}


def test_another_companys_program_finds_nothing_of_ours(
    ours: Known, their_program: dict[str, str], untouched: None
) -> None:
    tried = [one for one in operations() if one.has_a_row]
    assert len(tried) > 40
    for operation in tried:
        answer = _asked(operation, ours, their_program)
        assert answer.status_code == 404, (operation.name, answer.content)


def test_the_same_operations_find_our_rows_for_our_own_program(ours: Known, company: Company) -> None:
    """The counter-proof: what is refused above is there."""
    with company.seen():
        _, text = create_api_token(name="Eigen", member_id=company.ada.pk, may_write=True, at=clock.now())
    for operation in operations():
        if operation.has_a_row and operation.method == "get":
            answer = _asked(operation, ours, {"Authorization": f"Bearer {text}"})
            assert answer.status_code == 200, (operation.name, answer.content)


def test_our_rows_in_what_another_companys_program_sends_are_none(
    ours: Known, their_program: dict[str, str], theirs: Company, untouched: None
) -> None:
    """Ids of ours in a body, within their own concern."""
    with theirs.seen():
        theirs_own = spoken(a_conversation(customer=valentina(at=clock.now()), at=clock.now()).number)
    sent = [
        (f"/conversations/{theirs_own}/hand-over", {"to_id": ours["member_id"]}),
        (f"/conversations/{theirs_own}/split", {"message_ids": [ours["message_id"]]}),
        ("/promises", {"customer_id": ours["customer_id"], "kind": "CALLBACK", "due_at": "2031-01-01T10:00:00Z"}),
        ("/conversations/first-words", _first_words(team_id=ours["team_id"])),
    ]
    for path, body in sent:
        answer = Client().post(f"{URL}{path}", body, content_type="application/json", headers=their_program)
        assert answer.status_code in {404, 422}, (path, answer.content)


def _first_words(**more: Any) -> dict[str, Any]:
    return {"customer": {"email": "x@post.example"}, "subject": "Anliegen", "text": "Guten Tag"} | more


def test_lists_of_another_companys_program_name_nobody_of_ours(
    ours: Known, their_program: dict[str, str], untouched: None
) -> None:
    for operation in operations():
        if not operation.has_a_row and operation.method == "get":
            said = _asked(operation, ours, their_program).content.decode()
            assert "Valentina" not in said and "Waschmaschine" not in said, operation.name


def test_without_a_token_the_interface_says_nothing(ours: Known, stranger: Client, untouched: None) -> None:
    for operation in operations():
        for headers in ({}, {"Authorization": "Bearer gd_guessed"}):
            answer = _asked(operation, ours, headers, client=stranger)
            assert answer.status_code == 401, (operation.name, answer.content)


def _asked(operation: Operation, known: Known, headers: dict[str, str], *, client: Client | None = None) -> Any:
    """The answer to the operation, with the body that the description shows."""
    ask = getattr(client or Client(), operation.method)
    body = json.dumps(operation.example() or {})
    more = {} if operation.method == "get" else {"data": body, "content_type": "application/json"}
    return ask(f"{URL}{operation.filled(known)}", headers=headers, **more)


# Jobs


def test_a_job_that_names_another_company_does_nothing_to_our_rows(
    ours: Known, theirs: Company, untouched: None
) -> None:
    app.perform_import_paths()  # type: ignore[no-untyped-call]  # The library has no types here.
    tasks = [task for name, task in app.tasks.items() if not name.startswith(("builtin", "procrastinate"))]
    assert tasks
    for task in tasks:
        _worked_off(task.func, {"tenant_id": theirs.tenant.pk} | _rows_for(task.func, ours))


def _rows_for(job: Callable[..., None], ours: Known) -> Known:
    names = [name for name in job.__code__.co_varnames[: job.__code__.co_argcount] if name != "tenant_id"]
    assert set(names) <= set(ours), f"Add {set(names) - set(ours)} to the fixture `ours`, so that the job is tried"
    return {name: ours[name] for name in names}


def _worked_off(job: Callable[..., None], arguments: Known) -> None:
    """A job may say that there is no such row; it may not touch ours."""
    from django.core.exceptions import ObjectDoesNotExist

    try:
        with transaction.atomic():
            job(**arguments)
    except ObjectDoesNotExist:
        pass


# What lies in the house besides rows


def test_what_came_with_our_mail_does_not_exist_for_another_company(
    ours: Known, theirs: Company, untouched: None
) -> None:
    with theirs.seen():
        assert not Attachment.objects.filter(pk=ours["attachment_id"]).exists()
        assert not Message.objects.filter(pk=ours["message_id"]).exists()
        assert not RawMail.objects.filter(pk=ours["raw_mail_id"]).exists()
