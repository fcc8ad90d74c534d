"""The demo moves in beside a real company and out again, and the real one notices nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from golddraht.conversations.models import Conversation
from golddraht.house.demo import found_companies, move_in, waiting
from golddraht.house.demo.leaving import NotADemo, demo_companies, move_out
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import seeing
from golddraht.team.models import User
from golddraht.team.operations import invite
from golddraht.team.rules import Role
from tests import cast

AT = datetime(2026, 11, 18, 10, 20, tzinfo=UTC)


@pytest.fixture
def real(committed: None) -> Iterator[cast.Company]:
    """A real company with a concern and a file."""
    company = cast.a_company("echt", "Echt")
    with company.seen():
        cast.a_conversation()
    name = default_storage.save(f"{company.tenant.pk}/ab/cd", ContentFile(b"Rechnung"))
    yield company
    default_storage.delete(name)


def move_some_in(count: int) -> None:
    found_companies(at=AT)
    moving = move_in()
    list(islice(moving, count))
    moving.close()  # type: ignore[attr-defined]  # A generator has it.


def rows() -> dict[str, int]:
    """How many rows every table has, whatever company they belong to."""
    with seeing(*Tenant.objects.values_list("pk", flat=True)):
        return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def jobs_of(tenant_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'tenant_id' = %s", [str(tenant_id)])
        return int(cursor.fetchone()[0])


def test_a_demo_that_moves_out_leaves_the_house_as_it_was(real: cast.Company) -> None:
    before = rows()
    move_some_in(4)
    company = demo_companies()[0]
    default_storage.save(f"{company.pk}/ef/gh", ContentFile(b"Foto"))

    gone = [move_out(each) for each in demo_companies()]

    assert rows() == before
    assert gone[0].rows > 50 and gone[0].files == 2 and sum(each.people for each in gone) == 8
    assert not default_storage.exists(f"{company.pk}/ef/gh")
    assert default_storage.exists(f"{real.tenant.pk}/ab/cd")
    assert jobs_of(company.pk) == 0


def test_whoever_serves_the_demo_and_a_real_company_keeps_the_sign_in(real: cast.Company) -> None:
    move_some_in(0)
    invite(tenant_id=real.tenant.pk, email="ada@heizwerk.example", name="Ada Dorn", role=Role.ADMIN)

    for each in demo_companies():
        move_out(each)

    assert User.objects.filter(email="ada@heizwerk.example").exists()
    assert not User.objects.filter(email="tom@heizwerk.example").exists()


def test_a_real_company_cannot_be_moved_out(real: cast.Company) -> None:
    before = rows()
    with pytest.raises(NotADemo):
        move_out(real.tenant)
    assert rows() == before


def test_moving_in_goes_on_where_it_was_interrupted(committed: None) -> None:
    move_some_in(3)
    left = waiting()
    move_some_in(2)

    heizwerk = demo_companies()[0]
    assert waiting() == left - 2
    assert heizwerk.demo_whole - heizwerk.demo_left == 5
    with seeing(heizwerk.pk):
        played = Conversation.objects.order_by("number")
        assert played.count() == 5
        assert all(concern.number <= heizwerk.demo_whole for concern in played)
        assert [one.created_at for one in played] == sorted(one.created_at for one in played)
