"""Finds a row of the demo for every blank in an address, and makes what the demo has none of.

Runs beside the program as a process of its own: `python -m tests.browser.furnishing` prints the rows as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pysequoia

from tests.browser.desk import PASSWORD
from tests.browser.running import ROOT, House

ADA = "ada@heizwerk.example"
EVE = "eve@heizwerk.example"
"""An admin who reads English."""


def rows_of(house: House) -> dict[str, Any]:
    """What the demo's addresses are filled with."""
    environment = dict(os.environ) | {"GOLDDRAHT_DATA": str(house.data), "GOLDDRAHT_PORT": str(house.port)}
    script = [sys.executable, "-m", "tests.browser.furnishing"]
    told = subprocess.run(script, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stderr
    rows: dict[str, Any] = json.loads(told.stdout)
    return rows


def main() -> None:
    from golddraht.house import whereabouts

    whereabouts.open_django()
    from golddraht.plumbing.tenancy import seeing
    from golddraht.team.queries import tenant_by_slug

    tenant = tenant_by_slug("heizwerk")
    assert tenant is not None
    _invite_eve(tenant.pk)
    with seeing(tenant.pk):
        rows = _rows(tenant.pk)
        print(json.dumps(rows | _visit(rows["customer_id"])))


def _invite_eve(tenant_id: int) -> None:
    from golddraht.team.models import User
    from golddraht.team.operations import invite
    from golddraht.team.rules import Role

    if not User.objects.filter(email=EVE).exists():
        invite(tenant_id=tenant_id, email=EVE, name="Eve Adams", role=Role.ADMIN, password=PASSWORD, languages=("en",))
        User.objects.filter(email=EVE).update(language="en")


def _stated() -> str:
    """A month of which there is a statement."""
    from golddraht.improvement.models import Statement
    from golddraht.improvement.operations.stating import make_statement
    from golddraht.improvement.queries import today
    from golddraht.improvement.rules.stating import month_of
    from golddraht.plumbing import clock

    at = clock.now()
    latest = Statement.objects.order_by("-month").first()
    return f"{(latest or make_statement(month=month_of(today(at)).before(), at=at)).month:%Y-%m}"


def _rows(tenant_id: int) -> dict[str, Any]:
    from golddraht.channels.models import Mailbox
    from golddraht.conversations.models import Conversation, Macro, Message, Solution, TextModule
    from golddraht.ground.numbers import spoken
    from golddraht.improvement.models import Problem
    from golddraht.knowledge.models import Article
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.links import token_for
    from golddraht.privacy.operations import ask_erasure
    from golddraht.team.models import ArrivalRule, ClientSeat, Membership, Team

    article = Article.objects.order_by("pk")[0]
    concerns = Conversation.objects.filter(status="OPEN").order_by("pk")
    promise = _promise_in_danger()
    return {
        "tenant_slug": "heizwerk",
        "import_id": _import(),
        "erasure_id": ask_erasure(customer_id=concerns[2].customer_id, by=None, at=now()),
        "row_number": 8,
        "mapping_id": 1,
        "founding_id": 1,
        "former_id": 1,
        "article_id": article.pk,
        "language": "de",
        "month": _stated(),
        "seat_id": ClientSeat.objects.get().pk,
        "article_slug": article.slug,
        "question_id": _question().pk,
        "problem_id": Problem.objects.exclude(fixed_at=None)[0].pk,
        "version": 1,
        "file_id": _picture(article),
        "number": spoken(concerns[0].number),
        "customer_id": concerns[0].customer_id,
        "act_id": _consent(concerns[0].customer_id).pk,
        "merge_id": _merge().pk,
        "message_id": Message.objects.order_by("-html", "pk")[0].pk,
        "promise_id": promise.pk,
        "disturbance_id": _disturbance().pk,
        "escalation_id": _escalation(concerns[0]).pk,
        "member_id": Membership.objects.get(user__email="tom@heizwerk.example").pk,
        "team_id": Team.objects.order_by("pk")[0].pk,
        "rule_id": ArrivalRule.objects.order_by("pk")[0].pk,
        "invitation_id": 1,
        "join token": token_for("invitation", tenant_id=tenant_id, id_=_invitation().pk),
        "new_password token": _somebody_without_a_password(tenant_id),
        "module_id": TextModule.objects.order_by("pk")[0].pk,
        "filter_id": _filter(EVE),
        "openings": {login: _opening(login) for login in (ADA, EVE)},
        # Forms of the archive and of retention: whoever only looks is told so.
        "locked_id": 1,
        "hold_id": 1,
        "filters": {login: _filter(login) for login in (ADA, EVE)},
        "macro_id": Macro.objects.order_by("pk")[0].pk,
        "errand_id": _errand(concerns[1]).pk,
        "mailbox_id": Mailbox.objects.order_by("pk")[0].pk,
        "domain_id": _domain(tenant_id).pk,
        "seal_id": _signed_by_a_stranger(),
        "webhook_id": _webhook().pk,
        "kind": "receipt",
        "purpose": "news",
        "way": "email",
        "portal_choice token": token_for("promise", tenant_id=tenant_id, id_=promise.pk),
        "portal_matter token": token_for("conversation", tenant_id=tenant_id, id_=concerns[0].pk),
        "portal_no_more token": token_for("asked-no-more", tenant_id=tenant_id, id_=concerns[0].customer_id),
        "portal_confirm token": token_for(
            "confirm-consent", tenant_id=tenant_id, id_=_question_of_consent(concerns[2].customer_id).pk
        ),
        "portal_unsubscribe token": token_for(
            "unsubscribe", tenant_id=tenant_id, id_=_permission(concerns[0].customer_id).pk
        ),
        "portal_satisfaction token": _satisfaction(tenant_id),
        "portal_solution token": token_for("solution", tenant_id=tenant_id, id_=Solution.objects.order_by("-pk")[0].pk),
        "english token": token_for(
            "conversation", tenant_id=tenant_id, id_=Conversation.objects.filter(language="en").order_by("pk")[0].pk
        ),
        # These can be acted upon, and never looked at: any number will do.
    } | dict.fromkeys(
        [
            "move_id",
            "link_id",
            "absence_id",
            "block_id",
            "change_id",
            "closed_day_id",
            "delivery_id",
            "token_id",
            "attachment_id",
            "key_id",
            "own_key_id",
            "known_key_id",
            "draft_id",
            "draft_file_id",
            "resemblance_id",
            "doubt_id",
            "device_id",
            "session_id",
            "belonging_id",
            "order_id",
            "bad_row_id",
        ],
        1,
    )


def _visit(customer_id: int) -> dict[str, Any]:
    """A customer on their own page, and the links that lead there."""
    from golddraht.access.operations import ask_for_code, ask_for_copy, ask_to_add, digits_of, enter_with_code
    from golddraht.conversations.operations.letters import OWN_PAGE
    from golddraht.customers.queries import mail_address_of
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.links import token_for
    from golddraht.plumbing.tenancy import current_tenant_id

    point, tenant_id = mail_address_of(customer_id=customer_id), current_tenant_id()
    assert point is not None
    code = ask_for_code(address=point.shown, language="de", at=now())
    visit = enter_with_code(code_id=code.pk, digits=digits_of(code), at=now())
    assert visit is not None
    further = ask_to_add(visit_id=visit.visit_id, address="further@post.example", language="de", at=now())
    return {
        "own key": visit.key,
        "copy_id": ask_for_copy(customer_id=customer_id, language="de", at=now()).pk,
        "point_id": point.pk,
        "own_link token": token_for(OWN_PAGE, tenant_id=tenant_id, id_=point.pk),
        "own_code token": token_for("own-code", tenant_id=tenant_id, id_=code.pk),
        "own_confirm token": token_for("own-code", tenant_id=tenant_id, id_=further.pk),
    }


def _import() -> int:
    """The sample file, tried out, so that every kind of row can be looked at."""
    from django.core.files.base import ContentFile

    from golddraht.imports.models import Import
    from golddraht.imports.operations import keep_file, open_source, try_out, work_on
    from golddraht.imports.operations.judging import Seen
    from golddraht.pages.imports.sampling import SAMPLE
    from golddraht.plumbing.clock import now

    source, seen = open_source(name="Shop", kind="import", at=now()), Seen()
    file = ContentFile(SAMPLE.encode("cp1252"))
    kept: Import = keep_file(source_id=source.pk, file=file, file_name="kunden.csv", by=None, at=now())
    try_out(import_id=kept.pk, at=now())
    while work_on(import_id=kept.pk, at=now(), seen=seen):
        pass
    return int(kept.pk)


def _filter(login: str) -> int:
    """A list that this member keeps; nobody else may change it."""
    from golddraht.plumbing.clock import now
    from golddraht.search.models import SavedFilter
    from golddraht.search.operations import keep_filter
    from golddraht.team.models import Membership

    owner = Membership.objects.get(user__email=login)
    known = SavedFilter.objects.filter(owner=owner).first()
    return int((known or keep_filter(name="Stoves", words="ofen", by=owner.pk, at=now())).pk)


def _opening(login: str) -> int:
    """Something of the archive that this admin opened a moment ago."""
    import json
    from datetime import timedelta

    from golddraht.plumbing.clock import now
    from golddraht.plumbing.secrets import sealed_bytes
    from golddraht.privacy.models import Locked
    from golddraht.privacy.operations import give_archive_right, open_locked
    from golddraht.privacy.queries.archive import PURPOSE
    from golddraht.team.models import Membership
    from golddraht.team.queries import viewer_for

    at = now()
    told = {"customer": "Rosa Blum", "at": at.isoformat(), "concern": "Rechnung", "text": "Die Rechnung fehlt."}
    member = Membership.objects.get(user__email=login, tenant__slug="heizwerk")
    locked = Locked.objects.create(
        kind="message",
        keeping="letter",
        law="§ 257 (1) no. 2, 3 HGB; § 147 AO",
        happened_on=at.date(),
        over_on=at.date() + timedelta(days=2200),
        size=2000,
        content=sealed_bytes(json.dumps(told).encode(), purpose=PURPOSE),
        locked_at=at,
    )
    give_archive_right(member_id=member.pk, by=None, at=at)
    viewer = viewer_for(user_id=member.user_id, tenant_slug="heizwerk")
    return open_locked(locked_id=locked.pk, viewer=viewer, why="Prüfung", at=at)


def _question_of_consent(customer_id: int) -> Any:
    """Somebody who is asked whether they want offers by e-mail."""
    from golddraht.consent.models import ConsentAct
    from golddraht.consent.operations import ask_to_confirm
    from golddraht.consent.rules import Kind, Purpose
    from golddraht.plumbing import clock

    known = ConsentAct.objects.filter(customer_id=customer_id, kind=Kind.ASKED, purpose=Purpose.NEWS).last()
    return known or ask_to_confirm(customer_id=customer_id, purpose=Purpose.NEWS, at=clock.now())


def _permission(customer_id: int) -> Any:
    """An offer that passed the gate."""
    from golddraht.consent.operations import pass_gate
    from golddraht.consent.queries import Wanted
    from golddraht.consent.rules import MessageClass
    from golddraht.plumbing import clock

    _consent(customer_id)
    return pass_gate(Wanted(customer_id, MessageClass.ADVERTISING), at=clock.now()).permission


def _consent(customer_id: int) -> Any:
    """Somebody who allowed offers by e-mail, on paper."""
    from golddraht.consent.operations import give
    from golddraht.consent.rules import Proof, Purpose, Way
    from golddraht.plumbing import clock

    told = {"purpose": Purpose.NEWS, "ways": [Way.EMAIL], "proof": Proof.SIGNED, "words": "Formular vom Messestand."}
    return give(customer_id=customer_id, at=clock.now(), **told)[0]


def _merge() -> Any:
    """Two customers of the demo who are one person, until somebody takes them apart."""
    from golddraht.customers.models import Customer, Merge
    from golddraht.customers.operations import merge_customers
    from golddraht.plumbing import clock

    if known := Merge.objects.filter(undone_at=None).first():
        return known
    one, other = Customer.objects.filter(head=None).order_by("-pk")[:2]
    return merge_customers(customer_id=other.pk, into_id=one.pk, reasons=["same customer number"], at=clock.now())


def _question() -> Any:
    """Something that nobody could answer."""
    from golddraht.knowledge.models import OpenQuestion
    from golddraht.knowledge.operations.questions import note_unanswered
    from golddraht.knowledge.rules import Sources
    from golddraht.plumbing.clock import now

    known = OpenQuestion.objects.filter(state="OPEN").first()
    return known or note_unanswered(words="Darf der Ofen draußen stehen?", language="de", source=Sources.HELP, at=now())


def _picture(article: Any) -> int:
    """A picture that the article has."""
    from golddraht.conversations.operations import Enclosure
    from golddraht.knowledge.models import ArticleFile
    from golddraht.knowledge.operations import add_file
    from golddraht.plumbing.clock import now

    known = ArticleFile.objects.filter(article=article).first()
    picture = Enclosure(name="sieb.png", content_type="image/png", content=b"not a real one", sha256="")
    file = known or add_file(article_id=article.pk, enclosure=picture, by=article.owner_id, at=now())
    return int(file.pk)


def _signed_by_a_stranger() -> int:
    """A mail with a key that nobody knows, beside one of ours that opens mail."""
    from golddraht.channels.models import Mailbox, MessageSeal, OwnKey
    from golddraht.channels.operations.keys import add_own_key
    from golddraht.plumbing.clock import now
    from tests.mails import arrives
    from tests.sealing import ANNA, autocrypt, pgp_signed

    mailbox = Mailbox.objects.order_by("pk")[0]
    if not OwnKey.objects.exists():
        key = pysequoia.Tsk.generate(f"Heizwerk <{mailbox.address}>")
        add_own_key(written=str(key).encode(), password="", by=None, at=now())
    message = arrives(autocrypt(ANNA) + pgp_signed(ANNA), mailbox=mailbox, at=now())
    return int(MessageSeal.objects.filter(message=message)[0].pk)


def _webhook() -> Any:
    """A webhook that was told something and something else not."""
    from golddraht.plumbing.clock import now
    from golddraht.programs.models import Webhook
    from golddraht.programs.operations import Outcome, add_webhook, begin, note_outcome, ping
    from golddraht.programs.rules import TOLD

    if (known := Webhook.objects.first()) is not None:
        return known
    row, _secret = add_webhook(name="Shop", url="https://shop.example/golddraht", news=list(TOLD), by=None, at=now())
    for outcome in (Outcome(204, 31), Outcome(None, 5000, failure="timed out")):
        ping(webhook_id=row.pk, at=now())
        letter = begin(webhook_id=row.pk, at=now(), goes_on=True)
        assert letter is not None
        note_outcome(letter, outcome, at=now())
    return row


def _errand(concern: Any) -> Any:
    """A note that was left, and a concern that is not there any more."""
    from golddraht.conversations.operations.errands import begin_errand
    from golddraht.conversations.rules import Acts
    from golddraht.plumbing.clock import now
    from golddraht.team.models import Membership

    lea = Membership.objects.get(user__email="lea@heizwerk.example")
    acts = Acts(note="Bitte vor dem Winter klären.")
    return begin_errand(name="Notiz", conversation_ids=[concern.pk], acts=acts, by=lea.pk, token="furnished", at=now())


def _domain(tenant_id: int) -> Any:
    """A domain with something good, something to mend, and a key that waits for its record."""
    from golddraht.channels.carriers.dns import look_at_domain
    from golddraht.channels.mail.signing import Algorithm
    from golddraht.channels.operations.domains import add_domain
    from golddraht.channels.operations.sealing import make_key
    from golddraht.plumbing.clock import now
    from tests.names import World

    domain = add_domain(domain="heizwerk.example", at=now())
    make_key(mail_domain_id=domain.pk, algorithm=Algorithm.RSA, at=now())
    world = World({("heizwerk.example", "MX"): ["10 mx.heizwerk.example"]})
    look_at_domain(tenant_id=tenant_id, mail_domain_id=domain.pk, at=now(), within=world.within)
    return domain


def _satisfaction(tenant_id: int) -> str:
    """Somebody who was asked how it was and has not answered."""
    from golddraht.conversations.models import Solution
    from golddraht.improvement.models import Satisfaction
    from golddraht.improvement.queries import SURVEY
    from golddraht.plumbing.clock import now
    from golddraht.plumbing.links import token_for

    solution = Solution.objects.select_related("conversation").order_by("pk")[0]
    told = {"conversation": solution.conversation, "customer_id": solution.conversation.customer_id}
    asked, _ = Satisfaction.objects.get_or_create(
        solution=solution, defaults=told | {"looked_at": now(), "asked_at": now()}
    )
    return token_for(SURVEY, tenant_id=tenant_id, id_=asked.pk)


def _invitation() -> Any:
    """Somebody who was asked to join and has not come yet."""
    from golddraht.plumbing.clock import now
    from golddraht.team.operations import open_invitation
    from golddraht.team.rules import Role

    told: dict[str, Any] = {"languages": ("de",), "skills": (), "goodwill_cents": 0}
    return open_invitation(email="uwe@heizwerk.example", name="Uwe Ulm", role=Role.AGENT, at=now(), **told)


def _somebody_without_a_password(tenant_id: int) -> str:
    """The token of the link with which they choose one."""
    from golddraht.team.operations import close_password, invite
    from golddraht.team.rules import Role

    somebody = invite(tenant_id=tenant_id, email="gerd@heizwerk.example", name="Gerd Gross", role=Role.AGENT)
    return close_password(user_id=somebody.user_id)


def _promise_in_danger() -> Any:
    """A delivery or visit to come whose customer can choose another way."""
    from golddraht.plumbing.clock import now
    from golddraht.promises.models import Promise
    from golddraht.promises.operations import endanger

    at = now()
    open_ones = Promise.objects.filter(state="OPEN", kind__in=["DELIVERY", "VISIT"], due_at__gt=at).order_by("pk")
    known = open_ones.exclude(endangered_at=None).first()
    return known or endanger(promise_id=open_ones[0].pk, why="Der Wagen ist liegen geblieben.", by=None, at=at)


def _escalation(concern: Any) -> Any:
    """A missed moment that nobody has taken yet."""
    from golddraht.conversations.models import Escalation
    from golddraht.plumbing.clock import now
    from golddraht.team.models import Membership

    known = Escalation.objects.filter(taken_at=None).order_by("pk").first()
    lea = Membership.objects.get(user__email="lea@heizwerk.example")
    return known or Escalation.objects.create(conversation=concern, missed_at=now(), lead=lea, at=now())


def _disturbance() -> Any:
    """A tour that is cancelled, far from every promise of the demo."""
    from golddraht.plumbing.clock import now
    from golddraht.promises.models import Disturbance
    from golddraht.promises.operations import announce_disturbance
    from golddraht.team.models import Membership

    if known := Disturbance.objects.order_by("pk").last():
        return known
    at, lea = now(), Membership.objects.get(user__email="lea@heizwerk.example")
    return announce_disturbance(
        words="Die Tour fällt aus.",
        tour="Tour 99",
        starts_at=at + timedelta(days=300),
        ends_at=at + timedelta(days=301),
        by=lea.pk,
        at=at,
    )


if __name__ == "__main__":
    main()
