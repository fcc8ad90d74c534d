"""Questions and rows whose SQL is written once: the same answers as Django gives, for whoever sees which tenants."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from golddraht.conversations.models import Conversation
from golddraht.conversations.rules import Status
from golddraht.customers.models import ContactPoint, Customer
from golddraht.customers.operations import meet_at
from golddraht.plumbing.asking import Asked, Change, Question
from golddraht.plumbing.models import Pause
from golddraht.plumbing.rows import added, added_once, all_added, changed
from golddraht.plumbing.tenancy import seeing
from golddraht.team.models import Membership
from tests.cast import MONDAY_MORNING, Company, a_company

POINT: Question[ContactPoint] = Question(
    lambda: ContactPoint.objects.select_related("customer").filter(address=Asked("address"))
)
NAMES: Question[str] = Question(
    lambda: Customer.objects.filter(name__among=Asked("names")).order_by("name").values_list("name", flat=True)
)
RENAME = Change(lambda: Customer.objects.filter(pk=Asked("pk")), name=Asked("name"), name_source="member")


def met(name: str) -> Customer:
    address = f"{name.lower()}@post.example"
    return meet_at(channel="EMAIL", address=address, shown=address, name=name, source="member", at=MONDAY_MORNING)


def test_a_question_gives_what_the_queryset_gives_in_one_statement(company: Company) -> None:
    valentina = met("Valentina")
    POINT.first(address="")

    with CaptureQueriesContext(connection) as asked:
        found = POINT.first(address="valentina@post.example")
        assert found is not None and found.customer == valentina and found.customer.name == "Valentina"

    assert len(asked) == 1
    assert found == ContactPoint.objects.get(address="valentina@post.example")
    assert not found._state.adding and not found.get_deferred_fields()


def test_lists_of_any_length_are_one_question(company: Company) -> None:
    for name in ("Anton", "Berta", "Cäsar"):
        met(name)

    assert NAMES.all(names=["Berta", "Anton"]) == ["Anton", "Berta"]
    assert NAMES.all(names=[]) == []
    assert NAMES.has_any(names=["Cäsar", "Dora", "Emil"])


def test_what_is_seen_is_decided_when_it_is_asked(committed: None) -> None:
    heizwerk, moebelhaus = a_company(), a_company(slug="moebelhaus")
    for company, name in ((heizwerk, "Anton"), (moebelhaus, "Berta")):
        with seeing(company.tenant.pk):
            met(name)

    both, seen = ["Anton", "Berta"], []
    for tenants in ((heizwerk.tenant.pk,), (moebelhaus.tenant.pk,), (heizwerk.tenant.pk, moebelhaus.tenant.pk), ()):
        with seeing(*tenants):
            seen.append(NAMES.all(names=both))

    assert seen == [["Anton"], ["Berta"], both, []]


def test_tables_without_walls_can_be_asked_before_anybody_is_seen(company: Company) -> None:
    standing: Question[int] = Question(lambda: Pause.objects.filter(ended_at=None).values_list("pk", flat=True))
    Pause.objects.create(since=MONDAY_MORNING, reason="Umzug")

    with seeing():
        assert standing.has_any()


def test_a_change_counts_its_rows(company: Company) -> None:
    anton = met("Anton")

    assert RENAME.make(pk=anton.pk, name="Antonia") == 1
    assert RENAME.make(pk=0, name="Niemand") == 0
    anton.refresh_from_db()
    assert anton.name == "Antonia"


def test_values_of_the_queryset_itself_stay(company: Company) -> None:
    older = Change(lambda: Membership.objects.filter(pk=Asked("pk")), goodwill_cents=F("goodwill_cents") + 5)
    before = company.nina.goodwill_cents

    older.make(pk=company.nina.pk)

    company.nina.refresh_from_db()
    assert company.nina.goodwill_cents == before + 5


def a_concern(company: Company, number: int) -> Conversation:
    return Conversation(
        number=number,
        customer=met(f"Kundin{number}"),
        subject="Herd",
        status=Status.OPEN,
        owner=company.nina,
        team=company.team,
        tags=["herd", "kalt"],
        touched_at=MONDAY_MORNING,
        next_touch_at=MONDAY_MORNING,
        latest_at=MONDAY_MORNING,
        created_at=MONDAY_MORNING,
    )


def test_an_added_row_is_what_create_would_have_made(company: Company) -> None:
    concern = added(a_concern(company, 7_001))

    stored = Conversation.objects.get(pk=concern.pk)
    fields = [field.attname for field in Conversation._meta.concrete_fields]
    assert {name: getattr(concern, name) for name in fields} == {name: getattr(stored, name) for name in fields}
    assert concern.owner_needed is True and not concern._state.adding


@pytest.mark.parametrize("count", [0, 1, 3, 21, 85])
def test_many_rows_keep_their_order(company: Company, count: int) -> None:
    rows = [Customer(name=f"{place}", name_source="member", known_since=MONDAY_MORNING) for place in range(count)]

    ids = [row.pk for row in all_added(rows)]

    assert ids == sorted(ids)
    assert [Customer.objects.get(pk=id_).name for id_ in ids] == [row.name for row in rows]


def test_a_taken_key_is_told_and_harms_nothing(company: Company) -> None:
    anton = met("Anton")
    point = ContactPoint.objects.get(customer=anton)
    point.pk = None

    assert added_once(point) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        added(point)
    assert met("Anton") == anton and Customer.objects.count() == 1


def test_only_the_named_fields_are_written(company: Company) -> None:
    concern = added(a_concern(company, 7_002))
    Conversation.objects.filter(pk=concern.pk).update(language="en")
    concern.subject, concern.tags = "Backofen", ["neu"]

    changed(concern, "subject", "tags", "owner")

    concern.refresh_from_db()
    assert (concern.subject, concern.tags, concern.language, concern.owner) == ("Backofen", ["neu"], "en", company.nina)
