"""The files of a customer's own messages, and of those to them, behind signed links."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from golddraht.conversations.queries.own_matter import OwnFile, own_file
from golddraht.pages.doors import signed
from golddraht.plumbing.files import file_answer, harmless_type
from golddraht.plumbing.links import token_for
from golddraht.plumbing.tenancy import current_tenant_id

PURPOSE = "attachment"
VALID_FOR = timedelta(days=7)
"""Shorter than the page that lists it: whoever may see the page gets a fresh link with every look."""


def url_of(file: OwnFile) -> str:
    return reverse("portal_file", args=[token_for(PURPOSE, tenant_id=current_tenant_id(), id_=file.id)])


@require_safe
@signed(PURPOSE, within=VALID_FOR)
def enclosed(request: HttpRequest, attachment_id: int) -> HttpResponse:
    """A file, as a download."""
    file = own_file(attachment_id)
    return file_answer(file.stored_as, filename=file.name, content_type=harmless_type(file.content_type))
