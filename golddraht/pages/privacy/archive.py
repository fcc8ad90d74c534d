"""The archive: for whoever has the right alone; each opening asks what for, and is noted."""

from __future__ import annotations

import base64

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from golddraht.ground.numbers import spoken
from golddraht.ground.retention_law import Keeping
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import show_settings
from golddraht.pages.shown import size
from golddraht.plumbing import clock
from golddraht.privacy.catalogue.words import KEEPINGS
from golddraht.privacy.operations import ArchiveRefused, end_archive_right, give_archive_right, open_locked
from golddraht.privacy.queries import archive as sealed
from golddraht.privacy.queries.archive import LockedLine
from golddraht.team.queries import people
from golddraht.team.rules import Act

HERE = "privacy_archive"
AS_IT_CAME = 999
"""The place of a mail's own bytes among the files."""


@require_safe
@workspace()
def archive(request: Visit) -> HttpResponse:
    """What is in it, without opening anything. Whoever has not the right sees nothing of it; admins see who has."""
    viewer = request.viewer
    year, address = request.GET.get("year", ""), request.GET.get("address", "").strip()[:254]
    asked_year = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None
    may_open, manages = sealed.may_open_archive(viewer), viewer.may(Act.MANAGE_MEMBERS)
    lines = sealed.locked_lines(viewer=viewer, address=address, year=asked_year) if may_open else []
    groups = sealed.locked_groups(viewer=viewer) if may_open else []
    rights = sealed.archive_rights() if manages else []
    values = {
        "may_open": may_open,
        "groups": [{"title": KEEPINGS[Keeping(one.keeping)], "one": one} for one in groups],
        "lines": [_shown(one) for one in lines],
        "openings": [{"one": one, "title": KEEPINGS[Keeping(one.keeping)]} for one in sealed.openings()]
        if may_open or manages
        else [],
        "year": year if asked_year else "",
        "address": address,
        "manages": manages,
        "rights": rights,
        "people": [one for one in people() if one.id not in {right.member_id for right in rights}] if manages else [],
        "me": viewer.membership_id,
    }
    return show_settings(request, "privacy/archive.html", values, here=HERE)


def _shown(line: LockedLine) -> dict[str, object]:
    return {
        "one": line,
        "what": what_words(line.kind),
        "title": KEEPINGS[Keeping(line.keeping)],
        "number": spoken(line.number) if line.number else "",
        "size": size(line.size),
    }


def what_words(kind: str) -> str:
    """What one thing in the archive is."""
    return {"message": gettext("Letter"), "goodwill": gettext("Voucher"), "consent": gettext("Proof of a consent")}[
        kind
    ]


@require_POST
@workspace()
def open_one(request: Visit, locked_id: int) -> HttpResponse:
    slug, why = request.viewer.tenant_slug, request.POST.get("why", "")
    try:
        opening_id = open_locked(locked_id=locked_id, viewer=request.viewer, why=why, at=clock.now())
    except ArchiveRefused:
        messages.error(request, gettext("Please say what for: it stands in the audit trail."))
        return redirect(HERE, slug)
    return redirect("privacy_opened", slug, opening_id)


@require_safe
@workspace()
def opened(request: Visit, opening_id: int) -> HttpResponse:
    """What was opened a moment ago, for whoever opened it."""
    found = sealed.locked_opened(viewer=request.viewer, opening_id=opening_id, at=clock.now())
    request.seen.append(("privacy_locked", found.line.id))
    values = {
        "line": _shown(found.line),
        "told": found.told,
        "said_at": parse_datetime(found.told["at"]),
        "euros": f"{found.told.get('cents', 0) / 100:.2f}",
        "files": [{"place": place, "name": file["name"]} for place, file in enumerate(found.told.get("files", []))],
        "opening_id": opening_id,
        "raw_place": AS_IT_CAME,
        "why": found.why,
    }
    return show_settings(request, "privacy/opened.html", values, here=HERE)


@require_safe
@workspace()
def opened_file(request: Visit, opening_id: int, place: int) -> HttpResponse:
    """A file of it; the last place is the mail as it came."""
    found = sealed.locked_opened(viewer=request.viewer, opening_id=opening_id, at=clock.now())
    request.seen.append(("privacy_locked", found.line.id))
    files = found.told.get("files", [])
    if place == AS_IT_CAME and found.told.get("raw"):
        return _download(f"{found.line.id}.eml", found.told["raw"])
    if place >= len(files):
        raise Http404
    return _download(files[place]["name"], files[place]["content"])


def _download(name: str, content: str) -> HttpResponse:
    answer = HttpResponse(base64.b64decode(content), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
@workspace(Act.MANAGE_MEMBERS)
def change_right(request: Visit) -> HttpResponse:
    """Give or take the right to open the archive."""
    member = request.POST.get("member", "")
    if not member.isdecimal() or int(member) not in {one.id for one in people()}:
        raise Http404
    act = end_archive_right if request.POST.get("ends") == "1" else give_archive_right
    try:
        act(member_id=int(member), by=request.viewer.membership_id, at=clock.now())
    except ArchiveRefused:
        messages.error(
            request, gettext("Nobody lets themselves into the archive: another admin does, or the operator.")
        )
    else:
        messages.success(request, gettext("Noted."))
    return redirect(HERE, request.viewer.tenant_slug)
