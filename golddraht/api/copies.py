"""Copies of everything about a person who asked for it (Article 15 GDPR): asked for, looked after, fetched."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from golddraht.access.operations import note_fetched, take_request
from golddraht.access.queries import NoSuchCopy, copy_of_person
from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.copies import CopyIn, CopyOut
from golddraht.api.shapes.fields import IdInPath
from golddraht.customers.queries import customer_for
from golddraht.plumbing.files import file_answer
from golddraht.plumbing.tenancy import seeing
from golddraht.team.rules import Act, Area

router = Router(tags=["customers"], auth=Token(Area.CUSTOMERS))
ARCHIVE = {
    "responses": {
        200: {
            "description": "The archive: data.json with its schema, read-me.pdf, and the files.",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@router.post("/{customer_id}/copies", response={201: CopyOut})
def ask_for_copy(request: HttpRequest, customer_id: IdInPath, told: CopyIn) -> HttpResponse:
    """The person asked for it: a concern with the clock of the law, and the copy, which is made beside. For leads and admins."""

    def act(visitor: Visitor) -> tuple[int, CopyOut]:
        visitor.must(Act.HAND_OUT)
        person = customer_for(viewer=visitor.viewer, customer_id=customer_id)
        copy = take_request(customer_id=person.pk, words=told.words, by=visitor.me, at=visitor.at)
        return 201, CopyOut.of(copy_of_person(customer_id=person.pk, copy_id=copy.pk, at=visitor.at))

    return writing(request, act)


@router.get("/{customer_id}/copies/{copy_id}", response=CopyOut)
def read_copy(request: HttpRequest, customer_id: IdInPath, copy_id: IdInPath) -> CopyOut:
    """How far it is. It is kept for a week once it is ready."""
    with reading(request) as visitor:
        visitor.must(Act.HAND_OUT)
        person = customer_for(viewer=visitor.viewer, customer_id=customer_id)
        return CopyOut.of(copy_of_person(customer_id=person.pk, copy_id=copy_id, at=visitor.at))


@router.get("/{customer_id}/copies/{copy_id}/file", openapi_extra=ARCHIVE)
def fetch_copy(request: HttpRequest, customer_id: IdInPath, copy_id: IdInPath) -> HttpResponse:
    """The archive. Give it to the person alone. That it was fetched is noted."""
    with reading(request) as visitor:
        visitor.must(Act.HAND_OUT)
        person = customer_for(viewer=visitor.viewer, customer_id=customer_id)
        found = copy_of_person(customer_id=person.pk, copy_id=copy_id, at=visitor.at)
        if not found.is_ready:
            raise NoSuchCopy(copy_id)
        visitor.sees_customer(person.pk)
    with seeing(visitor.viewer.tenant_id, actor=visitor.me):
        note_fetched(copy_id=copy_id, at=visitor.at)
    name = f"{found.asked_at:%Y-%m-%d}-{customer_id}.zip"
    return file_answer(found.stored_as, filename=name, content_type="application/zip")
