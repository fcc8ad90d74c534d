"""Whoever is erased is gone from every store, and nobody else is: tried with a word that stands in all of them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from golddraht.conversations import operations as care
from golddraht.conversations.models import Conversation, Errand, Message
from golddraht.customers.models.belonging import Household
from golddraht.house.moving.writing import export_tenant
from golddraht.imports.models import Import, ImportSource
from golddraht.plumbing import ledger
from golddraht.plumbing.logs import JsonLines
from golddraht.plumbing.models import Tenant
from golddraht.privacy.catalogue import TABLES
from golddraht.privacy.catalogue.forms import Fate
from golddraht.privacy.models import Erasure
from golddraht.privacy.operations import approve_erasure, ask_erasure, carry_out
from golddraht.programs.models import Webhook
from golddraht.search.operations import read_some
from golddraht.telephone.models import Extension
from tests.cast import MONDAY_MORNING, Company, a_company
from tests.house.canary import NOW, Canary, said_in, stores_with
from tests.mails import BJOERN, a_mail, a_mailbox, arrives

GOING = "canarygoes7f3a"
STAYING = "canarystays91c"


@pytest.fixture
def aviary(committed: None, tmp_path: Path, settings: Any) -> Iterator[tuple[Company, Canary, Canary]]:
    """Two canaries in one company, everywhere; a ledger of its own."""
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "e.ledger"), str(tmp_path / "e.key")
    company = a_company()
    going, staying = Canary(company, GOING), Canary(company, STAYING)
    with company.seen():
        _furnish(company)
        for canary in (going, staying):
            canary.sing()
            canary.speaks_to_programs()
        _speak_of_others(company, going, staying)
        read_some()
    yield company, going, staying
    for name in (*going.files, *staying.files):
        default_storage.delete(name)


def _furnish(company: Company) -> None:
    """What rows point at that belongs to nobody."""
    from golddraht.improvement.models import Problem
    from golddraht.knowledge.models import Article, OpenQuestion
    from golddraht.notices.models import Device

    a_mailbox()
    arrives(a_mail(from_=BJOERN, id_="bystander@kunde.example"))
    Household.objects.create(founded_at=NOW)
    source = ImportSource.objects.create(name="Shop", source="import:shop", opened_at=NOW)
    Import.objects.create(source=source, file_name="k.csv", size=1, kept_at=NOW, moved_at=NOW)
    Errand.objects.create(name="", token="t", by=company.nina, begun_at=NOW, moved_at=NOW)
    Webhook.objects.create(name="Shop", url="https://shop.example", news=[], secret="s", created_at=MONDAY_MORNING)
    Extension.objects.create(member=company.nina, number="11")
    Problem.objects.create(
        title="Pumpe",
        target_on=NOW.date(),
        description="",
        tag="",
        owner=company.nina,
        state="OPEN",
        created_at=MONDAY_MORNING,
        created_by=company.nina,
    )
    Article.objects.create(
        slug="a",
        owner=company.nina,
        audience="INTERNAL",
        state="DRAFT",
        tags=[],
        review_on=NOW.date(),
        created_at=MONDAY_MORNING,
        created_by=company.nina,
        changed_at=MONDAY_MORNING,
    )
    OpenQuestion.objects.create(
        words="Wie?",
        language="de",
        stems=[],
        key="wie",
        due_on=NOW.date(),
        owner=company.nina,
        state="OPEN",
        asked_at=MONDAY_MORNING,
        latest_at=MONDAY_MORNING,
    )
    Device.objects.create(
        member=company.nina,
        name="x",
        endpoint="https://push.example/1",
        public_key="k",
        secret="s",
        session="s",
        kinds=[],
        zone="Europe/Berlin",
        added_at=MONDAY_MORNING,
    )


def _speak_of_others(company: Company, going: Canary, staying: Canary) -> None:
    """The one who stays writes to us with the other one in copy, quotes them, and a colleague notes their address."""
    message = arrives(
        a_mail(
            from_=f"{staying.name} <{staying.address}>",
            id_="copy@mail.example",
            text=f"Wie {going.name} schon schrieb ({going.address}):\n\n> {going.name} schrieb: es wackelt\n",
            Cc=f"{going.name} <{going.address}>",
        )
    )
    care.add_note(
        conversation_id=message.conversation_id, by=company.nina.pk, text=f"Auch {going.address} fragen", at=NOW
    )
    # The one who goes answers in the other's concern.
    arrives(
        a_mail(
            from_=f"{going.name} <{going.address}>",
            id_="answer@mail.example",
            references=("copy@mail.example",),
            text=f"Ja, {GOING} auch.",
            subject="Re: Waschmaschine pumpt nicht ab",
        )
    )


def erase(company: Company, canary: Canary, *, tables: Any = TABLES, released: bool = True) -> int:
    with company.seen():
        erasure_id = ask_erasure(customer_id=canary.customer_id, by=company.lea.pk, at=NOW)
        numbers = list(Conversation.objects.values_list("number", flat=True)) if released else []
        approve_erasure(erasure_id=erasure_id, by=company.lea.pk, released=numbers, at=NOW)
    carry_out(tenant_id=company.tenant.pk, erasure_id=erasure_id, at=NOW, tables=tables)
    with company.seen():
        read_some()
    return erasure_id


def test_the_canary_is_in_every_table_that_erasing_reaches(aviary: tuple[Company, Canary, Canary]) -> None:
    """Otherwise finding nothing later would prove nothing."""
    company, going, _ = aviary
    with company.seen():
        reach = going.reach()
    missing = [table.label for table in TABLES if table.erasing.fate is Fate.GOES and not reach.gone[table.label]]
    assert set(missing) <= WITHOUT_A_ROW, going.refused
    assert {
        "customers_fact",
        "conversations_message",
        "channels_rawmail",
        "search_name",
        "procrastinate_jobs",
        "files",
    } <= set(stores_with(GOING))


WITHOUT_A_ROW = {"search.Unread", "procrastinate.ProcrastinateEvent", "procrastinate.ProcrastinatePeriodicDefer"}
"""Numbers only, made and taken away by triggers of the database."""


def test_whoever_is_erased_is_gone_from_every_store_and_nobody_else_is(
    aviary: tuple[Company, Canary, Canary], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    company, going, _ = aviary
    before = stores_with(STAYING)
    with caplog.at_level(logging.INFO):
        erasure_id = erase(company, going)
    assert stores_with(GOING) == {}
    after = stores_with(STAYING)
    assert {store: count for store, count in after.items() if before[store] != count} == {"channels_rawmail": 1}
    assert {*before} - {*after} <= {"team_rememberedanswer"}
    log = "\n".join(JsonLines().format(record) for record in caplog.records)
    assert GOING not in log
    export_tenant(Tenant.objects.get(pk=company.tenant.pk), tmp_path / "out.zip", at=NOW)
    assert said_in(tmp_path / "out.zip", GOING) == [] and said_in(tmp_path / "out.zip", STAYING)
    assert GOING.encode() not in ledger.ledger_file().read_bytes()
    with company.seen():
        assert Erasure.objects.get(pk=erasure_id).done_at == NOW


def test_the_concern_of_somebody_else_stays_and_says_that_something_stood_there(
    aviary: tuple[Company, Canary, Canary],
) -> None:
    company, going, staying = aviary
    erase(company, going)
    with company.seen():
        texts = list(Message.objects.order_by("pk").values_list("text", flat=True))
        assert any("[…] schon schrieb" in text for text in texts)
        assert "Was hier stand, wurde auf Wunsch der Person gelöscht, die es geschrieben hat." in texts
        assert Conversation.objects.filter(customer_id=staying.customer_id).exists()


@pytest.mark.parametrize(
    ("label", "table"),
    [
        ("procrastinate.ProcrastinateJob", "procrastinate_jobs"),
        ("programs.Occurrence", "programs_occurrence"),
        ("team.RememberedAnswer", "team_rememberedanswer"),
        ("channels.CaughtMail", "channels_caughtmail"),
        ("knowledge.OpenQuestion", "knowledge_openquestion"),
    ],
)
def test_a_table_that_is_left_out_is_found(aviary: tuple[Company, Canary, Canary], label: str, table: str) -> None:
    from golddraht.knowledge.models import OpenQuestion

    company, going, _ = aviary
    with company.seen():
        OpenQuestion.objects.update(words=f"Wo wohnt {going.address}?")
    erase(company, going, tables=tuple(one for one in TABLES if one.label != label))
    assert table in stores_with(GOING)


def test_whatever_breaks_off_goes_on_where_it_was(
    aviary: tuple[Company, Canary, Canary], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the ledger, after the rows, and between the files: the next one finishes it, and once more changes nothing."""
    company, going, _ = aviary
    with company.seen():
        erasure_id = ask_erasure(customer_id=going.customer_id, by=None, at=NOW)
        numbers = list(Conversation.objects.values_list("number", flat=True))
        approve_erasure(erasure_id=erasure_id, by=company.lea.pk, released=numbers, at=NOW)
    here = "golddraht.privacy.operations.erasing"
    for name in ("erase_rows", "redact_in", "finish"):
        with monkeypatch.context() as patch:
            patch.setattr(f"{here}.{name}", _killed)
            with pytest.raises(KeyboardInterrupt):
                carry_out(tenant_id=company.tenant.pk, erasure_id=erasure_id, at=NOW)
    for _ in range(2):
        assert carry_out(tenant_id=company.tenant.pk, erasure_id=erasure_id, at=NOW)
    with company.seen():
        read_some()
    assert stores_with(GOING) == {} and len(ledger.erasures()) == 1


def _killed(*args: object, **kwargs: object) -> None:
    raise KeyboardInterrupt


def test_what_the_law_keeps_is_sealed_and_nowhere_else(aviary: tuple[Company, Canary, Canary]) -> None:
    from golddraht.plumbing.secrets import opened_bytes
    from golddraht.privacy.models import Locked
    from golddraht.privacy.operations.locking import PURPOSE

    company, going, _ = aviary
    erase(company, going, released=False)
    assert stores_with(GOING) == {}
    with company.seen():
        kept = [json.loads(opened_bytes(bytes(one.content), purpose=PURPOSE)) for one in Locked.objects.all()]
    assert any(GOING in one["text"] for one in kept) and all(one["law"] for one in kept)
