"""What came with a message: its files, its own layout, its source."""

from __future__ import annotations

import base64
import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from golddraht.channels.queries import NoSource, source_of
from golddraht.conversations.queries.enclosing import MailBody, StoredFile, body_of, file_for
from golddraht.pages.conversation.readable import Readable, looked_at, most_of, readable_as
from golddraht.pages.doors import Visit, workspace
from golddraht.plumbing.files import PICTURES, file_answer, harmless_type

CONTENT_ID = re.compile(r'src="cid:([^"]+)"')
POLICY = "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'"
"""A stranger's layout may show its own pictures and nothing else: no script, no form, no request to anybody."""
POLICY_WITH_PICTURES = "sandbox; default-src 'none'; img-src 'self' data: https:; style-src 'unsafe-inline'"
"""Somebody asked for the pictures that lie elsewhere: whoever keeps them may learn that the mail was looked at."""
REMOTE_PICTURE = re.compile(r'data-remote-src="(https://[^"]*)"')
LARGEST_PICTURE = 3_000_000
PDF = "application/pdf"
POLICY_OF_PAGES = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""A PDF is drawn by the browser's own viewer, which keeps what is in it apart from our pages, and which no browser runs in a sandbox."""


@workspace()
def attachment(request: Visit, attachment_id: int) -> HttpResponse:
    """A file, as a download."""
    file = file_for(viewer=request.viewer, attachment_id=attachment_id)
    request.seen.append(("customers_customer", file.customer_id))
    return file_answer(file.stored_as, filename=file.name, content_type=harmless_type(file.content_type))


@xframe_options_sameorigin
@workspace()
def attachment_pages(request: Visit, attachment_id: int) -> HttpResponse:
    """A PDF, or a file of words, in a frame beside the words; anything else that calls itself so is only a download."""
    file = file_for(viewer=request.viewer, attachment_id=attachment_id)
    request.seen.append(("customers_customer", file.customer_id))
    kind = readable_as(file.content_type, file.name)
    return _words(request, file, kind) if kind else _pages(file)


def _words(request: Visit, file: StoredFile, kind: Readable) -> HttpResponse:
    """Text, a table or a mail, written out by us: nothing in it is ever run, followed or fetched."""
    with default_storage.open(file.stored_as) as stored:
        looked = looked_at(stored.read(most_of(kind) + 1), kind)
    response = render(request, "conversation/file.html", {"name": file.name, "looked": looked})
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _pages(file: StoredFile) -> HttpResponse:
    is_pdf = file.content_type == PDF and _begins_with(file, b"%PDF-")
    answer = file_answer(
        file.stored_as, filename=file.name, content_type=PDF if is_pdf else harmless_type(""), inline=is_pdf
    )
    if is_pdf:
        answer["Content-Security-Policy"] = POLICY_OF_PAGES
    return answer


def _begins_with(file: StoredFile, sign: bytes) -> bool:
    with default_storage.open(file.stored_as) as stored:
        return bool(stored.read(len(sign)) == sign)


@xframe_options_sameorigin
@workspace()
def message_html(request: Visit, message_id: int) -> HttpResponse:
    """A mail as its sender laid it out, shut in; with `?pictures=all` also those that are fetched from elsewhere."""
    body = body_of(viewer=request.viewer, message_id=message_id)
    request.seen.append(("customers_customer", body.customer_id))
    is_open = request.GET.get("pictures") == "all"
    html = _with_pictures(body)
    shown = REMOTE_PICTURE.sub(r'src="\1" referrerpolicy="no-referrer"', html) if is_open else html
    response = render(request, "conversation/mail.html", {"subject": body.subject, "body": shown})
    response["Content-Security-Policy"] = POLICY_WITH_PICTURES if is_open else POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    return response


def hides_pictures(html: str) -> bool:
    """Whether pictures lie elsewhere that are fetched only when somebody asks."""
    return REMOTE_PICTURE.search(html) is not None


def _with_pictures(body: MailBody) -> str:
    """The pictures that came inside the mail, written into it: a sandboxed page sends no cookie to fetch them with."""

    def own(match: re.Match[str]) -> str:
        file = body.shown_files.get(match[1].strip("<>"))
        return f'src="{_as_data(file)}"' if file is not None and file.content_type in PICTURES else ""

    return CONTENT_ID.sub(own, body.html)


def _as_data(file: StoredFile) -> str:
    with default_storage.open(file.stored_as) as stored:
        content = stored.read(LARGEST_PICTURE + 1)
    if len(content) > LARGEST_PICTURE:
        return "data:,"
    return f"data:{file.content_type};base64,{base64.b64encode(content).decode()}"


@workspace()
def message_source(request: Visit, message_id: int) -> HttpResponse:
    """The mail exactly as it came, to save."""
    try:
        content = source_of(viewer=request.viewer, message_id=message_id)
    except NoSource:
        raise Http404 from None
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="message-{message_id}.eml.txt"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
