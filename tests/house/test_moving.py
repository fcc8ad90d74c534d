"""A company leaves as a file and arrives as it was, but for its ids and for what must not happen by itself."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from golddraht.channels.models import Delivery, Mailbox
from golddraht.conversations import operations as care
from golddraht.conversations.models import Attachment, Conversation, Message, Move
from golddraht.conversations.rules import LinkKind
from golddraht.house.moving.arriving import as_it_arrives
from golddraht.house.moving.catalogue import BELONGS_TO, NO_ROW, STAYS, _of_tenants, loose_numbers, relations, tables
from golddraht.house.moving.reading import ArchiveRefused, import_tenant
from golddraht.house.moving.writing import export_tenant
from golddraht.plumbing import clock
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.secrets import SecretField
from golddraht.plumbing.tenancy import seeing
from golddraht.promises import operations as promises
from golddraht.promises.rules import Kind
from golddraht.team.models import User
from golddraht.team.operations import create_api_token, plan_absence, raise_alarm
from golddraht.telephone.operations import report_call, set_extension
from golddraht.telephone.rules import Signal
from tests.cast import Company, a_conversation, bjoern
from tests.house.test_reach_across import _with_everything
from tests.mails import a_mailbox, arrives

GOING = {model._meta.label: model for model in tables()}


@pytest.fixture
def lived_in(company: Company) -> Company:
    """Heizwerk after a busy day."""
    at, nina = clock.now(), company.nina.pk
    mailbox = a_mailbox()
    concern = arrives(_with_everything(), mailbox=mailbox, at=at).conversation
    care.reply(conversation_id=concern.pk, author_id=nina, text="Gern.", at=at)
    other, further = a_conversation(at=at), a_conversation(customer=bjoern(at=at), at=at)
    care.merge(source_id=further.pk, target_id=other.pk, by=nina, at=at)
    care.link(earlier_id=concern.pk, later_id=other.pk, kind=LinkKind.RELATED, by=nina, at=at)
    care.add_note(conversation_id=concern.pk, by=nina, text="Zweimal klingeln", at=at)
    care.grant_goodwill(conversation_id=concern.pk, by=nina, cents=500, kind="CREDIT", reason="Kalt", at=at)
    promise = promises.make_promise(
        customer_id=concern.customer_id,
        conversation_id=concern.pk,
        owner_id=nina,
        kind=Kind.DELIVERY,
        what="Ofen",
        due_at=at + timedelta(days=2),
        by=nina,
        at=at,
    )
    promises.endanger(promise_id=promise.pk, why="Panne", by=nina, at=at)
    plan_absence(member_id=nina, deputy_id=company.tom.pk, starts_at=at, ends_at=at + timedelta(days=1))
    raise_alarm(kind="MAILBOX", subject="care", words="Es antwortet nicht.", at=at)
    set_extension(member_id=nina, number="23")
    report_call(call_id="1", signal=Signal.ENDED, number="0170 1234567", agent="23", at=at)
    create_api_token(name="Kasse", member_id=nina, may_write=True, at=at)
    return company


def exported(tenant: Tenant, folder: Path, name: str) -> Path:
    export_tenant(tenant, folder / name, at=clock.now())
    return folder / name


def lines(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in archive.read(name).splitlines()]


def canonical(file: Path, *, at: Any = None) -> dict[str, Any]:
    """The archive with every id replaced by its place in its table, and files by their checksums; at rest where `at` says when."""
    with zipfile.ZipFile(file) as archive:
        parts = json.loads(archive.read("manifest.json"))["parts"]
        rows = {label: lines(archive, f"tables/{label}.jsonl") for label in GOING}
        people = lines(archive, "people.jsonl")
        places = {label: {row["id"]: place for place, row in enumerate(of)} for label, of in rows.items()}
        places["team.User"] = {row["id"]: row["email"] for row in people}
        found = {label: [_row(label, row, places, parts, at) for row in of] for label, of in rows.items()}
        return found | {"company": lines(archive, "company.jsonl"), "people": sorted(row["email"] for row in people)}


def _row(label: str, row: dict[str, Any], places: dict[str, Any], parts: dict[str, Any], at: Any) -> dict[str, Any]:
    told = as_it_arrives(label, row, at) if at else row
    told = dict(told)
    told.pop("id")
    for field in relations(GOING[label]):
        told[field.attname] = places[field.related_model._meta.label].get(told[field.attname])
    for name, target in BELONGS_TO.get(label, {}).items():
        label_of = {model._meta.db_table: one for one, model in GOING.items()}
        known = places.get(label_of.get(row.get("subject", ""), "") if target == "*" else target, {})
        value = told[name]
        told[name] = [known.get(one, one) for one in value] if isinstance(value, list) else known.get(value, value)
    return {name: _checksum(value, parts) for name, value in told.items()}


def _checksum(value: Any, parts: dict[str, Any]) -> Any:
    return parts[value]["sha256"] if isinstance(value, str) and value.startswith("files/") else value


# What belongs to a company


def test_every_table_of_a_company_goes_along_or_says_why_it_stays() -> None:
    everything = {model._meta.label for model in _of_tenants()}
    assert everything == set(GOING) | set(STAYS)
    assert all(len(reason) > 7 for reason in STAYS.values())


def test_what_goes_along_points_only_at_what_goes_along() -> None:
    for label, model in GOING.items():
        for field in relations(model):
            target = field.related_model._meta.label
            assert target in GOING or target == "team.User", f"{label}.{field.name} points at {target}, which stays"


def test_every_number_that_names_a_row_is_known() -> None:
    for label, model in GOING.items():
        for name in loose_numbers(model):
            assert name in BELONGS_TO.get(label, {}) or f"{label}.{name}" in NO_ROW, (
                f"{label}.{name}: what does it name?"
            )


def test_what_is_nothing_without_its_secret_stays() -> None:
    for label, model in GOING.items():
        secrets = [field for field in model._meta.fields if isinstance(field, SecretField)]
        assert all(field.blank for field in secrets), f"{label} cannot be without {secrets}: name it in STAYS"


def test_whoever_is_pointed_at_comes_first() -> None:
    order = list(GOING)
    assert (
        order.index("team.Membership")
        < order.index("conversations.Conversation")
        < order.index("conversations.Message")
    )
    assert order[-1] == "plumbing.Trace"


# There and back


def test_a_company_arrives_as_it_left_but_for_its_ids(lived_in: Company, tmp_path: Path) -> None:
    at = clock.now()
    first = exported(lived_in.tenant, tmp_path, "first.zip")

    arrived = import_tenant(first, slug="heizwerk-neu", at=at)
    again = exported(Tenant.objects.get(slug="heizwerk-neu"), tmp_path, "again.zip")

    before, after = canonical(first, at=at), canonical(again)
    for label in before:
        assert after[label] == before[label], label
    filled = {label for label, rows in before.items() if rows}
    assert {
        "conversations.Move",
        "conversations.Attachment",
        "channels.RawMail",
        "promises.Option",
        "telephone.Call",
    } <= filled
    assert arrived.rows > 100 and arrived.files == 1


def test_numbers_files_and_what_moved_are_kept(lived_in: Company, tmp_path: Path) -> None:
    numbers = set(Conversation.objects.values_list("number", flat=True))
    import_tenant(exported(lived_in.tenant, tmp_path, "a.zip"), slug="neu", at=clock.now())

    with seeing(Tenant.objects.get(slug="neu").pk):
        assert set(Conversation.objects.values_list("number", flat=True)) == numbers
        with default_storage.open(Attachment.objects.get().file.name) as stored:
            assert stored.read() == b"%PDF-1.4"
        move = Move.objects.get()
        assert set(Message.objects.filter(pk__in=move.message_ids).values_list("conversation", flat=True)) == {
            move.target_id
        }
        care.undo_move(move_id=move.pk, by=None, at=clock.now())


def test_nothing_that_arrives_does_anything_by_itself(lived_in: Company, tmp_path: Path) -> None:
    import_tenant(exported(lived_in.tenant, tmp_path, "a.zip"), slug="neu", at=clock.now())

    with seeing(Tenant.objects.get(slug="neu").pk):
        assert not Mailbox.objects.filter(active=True).exists() and Mailbox.objects.exists()
        assert set(Delivery.objects.values_list("state", flat=True)) <= {"HELD", "ACCEPTED", "REFUSED", "UNKNOWN"}


def test_no_secret_leaves(lived_in: Company, tmp_path: Path) -> None:
    Mailbox.objects.update(imap_password="streng-geheim")
    ada = User.objects.get(email="ada@heizwerk.example")

    with zipfile.ZipFile(exported(lived_in.tenant, tmp_path, "a.zip")) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())

    for secret in (b"streng-geheim", b"g1:", ada.password.encode(), b"sha256$"):
        assert secret not in everything
    assert (tmp_path / "a.zip").stat().st_mode & 0o077 == 0


def test_another_company_stays_where_it_is(lived_in: Company, tmp_path: Path) -> None:
    from tests.cast import a_company

    other = a_company("moebelhaus", "Möbelhaus")
    with other.seen():
        a_conversation(subject="Geheimer Schrank")

    with zipfile.ZipFile(exported(lived_in.tenant, tmp_path, "a.zip")) as archive:
        assert all(b"Geheimer Schrank" not in archive.read(name) for name in archive.namelist())


def test_people_who_are_here_already_are_the_same_and_new_ones_cannot_sign_in_yet(
    lived_in: Company, tmp_path: Path
) -> None:
    file = exported(lived_in.tenant, tmp_path, "a.zip")
    User.objects.filter(email="nina@heizwerk.example").update(email="nina@fort.example")
    before = set(User.objects.values_list("pk", flat=True))

    import_tenant(file, slug="neu", at=clock.now())

    (new,) = User.objects.exclude(pk__in=before)
    assert new.email == "nina@heizwerk.example" and not new.has_usable_password()


# What cannot be read in


def test_a_trial_leaves_nothing(lived_in: Company, tmp_path: Path) -> None:
    file = exported(lived_in.tenant, tmp_path, "a.zip")

    tried = import_tenant(file, slug="neu", is_dry=True, at=clock.now())

    assert tried.rows > 100 and not Tenant.objects.filter(slug="neu").exists()


def test_an_import_that_breaks_off_leaves_nothing_and_can_be_begun_again(
    lived_in: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, stored = exported(lived_in.tenant, tmp_path, "a.zip"), set(_stored())

    def breaks(table: str) -> None:
        if table == "plumbing.Trace":
            raise RuntimeError("The power is gone.")

    with pytest.raises(RuntimeError), transaction.atomic():
        import_tenant(file, slug="neu", at=clock.now(), tell=breaks)

    assert not Tenant.objects.filter(slug="neu").exists() and set(_stored()) == stored
    assert import_tenant(file, slug="neu", at=clock.now()).rows > 100


def _stored() -> Iterator[str]:
    root = Path(default_storage.location)  # type: ignore[attr-defined]  # A folder in the tests.
    return (str(path) for path in root.rglob("*") if path.is_file())


def test_what_was_changed_is_no_archive_or_there_already_is_refused(lived_in: Company, tmp_path: Path) -> None:
    file = exported(lived_in.tenant, tmp_path, "a.zip")
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Waschmaschine", b"Kuehlschrank"))
    (tmp_path / "empty.zip").write_bytes(b"PK\x05\x06" + b"\0" * 18)

    for wrong, slug in ((changed, "neu"), (tmp_path / "empty.zip", "neu"), (file, "")):
        with pytest.raises(ArchiveRefused):
            import_tenant(wrong, slug=slug, at=clock.now())
    with pytest.raises(FileExistsError):
        export_tenant(lived_in.tenant, file, at=clock.now())
