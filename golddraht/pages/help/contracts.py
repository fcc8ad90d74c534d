"""Two ways out of a contract, without signing in: a form that shows everything, one button, and the receipt at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from golddraht.conversations.queries.own_matter import own_words
from golddraht.ground.addresses import folded_address
from golddraht.ground.contract_law import Act
from golddraht.ground.moments import full_moment
from golddraht.ground.numbers import spoken
from golddraht.ground.text import one_line, without_control
from golddraht.pages.doors import signed
from golddraht.pages.help.door import HelpVisit, address_of, may_again, owed, shown
from golddraht.pages.help.forms import VisitorForm, email_field
from golddraht.pages.portal.showing import care_of, matter_of, told_to
from golddraht.plumbing import clock
from golddraht.plumbing.links import token_for
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.promises.operations import Declaration, declare
from golddraht.team.queries import current_tenant

RECEIPT = "declaration"
KEPT_FOR = timedelta(days=3 * 365)
MOST_OF_ONE_ADDRESS = 10
MOST_FROM_ONE_PLACE = 40
"""Declarations within an hour: far more than anybody has contracts, few enough for a machine to be of no use."""


class ContractForm(VisitorForm):
    contract = forms.CharField(
        label=_("Which contract?"),
        help_text=_("The number of the contract, the order or the customer, or simply what it is about."),
        max_length=200,
        error_messages={"required": _("Tell us which contract it is about; a few words are enough.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Without a name we cannot tell whose contract it is.")},
    )
    email = email_field(_("The receipt goes there at once."))

    def said(self, act: Act) -> Declaration:
        told = {name: without_control(str(value)).strip() for name, value in self.cleaned_data.items()}
        return Declaration(act, one_line(told["name"], 120), told["email"], one_line(told["contract"], 200))


class CancelForm(ContractForm):
    kind = forms.ChoiceField(
        label=_("How do you cancel?"),
        choices=[("ORDINARY", _("ordinarily, to the next possible day")), ("CAUSE", _("for an important reason"))],
        initial="ORDINARY",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Only needed if you cancel for an important reason."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    on = forms.DateField(
        label=_("When shall it end?"),
        help_text=_("Leave it empty for “as soon as possible”."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("contract", "kind", "reason", "on", "name", "email", "website")

    def clean(self) -> None:
        told = self.cleaned_data
        if told.get("kind") == "CAUSE" and not told.get("reason", "").strip():
            self.add_error("reason", _("Tell us the important reason, so that it counts."))
        if told.get("on") and told["on"] < timezone.localdate():
            self.add_error("on", _("This day has passed. Choose a later one, or leave it empty."))

    def said(self, act: Act) -> Declaration:
        plain, told = super().said(act), self.cleaned_data
        return Declaration(
            act,
            plain.name,
            plain.email,
            plain.contract,
            on=told["on"],
            reason=one_line(without_control(told["reason"]), 1000),
            is_for_cause=told["kind"] == "CAUSE",
        )


class WithdrawForm(ContractForm):
    goods = forms.CharField(
        label=_("Which goods or services?"),
        help_text=_("Leave it empty if you withdraw from all of it."),
        max_length=500,
        required=False,
    )
    field_order = ("contract", "goods", "name", "email", "website")

    def said(self, act: Act) -> Declaration:
        plain = super().said(act)
        goods = one_line(without_control(self.cleaned_data["goods"]), 500)
        return Declaration(act, plain.name, plain.email, plain.contract, goods=goods)


@require_http_methods(["GET", "HEAD", "POST"])
@owed
def cancel(request: HelpVisit) -> HttpResponse:
    """Cancel a contract (§ 312k BGB): the form with its button, and after it the receipt."""
    return _declaring(request, Act.CANCEL, CancelForm(request.POST if request.method == "POST" else None))


@require_http_methods(["GET", "HEAD", "POST"])
@owed
def withdraw(request: HelpVisit) -> HttpResponse:
    """Withdraw from a contract (§ 356a BGB, in Austria § 11 FAGG)."""
    return _declaring(request, Act.WITHDRAW, WithdrawForm(request.POST if request.method == "POST" else None))


def _declaring(request: HelpVisit, act: Act, form: ContractForm) -> HttpResponse:
    if not _is_offered(act):
        return shown(request, "not_offered.html", _words_of(act), status=404)
    if form.is_valid() and _may_declare(request, form):
        message = declare(said=form.said(act), language=request.language, at=clock.now())
        answer = _receipt(request, message, form)
    else:
        values = {"form": form, "here": f"help_{act.lower()}", **_words_of(act)}
        answer = shown(request, "declare.html", values, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def _is_offered(act: Act) -> bool:
    """Whether the company lets it be declared on a page; links that were kept say otherwise where it goes."""
    tenant = current_tenant()
    return bool(tenant.offers_cancelling if act is Act.CANCEL else tenant.offers_withdrawing)


def _may_declare(request: HelpVisit, form: ContractForm) -> bool:
    limits = [
        ("declaration", f"{request.tenant_id}:{folded_address(form.cleaned_data['email'])}", MOST_OF_ONE_ADDRESS),
        ("declarations", f"{request.tenant_id}:{address_of(request)}", MOST_FROM_ONE_PLACE),
    ]
    if not form.cleaned_data["website"] and all(may_again(what, who, most=most) for what, who, most in limits):
        return True
    form.add_error(None, gettext("That was a lot within an hour. Please try again later, or write us an e-mail."))
    return False


def _words_of(act: Act) -> dict[str, str]:
    """Title, opening and button as the law of the country words them."""
    if act is Act.CANCEL:
        return {
            "title": gettext("Cancel a contract"),
            "opening": gettext("Fill this in and press the button; nothing else is needed."),
            "button": gettext("cancel now"),
        }
    opening = gettext("Fill this in and press the button; you need give no reason.")
    if current_tenant().country == "AT":
        return {
            "title": gettext("Rescind the contract"),
            "opening": opening,
            "button": gettext("confirm the rescission"),
        }
    return {
        "title": gettext("Withdraw from the contract"),
        "opening": opening,
        "button": gettext("confirm the withdrawal"),
    }


def _receipt(request: HelpVisit, message: Any, form: ContractForm) -> HttpResponse:
    conversation = message.conversation
    conversation.refresh_from_db()
    values = {
        "number": spoken(conversation.number),
        "care": care_of(conversation, at=clock.now()),
        "email": form.cleaned_data["email"],
        "arrived": full_moment(message.received_at, conversation.team.zone, request.language),
        "declaration": message.text,
        "token": token_for(RECEIPT, tenant_id=current_tenant_id(), id_=message.pk),
    }
    return shown(request, "declared.html", values)


@require_safe
@signed(RECEIPT, within=KEPT_FOR)
def receipt(request: HttpRequest, message_id: int) -> HttpResponse:
    """What was declared and when, as a file to keep."""
    message = own_words(message_id)
    matter = matter_of(message.conversation_id)
    with told_to(matter.language, matter.team.zone):
        arrived = full_moment(message.received_at, matter.team.zone, matter.language)
        heading = gettext("Received by %(company)s on %(arrived)s, number %(number)s") % {
            "company": current_tenant().name,
            "arrived": arrived,
            "number": spoken(matter.number),
        }
    answer = HttpResponse(f"{heading}\n\n{message.text}\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{spoken(matter.number)}.txt"'
    return answer
