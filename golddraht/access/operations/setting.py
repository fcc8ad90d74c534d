"""The readable part of a copy, set as a PDF that screen readers can follow (PDF/UA-1). Everything comes as values, nothing as markup."""

from __future__ import annotations

import json
from datetime import datetime
from importlib.resources import files
from typing import Any

import typst
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

Plain = dict[str, Any]
LONGEST = 20_000
"""Characters of one message that are set; the whole of it stands in data.json."""


def as_pdf(told: Plain, *, language: str) -> bytes:
    """A4 with contents, headings and page numbers, in fonts that come along."""
    said = json.dumps(_said(told, language), ensure_ascii=False)
    layout = files("golddraht.access").joinpath("copy.typ").read_bytes()
    wanted: dict[str, Any] = {"format": "pdf", "sys_inputs": {"told": said}, "ignore_system_fonts": True}
    try:
        return bytes(typst.compile(layout, pdf_standards=["ua-1"], **wanted))
    except typst.TypstError:
        # A sign that no font of ours has, such as an emoji: still tagged and readable, but without the seal of the standard.
        return bytes(typst.compile(layout, **wanted))


def _said(told: Plain, language: str) -> Plain:
    company = told["company"]["name"]
    return {
        "title": _("What %(company)s knows of you") % {"company": company},
        "company": company,
        "language": language,
        "contents": _("Contents"),
        "opening": _("Made on %(when)s. The same stands in data.json, complete and for machines.")
        % {"when": _moment(told["made_at"])},
        "parts": [
            {"title": _("What we know of you"), "rows": [_fact(one) for one in told["record"]]},
            {"title": _("How we reach you"), "rows": _ways(told)},
            *[_concern(one) for one in told["concerns"]],
            {"title": _("What else we promised you"), "rows": _promises(told)},
            {
                "title": _("What you allowed and refused"),
                "rows": [_act(one) for one in _rows(told, "consent.ConsentAct")],
            },
            {"title": _("Who is one person with you"), "rows": [_merge(one) for one in _rows(told, "customers.Merge")]},
            {"title": _("Who else has data of you"), "rows": [_recipient(one) for one in told["recipients"]]},
            {"title": _("What it is kept for, and how long"), "rows": [_purpose(one) for one in told["processing"]]},
            {"title": _("What is not in here"), "rows": [_row(one["what"], one["why"]) for one in told["withheld"]]},
            {"title": _("Your rights"), "rows": _rights()},
        ],
    }


def _rows(told: Plain, label: str) -> list[Plain]:
    return list(told["rows"].get(label, []))


def _row(term: Any, text: Any, small: str = "") -> Plain:
    return {"term": str(term or ""), "text": str(text or "")[:LONGEST], "small": small}


def _moment(said: str | None) -> str:
    if not said:
        return ""
    return date_format(timezone.localtime(datetime.fromisoformat(said)), "SHORT_DATETIME_FORMAT")


def _fact(one: Plain) -> Plain:
    state = _("holds") if one["holds"] else _("said, and no longer or not held to be true")
    if one["says_it_is_wrong"]:
        state = _("called wrong")
    return _row(one["attribute"], one["value"], f"{one['source']} · {_moment(one['said_at'])} · {state}")


def _ways(told: Plain) -> list[Plain]:
    """Those of today, then those that are theirs no longer."""
    former, words = [_way(one) for one in _rows(told, "customers.FormerWay")], _("no longer yours")
    gone = [one | {"small": f"{one['small']} · {words}"} for one in former]
    return [*(_way(one) for one in _rows(told, "customers.ContactPoint")), *gone]


def _way(one: Plain) -> Plain:
    return _row(one["channel"], one["shown"], f"{one['source']} · {_moment(one['first_seen_at'])}")


def _concern(one: Plain) -> Plain:
    rows = [_message(message) for message in one["messages"]]
    rows += [
        _row(_("Internal note"), note["text"], f"{note['author']} · {_moment(note['at'])}") for note in one["notes"]
    ]
    rows += [_promise(promise) for promise in one["promises"]]
    rows += [_row(_("How it was"), answer["words"], f"{answer['score'] or ''}") for answer in one["satisfaction"]]
    return {"title": f"{one['number']} {one['subject']}", "rows": rows}


def _message(one: Plain) -> Plain:
    who = {"you": _("You"), "us": one["author"] or _("Automatic")}.get(one["from"], one["author"])
    files_named = f" · {', '.join(one['files'])}" if one["files"] else ""
    return _row(who, one["text"], f"{_moment(one['at'])} · {one['channel']}{files_named}")


def _promise(one: Plain) -> Plain:
    return _row(_("Promise"), one["what"] or one["kind"], f"{_moment(one['due_at'])} · {one['state']}")


def _promises(told: Plain) -> list[Plain]:
    return [_promise(one) for one in _rows(told, "promises.Promise") if one["conversation"] is None]


def _act(one: Plain) -> Plain:
    return _row(one["kind"], " · ".join(filter(None, [one["purpose"], one["way"], one["words"]])), _moment(one["at"]))


def _merge(one: Plain) -> Plain:
    return _row(_moment(one["merged_at"]), ", ".join(one["reasons"]), _moment(one["undone_at"]))


def _recipient(one: Plain) -> Plain:
    return _row(one["name"], one["what"], "" if one["is_certain"] else _("may have read it"))


def _purpose(one: Plain) -> Plain:
    return _row(one["title"], one["purpose"], " · ".join([one["basis"], one["source"], *one["kept_for"]]))


def _rights() -> list[Plain]:
    return [
        _row(_("Correct"), _("On your own page, or write to us (Article 16 GDPR).")),
        _row(_("Erase and restrict"), _("Write to us, or use your own page (Articles 17 and 18 GDPR).")),
        _row(_("Object"), _("To advertising at any time and without reasons (Article 21 GDPR).")),
        _row(_("Complain"), _("At the data protection authority where you live or work (Article 77 GDPR).")),
        _row(_("Decided by machines"), _("Nothing about you is decided by a machine alone.")),
    ]
