"""Tags: how often each is used, its colour and group; renaming, making one of two, taking out of use, and the way back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.conversations.operations.tags import (
    LONGEST,
    OddTag,
    TagRefused,
    describe_tag,
    retire_tag,
    undo_tag_change,
    unite_tags,
    use_tag_again,
)
from golddraht.conversations.queries.tags import TagLine, Union, tag_changes, tag_lines, tag_named, union_of
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.pages.undoing import done
from golddraht.plumbing import clock
from golddraht.team.rules import Act

HERE = "settings_tags"


def _colours() -> list[tuple[str, str]]:
    return [
        ("", gettext("none")),
        ("0", gettext("red")),
        ("1", gettext("orange")),
        ("3", gettext("yellow")),
        ("5", gettext("green")),
        ("7", gettext("light blue")),
        ("8", gettext("blue")),
        ("10", gettext("purple")),
        ("11", gettext("pink")),
    ]


class TagForm(forms.Form):
    description = forms.CharField(
        label=_("What does it mean?"), max_length=300, required=False, help_text=_("Shown where the tag stands.")
    )
    hue = forms.TypedChoiceField(label=_("Colour"), coerce=int, empty_value=None, required=False)
    group = forms.CharField(
        label=_("Group"),
        max_length=LONGEST,
        required=False,
        help_text=_("Tags of one group are added up among the reasons in the figures, for example “Delivery”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hue: Any = self.fields["hue"]
        hue.choices = _colours()


class UniteForm(forms.Form):
    old = forms.CharField(label=_("This tag"), max_length=LONGEST)
    new = forms.CharField(
        label=_("becomes"),
        max_length=LONGEST,
        help_text=_("A new name, or another tag: then the two become one."),
    )


def _url_of(viewer: Any, line: TagLine) -> str:
    return reverse("settings_tag", args=[viewer.tenant_slug]) + "?" + urlencode({"name": line.name})


@require_safe
@workspace(Act.SHAPE_WORK)
def list_tags(request: Visit) -> HttpResponse:
    lines = [{"tag": one, "url": _url_of(request.viewer, one)} for one in tag_lines(viewer=request.viewer)]
    values = {
        "lines": [one for one in lines if not one["tag"].is_retired],  # type: ignore[attr-defined]  # It is a TagLine.
        "retired": [one for one in lines if one["tag"].is_retired],  # type: ignore[attr-defined]  # As above.
        "changes": tag_changes(viewer=request.viewer),
    }
    return show_settings(request, "settings/tags.html", values, here=HERE)


@workspace(Act.SHAPE_WORK)
def change_tag(request: Visit) -> HttpResponse:
    """What one tag means; `name` stands in the address, because a tag may be used without being described."""
    if "name" not in request.GET:
        return redirect(HERE, request.viewer.tenant_slug)
    tag = tag_named(viewer=request.viewer, name=request.GET["name"].replace("\0", ""))
    known = {"description": tag.description, "hue": tag.hue, "group": tag.group}
    form = TagForm(request.POST or None, initial=known)
    if form.is_valid():
        describe_tag(name=tag.name, at=clock.now(), **form.cleaned_data)
        messages.success(request, gettext("Kept."))
        return redirect(HERE, request.viewer.tenant_slug)
    return show_settings(request, "settings/tag.html", {"form": form, "tag": tag}, here=HERE, status=status_of(form))


@workspace(Act.SHAPE_WORK)
def unite(request: Visit) -> HttpResponse:
    """What would happen is shown first."""
    form = UniteForm(request.POST or None, initial={"old": request.GET.get("name", "")[:LONGEST]})
    union = _union(request, form) if form.is_valid() else None
    if union is not None and "sure" in request.POST and _is_united(request, form, union):
        messages.success(request, gettext("Done. Below the list you can undo it."))
        return redirect(HERE, request.viewer.tenant_slug)
    values = {"form": form, "union": None if form.errors else union}
    return show_settings(request, "settings/unite_tags.html", values, here=HERE, status=status_of(form))


def _union(request: Visit, form: UniteForm) -> Union | None:
    old, new = (" ".join(form.cleaned_data[name].split()) for name in ("old", "new"))
    if all(one.name != old for one in tag_lines(viewer=request.viewer)):
        form.add_error("old", gettext("There is no such tag."))
        return None
    if old == new:
        form.add_error("new", words_of(OddTag.SAME))
        return None
    return union_of(viewer=request.viewer, old=old, new=new)


def _is_united(request: Visit, form: UniteForm, union: Union) -> bool:
    try:
        unite_tags(old=union.old, new=union.new, by=request.viewer.membership_id, at=clock.now())
    except TagRefused as refusal:
        form.add_error("new", words_of(refusal.reason))
        return False
    return True


def words_of(reason: OddTag) -> str:
    """Why a tag cannot be like that."""
    return {
        OddTag.NAME: gettext("Give it a name."),
        OddTag.SAME: gettext("These two are the same already."),
        OddTag.COLOUR: gettext("There is no such colour."),
        OddTag.LATER: gettext("Undo first what was done to it later."),
    }[reason]


@require_POST
@workspace(Act.SHAPE_WORK)
def retire(request: Visit) -> HttpResponse:
    """It is offered no longer, and stays where it stands."""
    tag = tag_named(viewer=request.viewer, name=request.POST.get("name", "").replace("\0", ""))
    retire_tag(name=tag.name, by=request.viewer.membership_id, at=clock.now())
    back = reverse("settings_use_tag", args=[request.viewer.tenant_slug])
    done(request, gettext("Taken out of use. Below the list you can bring it back."), undo_url=back, name=tag.name)
    return redirect(HERE, request.viewer.tenant_slug)


@require_POST
@workspace(Act.SHAPE_WORK)
def use_again(request: Visit) -> HttpResponse:
    tag = tag_named(viewer=request.viewer, name=request.POST.get("name", "").replace("\0", ""))
    use_tag_again(name=tag.name, at=clock.now())
    return redirect(HERE, request.viewer.tenant_slug)


@require_POST
@workspace(Act.SHAPE_WORK)
def undo(request: Visit, change_id: int) -> HttpResponse:
    """Two tags again, or the old name."""
    try:
        undo_tag_change(change_id=change_id, at=clock.now())
    except TagRefused as refusal:
        messages.error(request, words_of(refusal.reason))
    else:
        messages.success(request, gettext("Undone."))
    return redirect(HERE, request.viewer.tenant_slug)
