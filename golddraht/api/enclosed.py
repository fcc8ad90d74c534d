"""What came with a message: its files, its own layout, its source."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from golddraht.api.door import Token, reading
from golddraht.api.shapes.fields import IdInPath
from golddraht.channels.queries import source_of
from golddraht.conversations.queries.enclosing import body_of, file_for
from golddraht.conversations.queries.finding import conversation_of_message
from golddraht.plumbing.files import file_answer, harmless_type
from golddraht.team.rules import Area

router = Router(tags=["enclosed"], auth=Token(Area.CONVERSATIONS))


def _answers_with(media_type: str, words: str) -> dict[str, object]:
    kept = {"schema": {"type": "string", "format": "binary"}}
    return {"responses": {200: {"description": words, "content": {media_type: kept}}}}


@router.get("/attachments/{attachment_id}", openapi_extra=_answers_with("application/octet-stream", "The file."))
def attachment(request: HttpRequest, attachment_id: IdInPath) -> HttpResponse:
    """A file as it came or went. Pictures have their own media type."""
    with reading(request) as visitor:
        file = file_for(viewer=visitor.viewer, attachment_id=attachment_id)
        visitor.sees_customer(file.customer_id)
        return file_answer(file.stored_as, filename=file.name, content_type=harmless_type(file.content_type))


@router.get("/messages/{message_id}/source", openapi_extra=_answers_with("message/rfc822", "The mail."))
def source(request: HttpRequest, message_id: IdInPath) -> HttpResponse:
    """The mail exactly as it came."""
    with reading(request) as visitor:
        content = source_of(viewer=visitor.viewer, message_id=message_id)
        visitor.sees_customer(conversation_of_message(viewer=visitor.viewer, message_id=message_id).customer_id)
        return _kept_shut(HttpResponse(content, content_type="message/rfc822"))


@router.get("/messages/{message_id}/html", openapi_extra=_answers_with("text/html", "Cleaned HTML."))
def html(request: HttpRequest, message_id: IdInPath) -> HttpResponse:
    """A mail as its sender laid it out, cleaned. Show it in a sandbox, as you would any stranger's page."""
    with reading(request) as visitor:
        body = body_of(viewer=visitor.viewer, message_id=message_id)
        visitor.sees_customer(body.customer_id)
        return _kept_shut(HttpResponse(body.html, content_type="text/html; charset=utf-8"))


def _kept_shut(response: HttpResponse) -> HttpResponse:
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
