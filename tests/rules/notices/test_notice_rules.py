"""Sealing after the RFC's own example, and quiet hours around the clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as some

from golddraht.notices.rules import BadKey, Quiet, Vapid, may_tell_at, pause_after, sealed_for
from golddraht.notices.rules.sealing import decoded, encoded, point, stranger
from tests.journeys.push_service import Browser

ZONES = ("Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Auckland", "UTC")
QUIET = some.builds(Quiet, some.times(), some.times(), some.sampled_from(ZONES))
MOMENTS = some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=some.just(UTC))  # noqa: DTZ001  # The zone is given beside.


def test_the_example_of_rfc_8291_comes_out_byte_for_byte() -> None:
    private = int.from_bytes(decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")

    sealed = sealed_for(
        b"When I grow up, I want to be a watermelon",
        device=decoded("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        secret=decoded("BTBZMqHH6r4Tts7J_aSIgg"),
        ephemeral=ec.derive_private_key(private, ec.SECP256R1()),
        salt=decoded("DGv6ra1nlYgDCS1FRnbzlw"),
    )

    assert encoded(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@given(some.binary(max_size=3000))
def test_what_is_sealed_is_opened_by_that_browser_alone(words: bytes) -> None:
    browser, other = Browser(), Browser()
    sealed = sealed_for(
        words,
        device=point(browser.private.public_key()),
        secret=browser.secret,
        ephemeral=stranger(),
        salt=bytes(range(16)),
    )
    assert browser.opened(sealed) == words
    assert len(sealed) <= 4096
    with pytest.raises(InvalidTag):
        other.opened(sealed)


@pytest.mark.parametrize(("device", "secret"), [(b"", bytes(16)), (b"\x04" + bytes(64), bytes(16)), (b"", b"")])
def test_keys_of_nobody_are_refused(device: bytes, secret: bytes) -> None:
    with pytest.raises(BadKey):
        sealed_for(b"", device=device, secret=secret, ephemeral=stranger(), salt=bytes(16))


@given(some.binary(min_size=64, max_size=64))
def test_the_same_bytes_give_the_same_key(content: bytes) -> None:
    assert Vapid.from_bytes(content).public == Vapid.from_bytes(content).public


@given(QUIET, MOMENTS)
def test_nothing_is_told_in_quiet_hours_and_nothing_is_put_off_for_more_than_a_day(quiet: Quiet, at: datetime) -> None:
    told_at = may_tell_at(quiet, at)
    assert at <= told_at <= at + timedelta(hours=25)
    assert not quiet.holds(told_at)
    assert (told_at == at) is not quiet.holds(at)
    assert may_tell_at(quiet, told_at) == told_at


def test_a_night_ends_in_the_morning_of_the_device() -> None:
    night = Quiet(time(20), time(7), "Europe/Berlin")
    assert may_tell_at(night, datetime(2026, 11, 16, 22, 0, tzinfo=UTC)) == datetime(2026, 11, 17, 6, 0, tzinfo=UTC)
    assert may_tell_at(night, datetime(2026, 11, 17, 3, 0, tzinfo=UTC)) == datetime(2026, 11, 17, 6, 0, tzinfo=UTC)
    assert may_tell_at(None, datetime(2026, 11, 17, 3, 0, tzinfo=UTC)) == datetime(2026, 11, 17, 3, 0, tzinfo=UTC)


def test_the_pauses_grow_and_stay_long() -> None:
    pauses = [pause_after(failures) for failures in range(1, 12)]
    assert pauses == sorted(pauses)
