"""Signing and resting: what a receiver can check, and that a pause never shrinks."""

from __future__ import annotations

import base64
import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from golddraht.programs.rules import PAUSES, headers_for, is_refused, is_success, pause_after, signature

# The example of the Standard Webhooks specification's own libraries: a secret, an id, a time, a body.
SECRET, ID, TIME, BODY = (
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    1614265330,
    '{"test": 2432232314}',
)
SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_it_is_signed_as_everybody_checks_it() -> None:
    assert signature(secret=SECRET, message_id=ID, timestamp=TIME, body=BODY) == SIGNED


@given(st.binary(min_size=24, max_size=64), st.text(), st.integers(0, 2**40))
def test_a_receiver_with_the_secret_can_check_any_body(key: bytes, body: str, at: int) -> None:
    secret = "whsec_" + base64.b64encode(key).decode()
    said = signature(secret=secret, message_id="evt_1", timestamp=at, body=body)
    wanted = hmac.new(key, f"evt_1.{at}.{body}".encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    assert base64.b64decode(said.removeprefix("v1,")) == wanted


def test_during_a_rotation_both_secrets_sign() -> None:
    headers = headers_for(secrets=[SECRET, "whsec_AAAA"], message_id=ID, timestamp=TIME, body=BODY)
    first, second = headers["webhook-signature"].split(" ")
    assert first == SIGNED and second.startswith("v1,") and second != first


@given(st.integers(1, 10_000))
def test_pauses_grow_and_never_shrink(failures: int) -> None:
    assert PAUSES[0] <= pause_after(failures) <= pause_after(failures + 1) <= PAUSES[-1]


def test_what_an_answer_means() -> None:
    assert [is_success(status) for status in (200, 204, 299, 301, 400, 500, None)] == [True] * 3 + [False] * 4
    assert [is_refused(status) for status in (400, 404, 422, 408, 429, 500, None)] == [True] * 3 + [False] * 4
