"""The companies that this one serves: founding one in two steps, and taking back one that was a mistake."""

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

from golddraht.ground.addresses import is_plausible_address
from golddraht.pages.brand import Sign, url_of_colours
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.pages.settings.states import state_name
from golddraht.pages.settings.teams import regions, words_of_hours
from golddraht.pages.undoing import done
from golddraht.plumbing import clock
from golddraht.plumbing.links import absolute, token_for
from golddraht.privacy.operations import take_back_empty_company
from golddraht.team.operations import ClientWish, FoundingRefused, found_client, open_client_again, refuse_founding
from golddraht.team.queries import current_tenant, initials_of
from golddraht.team.queries.companies import founded_companies, founded_company
from golddraht.team.rules import (
    INVITATION,
    INVITATION_LASTS,
    LONGEST_SLUG,
    Act,
    UnreadableHours,
    colour_of,
    hours_as_text,
    read_hours,
)

HERE = "settings_companies"
WORKDAYS = range(5)


class FoundingForm(forms.Form):
    """What a company needs before its first mailbox; all of it can be changed there later."""

    name = forms.CharField(label=_("Name of the company"), max_length=200, help_text=_("Its customers read it."))
    slug = forms.CharField(
        label=_("Short name"),
        max_length=LONGEST_SLUG,
        required=False,
        help_text=_("Stands in the addresses of its pages, such as heizwerk-graz. Left empty, it is made of the name."),
    )
    region = forms.ChoiceField(
        label=_("Country and state"), help_text=_("Whose law counts, and whose public holidays.")
    )
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("In which we write when a customer's language is not known.")
    )
    brand_colour = forms.CharField(
        label=_("Colour"),
        required=False,
        widget=forms.ColorInput,
        help_text=_("By which its customers know it, and you see for whom you speak. A logo can follow."),
    )
    team = forms.CharField(
        label=_("Its first team"), max_length=80, help_text=_("You lead it until somebody else does.")
    )
    hours = forms.CharField(
        label=_("Open from Monday to Friday"),
        max_length=80,
        help_text=_("For example 8–12, 13–17. Other days can be told later."),
    )
    mailbox = forms.CharField(
        label=_("To which address do its customers write?"),
        max_length=254,
        required=False,
        help_text=_("The next step sets this mailbox up."),
    )
    admin_name = forms.CharField(
        label=_("Its first admin besides you"),
        max_length=120,
        required=False,
        help_text=_("Somebody of the company, or a colleague. They get a link of their own."),
    )
    admin_email = forms.CharField(label=_("Their e-mail"), max_length=254, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["language"].choices = languages()
        fields["region"].choices = regions()

    def clean_hours(self) -> str:
        try:
            read_hours(self.cleaned_data["hours"])
        except UnreadableHours as unreadable:
            raise forms.ValidationError(words_of_hours(unreadable)) from None
        return str(self.cleaned_data["hours"])

    def clean_mailbox(self) -> str:
        return _plausible(self.cleaned_data["mailbox"])

    def clean_admin_email(self) -> str:
        return _plausible(self.cleaned_data["admin_email"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("admin_name") and not cleaned.get("admin_email") and "admin_email" not in self.errors:
            self.add_error("admin_email", gettext("Give an address, so that there is somebody to invite."))
        return cleaned

    @property
    def wish(self) -> ClientWish:
        told = self.cleaned_data
        country, _, state = told["region"].partition("-")
        same = ("name", "slug", "language", "brand_colour", "team", "admin_name", "admin_email")
        spans = read_hours(told["hours"])
        hours = [(day, opens, closes) for day in WORKDAYS for opens, closes in spans]
        return ClientWish(**{one: told[one] for one in same}, country=country, state=state, hours=hours)


def languages() -> list[tuple[str, str]]:
    return [("de", gettext("German")), ("en", gettext("English"))]


def _plausible(typed: str) -> str:
    address = typed.strip()
    if address and not is_plausible_address(address):
        raise forms.ValidationError(gettext("This is not an e-mail address."))
    return address


@require_safe
@workspace(Act.FOUND)
def list_companies(request: Visit) -> HttpResponse:
    companies = founded_companies(viewer=request.viewer)
    values = {
        "open_ones": [_line(one) for one in companies if one.taken_back_at is None],
        "colours_url": url_of_colours(one.colour for one in companies) if companies else "",
        "taken_back": [one for one in companies if one.taken_back_at is not None],
        "most": request.viewer.most_clients,
    }
    return show_settings(request, "settings/companies.html", values, here=HERE)


def _line(company: Any) -> dict[str, Any]:
    return {"company": company, "sign": Sign(company.name, initials_of(company.name), company.colour)}


@workspace(Act.FOUND)
def found_company(request: Visit) -> HttpResponse:
    """First it is looked at, then it is founded: nothing is there before the second step."""
    form = FoundingForm(request.POST or None, initial=_usual(request))
    at = clock.now()
    if form.is_valid():
        with told_in(form, FoundingRefused, at=at):
            refuse_founding(wish=form.wish, provider=current_tenant())
            if "found" in request.POST:
                return _founded(request, form)
            if "change" not in request.POST:
                return _looked_at(request, form)
    return show_settings(request, "settings/found.html", {"form": form}, here=HERE, status=status_of(form))


def _usual(request: Visit) -> dict[str, Any]:
    """As this company is, in a colour that none before it was offered."""
    tenant, count = current_tenant(), len(founded_companies(viewer=request.viewer))
    alike = {"region": tenant.country, "language": tenant.language}
    return alike | {"team": gettext("Service"), "hours": "8–17", "brand_colour": f"#{colour_of('', count)}"}


def _looked_at(request: Visit, form: FoundingForm) -> HttpResponse:
    wish = form.wish
    values = {
        "form": form,
        "wish": wish,
        "region_text": state_name(wish.country, wish.state),
        "language_text": dict(languages())[wish.language],
        "hours_text": hours_as_text(read_hours(form.cleaned_data["hours"])),
        "mailbox": form.cleaned_data["mailbox"],
    }
    return show_settings(request, "settings/found_look.html", values, here=HERE)


def _founded(request: Visit, form: FoundingForm) -> HttpResponse:
    """The link of the invitation is shown on the answer to this very request and never again."""
    founded = found_client(wish=form.wish, by=request.viewer.membership_id, at=clock.now())
    asked = founded.invitation
    values: dict[str, Any] = {
        "company": founded.tenant,
        "mailbox": form.cleaned_data["mailbox"],
        "mailbox_url": _assistant_url(founded.tenant.slug, form.cleaned_data["mailbox"]),
        "asked": asked,
    }
    if asked:
        token = token_for(INVITATION, tenant_id=founded.tenant.pk, id_=asked.pk)
        values |= {"link": absolute(reverse("join", args=[token])), "until": asked.invited_at + INVITATION_LASTS}
    return show_settings(request, "settings/founded.html", values, here=HERE)


def _assistant_url(slug: str, address: str) -> str:
    """Where the assistant sets the first mailbox up: at its second step when the address is known."""
    if not address:
        return reverse("settings_assistant", args=[slug])
    return f"{reverse('settings_assistant_servers', args=[slug])}?{urlencode({'address': address})}"


@require_POST
@workspace(Act.FOUND)
def take_back_company(request: Visit, founding_id: int) -> HttpResponse:
    company, slug = founded_company(founding_id, viewer=request.viewer), request.viewer.tenant_slug
    try:
        take_back_empty_company(founding_id=founding_id, at=clock.now())
    except FoundingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(HERE, slug)
    words = gettext("%(name)s is taken back. Nobody gets in any more.") % {"name": company.name}
    done(request, words, undo_url=reverse("settings_open_company_again", args=[slug, founding_id]))
    return redirect(HERE, slug)


@require_POST
@workspace(Act.FOUND)
def open_company_again(request: Visit, founding_id: int) -> HttpResponse:
    company = founded_company(founding_id, viewer=request.viewer)
    try:
        open_client_again(founding_id=founding_id, at=clock.now())
    except FoundingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("%(name)s is open again.") % {"name": company.name})
    return redirect(HERE, request.viewer.tenant_slug)
