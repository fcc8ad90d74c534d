"""The logo of a company: put up, taken down, put back, and gone when two more have come."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from golddraht.plumbing.audit import Asked, trail
from golddraht.team.models import Logo
from golddraht.team.operations import LogoRefused, put_back_logo, put_up_logo, take_down_logo
from golddraht.team.queries.dressing import logo_before, logo_here
from tests.cast import MONDAY_MORNING, Company, a_company

PICTURES = Path(__file__).parents[1] / "rules" / "ground" / "pictures"
ROUND, OPAQUE, PHOTO = ((PICTURES / name).read_bytes() for name in ("round.png", "opaque.webp", "round.jpg"))
MINUTE = timedelta(minutes=1)


@pytest.fixture
def now() -> datetime:
    return MONDAY_MORNING


def put_up(company: Company, content: bytes, at: datetime) -> Logo:
    return put_up_logo(content=content, says_name=False, by=company.ada.pk, at=at)


def test_the_latest_is_shown_and_the_one_before_is_kept(company: Company, now: datetime) -> None:
    first = put_up(company, ROUND, now)
    second = put_up(company, OPAQUE, now + MINUTE)
    third = put_up(company, PHOTO, now + 2 * MINUTE)

    assert (logo_here(), logo_before()) == (third, second)
    assert not Logo.objects.filter(pk=first.pk).exists() and not default_storage.exists(str(first.file.name))
    assert default_storage.exists(str(second.file.name))


def test_what_was_replaced_comes_back_and_goes_again(company: Company, now: datetime) -> None:
    first, second = put_up(company, ROUND, now), put_up(company, OPAQUE, now + MINUTE)

    assert put_back_logo(at=now + 2 * MINUTE) == first == logo_here()
    assert put_back_logo(at=now + 3 * MINUTE) == second == logo_here()


def test_what_was_taken_down_comes_back(company: Company, now: datetime) -> None:
    assert put_back_logo(at=now) is None
    older, logo = put_up(company, OPAQUE, now - MINUTE), put_up(company, ROUND, now)
    take_down_logo(at=now + MINUTE)
    take_down_logo(at=now + 2 * MINUTE)

    assert logo_here() is None and not default_storage.exists(str(older.file.name))
    assert put_back_logo(at=now + 3 * MINUTE) == logo == logo_here()
    assert logo_before() is None


def test_the_file_holds_the_picture_alone(company: Company, now: datetime) -> None:
    logo = put_up(company, ROUND + b"Frau Moser wohnt hier", now)
    with default_storage.open(str(logo.file.name)) as file:
        assert b"Moser" not in file.read()
    assert str(logo.file.name).startswith(f"{company.tenant.pk}/")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"GIF89a", "PNG"),
        (ROUND[:60], "damaged|beschädigt"),
        (b"\0" * 500_001, "500 kB"),
    ],
    ids=["a drawing", "another kind", "a damaged one", "a large one"],
)
def test_what_cannot_be_shown_is_refused_with_a_reason(
    company: Company, now: datetime, content: bytes, words: str
) -> None:
    with pytest.raises(LogoRefused, match=words):
        put_up(company, content, now)
    assert logo_here() is None


def test_a_change_leaves_a_line_in_the_trail(company: Company, now: datetime) -> None:
    put_up(company, ROUND, now)
    take_down_logo(at=now + MINUTE)
    assert [line.verb for line in trail(Asked(subject="team_logo"))] == ["update", "insert"]


def test_the_database_shows_one_alone(company: Company, now: datetime) -> None:
    logo = put_up(company, ROUND, now)
    logo.pk = None
    with pytest.raises(IntegrityError, match="one_logo_of_a_company"), transaction.atomic():
        logo.save(force_insert=True)


def test_two_at_once_leave_one(committed: None, now: datetime) -> None:
    company = a_company()
    refused: list[BaseException] = []

    def act(content: bytes) -> None:
        try:
            with company.seen():
                put_up(company, content, now)
        except BaseException as error:  # Told to the test.
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(content,)) for content in (ROUND, OPAQUE, PHOTO)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with company.seen():
        assert not refused and Logo.objects.count() == 2 and Logo.objects.filter(ended_at=None).count() == 1
