"""Keys for sealed mail. A private key goes in and never comes out: what is told of it is its fingerprint, address and end."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.problems import Problem
from golddraht.api.shapes.fields import IdInPath, example
from golddraht.channels.mail.key_files import MAX_FILE
from golddraht.channels.operations import keys as keeping
from golddraht.channels.queries.keys import KeyLine, known_keys, own_keys, sealed_count
from golddraht.team.rules import Act, Area

router = Router(tags=["keys"], auth=Token(Area.TEAM))
Whose = Literal["own", "known"]
SHOWN: dict[str, Any] = {
    "id": 2,
    "method": "PGP",
    "whose": "service@heizwerk.example",
    "name": "Heizwerk Kundendienst",
    "fingerprint": "1A2B 3C4D 5E6F 7A8B",
    "valid_until": "2028-03-01T00:00:00Z",
    "added_at": "2026-11-16T09:00:00Z",
    "added_by": "Ada Dorn",
    "state": "good",
}
PUBLIC = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n…\n-----END PGP PUBLIC KEY BLOCK-----"


class KeyOut(Schema):
    """A key; `state` is good, week, day, ended or retired, and `whose` is empty for an authority."""

    id: int
    method: str
    whose: str
    name: str
    fingerprint: str
    valid_until: datetime | None
    added_at: datetime
    added_by: str
    state: str


class Keys(Schema):
    """`own` open what is encrypted to us, `known` are those whose signatures count; so many mails are `still_closed`."""

    own: list[KeyOut]
    known: list[KeyOut]
    still_closed: int
    model_config = example(own=[SHOWN], known=[], still_closed=0)


class OwnKeyIn(Schema):
    """What begins with -----BEGIN, with the password it was exported with, if there is one."""

    key: Annotated[str, Field(min_length=1, max_length=MAX_FILE)]
    password: Annotated[str, Field(max_length=1_000)] = ""
    model_config = example(key="-----BEGIN PGP PRIVATE KEY BLOCK-----\n…\n-----END PGP PRIVATE KEY BLOCK-----")


class KnownKeyIn(Schema):
    """What begins with -----BEGIN. With `address` it counts for that one alone."""

    key: Annotated[str, Field(min_length=1, max_length=MAX_FILE)]
    address: Annotated[str, Field(max_length=254)] = ""
    model_config = example(key=PUBLIC, address="petra@kundin.example")


class LookedAgain(Schema):
    """So many mails that are closed, or signed by strangers, are read once more."""

    wanted: int
    model_config = example(wanted=3)


def _all(visitor: Visitor) -> Keys:
    return Keys(
        own=[_shown(one) for one in own_keys(viewer=visitor.viewer, at=visitor.at)],
        known=[_shown(one) for one in known_keys(viewer=visitor.viewer, at=visitor.at)],
        still_closed=sealed_count(viewer=visitor.viewer).closed,
    )


def _shown(line: KeyLine) -> KeyOut:
    return KeyOut(**{name: getattr(line, name) for name in KeyOut.model_fields})


@router.get("", response=Keys)
def list_keys(request: HttpRequest) -> Keys:
    """All keys, those in service first."""
    with reading(request) as visitor:
        visitor.must(Act.CONFIGURE)
        return _all(visitor)


@router.post("/own", response={201: Keys})
def add_own(request: HttpRequest, told: OwnKeyIn) -> HttpResponse:
    """From now on what is encrypted to it is opened, and what came before, too."""

    def act(visitor: Visitor) -> tuple[int, Keys]:
        visitor.must(Act.CONFIGURE)
        keeping.add_own_key(written=told.key.encode(), password=told.password, by=visitor.me, at=visitor.at)
        return 201, _all(visitor)

    return writing(request, act)


@router.post("/known", response={201: Keys})
def add_known(request: HttpRequest, told: KnownKeyIn) -> HttpResponse:
    """From now on these signatures are checked, and count."""

    def act(visitor: Visitor) -> tuple[int, Keys]:
        visitor.must(Act.CONFIGURE)
        keeping.add_known_keys(written=told.key.encode(), address=told.address, by=visitor.me, at=visitor.at)
        return 201, _all(visitor)

    return writing(request, act)


@router.post("/{whose}/{key_id}/retire", response=Keys)
def retire(request: HttpRequest, whose: Whose, key_id: IdInPath) -> HttpResponse:
    """Out of service: one of ours still opens old mail, the signature of another counts no more."""

    def act(visitor: Visitor) -> None:
        change = keeping.retire_own_key if whose == "own" else keeping.retire_known_key
        change(key_id=key_id, at=visitor.at)

    return _changed(request, whose, key_id, act)


@router.post("/{whose}/{key_id}/restore", response=Keys)
def restore(request: HttpRequest, whose: Whose, key_id: IdInPath) -> HttpResponse:
    """In service again."""

    def act(visitor: Visitor) -> None:
        if whose == "own":
            keeping.restore_own_key(key_id=key_id)
        else:
            keeping.restore_known_key(key_id=key_id, at=visitor.at)

    return _changed(request, whose, key_id, act)


@router.delete("/{whose}/{key_id}", response=Keys)
def remove(request: HttpRequest, whose: Whose, key_id: IdInPath) -> HttpResponse:
    """Forgotten. What was opened with it stays readable."""

    def act(visitor: Visitor) -> None:
        forget = keeping.remove_own_key if whose == "own" else keeping.remove_known_key
        forget(key_id=key_id)

    return _changed(request, whose, key_id, act)


def _changed(request: HttpRequest, whose: Whose, key_id: int, change: Any) -> HttpResponse:
    def act(visitor: Visitor) -> tuple[int, Keys]:
        visitor.must(Act.CONFIGURE)
        listed = own_keys if whose == "own" else known_keys
        if key_id not in {line.id for line in listed(viewer=visitor.viewer, at=visitor.at)}:
            raise Problem(404, "no-such-key", "There is no such key.")
        change(visitor)
        return 200, _all(visitor)

    return writing(request, act)


@router.post("/look-again", response=LookedAgain)
def look_again(request: HttpRequest) -> HttpResponse:
    """Everything that is still closed, or signed by strangers, is read once more."""

    def act(visitor: Visitor) -> tuple[int, LookedAgain]:
        visitor.must(Act.CONFIGURE)
        return 200, LookedAgain(wanted=keeping.want_all_again(at=visitor.at))

    return writing(request, act)
