"""Programs that are told what happens: set up here, tried out, and every try to be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from golddraht.pages.doors import Visit, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.plumbing import clock
from golddraht.programs.operations import (
    WebhookRefused,
    add_webhook,
    change_webhook,
    close_webhook,
    pause_webhook,
    ping,
    replay,
    replay_given_up,
    resume_webhook,
    rotate_secret,
)
from golddraht.programs.queries import NoSuchWebhook, Told, WebhookLine, told_to, webhook_line, webhooks
from golddraht.programs.rules import TOLD, DeliveryState, News
from golddraht.team.rules import Act

HERE = "settings_webhooks"
ON_A_PAGE = 50
WORDS = {
    News.CONCERN_OPENED: _("a new concern"),
    News.MESSAGE_RECEIVED: _("a message from a customer"),
    News.MESSAGE_SENT: _("a message of ours"),
    News.CONCERN_CHANGED: _("something else about a concern"),
    News.CONCERN_HANDED_OVER: _("another person cares"),
    News.CONCERN_ESCALATED: _("a next touch was missed"),
    News.SOLUTION_PROPOSED: _("asked whether it is solved"),
    News.CONCERN_SOLVED: _("solved"),
    News.CONCERN_REOPENED: _("open again"),
    News.INQUIRY_ANSWERED: _("a third party has answered"),
    News.ANSWER_LOST: _("an answer never arrived"),
    News.PROMISE_MADE: _("a promise was made"),
    News.PROMISE_KEPT: _("a promise was kept"),
    News.PROMISE_BROKEN: _("a promise was not kept"),
    News.PROMISE_WAIVED: _("a promise is no longer needed"),
    News.PROMISE_REOPENED: _("a promise is open again"),
    News.PROMISE_ENDANGERED: _("a promise is in danger"),
    News.OPTION_CHOSEN: _("a customer has chosen a way out"),
    News.ORDER_PLACED: _("a new order"),
    News.DELIVERY_CHANGED: _("something new about a delivery"),
    News.ALARM_RAISED: _("an alarm"),
    News.ALARM_CLEARED: _("an alarm is over"),
}


class WebhookForm(forms.Form):
    name = forms.CharField(label=_("For which program?"), max_length=80)
    url = forms.CharField(
        label=_("Its address"), max_length=500, help_text=_("For example https://shop.example.org/golddraht")
    )
    news = forms.MultipleChoiceField(
        label=_("What is it told?"),
        choices=[(news.value, words) for news, words in WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )


@workspace(Act.CONFIGURE)
def list_webhooks(request: Visit) -> HttpResponse:
    form, at, told = WebhookForm(request.POST or None), clock.now(), ""
    if form.is_valid():
        with told_in(form, WebhookRefused, at=at):
            _row, told = add_webhook(by=request.viewer.membership_id, at=at, **form.cleaned_data)
            form = WebhookForm()
    values = {"form": form, "told": told, "lines": [_line(one) for one in webhooks()]}
    return show_settings(request, "settings/webhooks.html", values, here=HERE, status=status_of(form))


@workspace(Act.CONFIGURE)
def show_webhook(request: Visit, webhook_id: int) -> HttpResponse:
    """What it is told, how it fares, and the newest tries."""
    return _page(request, webhook_id, WebhookForm(request.POST or None, initial=_known(_found(webhook_id))))


def _known(line: WebhookLine) -> dict[str, Any]:
    return {"name": line.name, "url": line.url, "news": list(line.news)}


def _page(request: Visit, webhook_id: int, form: WebhookForm, told: str = "") -> HttpResponse:
    if form.is_valid():
        with told_in(form, WebhookRefused, at=clock.now()):
            change_webhook(webhook_id=webhook_id, **form.cleaned_data)
            messages.success(request, gettext("Kept."))
            return _back(request, webhook_id)
    before = request.GET.get("before", "")
    before_id = int(before) if before.isdecimal() and len(before) < 19 else None
    found = told_to(webhook_id=webhook_id, before_id=before_id, limit=ON_A_PAGE + 1)
    url = reverse("settings_webhook", args=[request.viewer.tenant_slug, webhook_id])
    values = {
        "form": form,
        "told": told,
        "line": _line(_found(webhook_id)),
        "tries": [_try(one) for one in found[:ON_A_PAGE]],
        "pager": {
            "newer_url": url if before_id else "",
            "older_url": f"{url}?before={found[ON_A_PAGE - 1].id}" if len(found) > ON_A_PAGE else "",
        },
    }
    return show_settings(request, "settings/webhook.html", values, here=HERE, status=status_of(form))


def _line(one: WebhookLine) -> dict[str, Any]:
    return {
        "one": one,
        "hears": ", ".join(str(words) for news, words in WORDS.items() if news in one.news),
        "hears_all": len(one.news) == len(TOLD),
    }


def _try(one: Told) -> dict[str, Any]:
    states = {
        DeliveryState.WAITING: gettext("waits"),
        DeliveryState.DELIVERED: gettext("delivered"),
        DeliveryState.GIVEN_UP: gettext("given up"),
    }
    news = News(one.news)
    return {"one": one, "state": states[DeliveryState(one.state)], "words": WORDS.get(news, gettext("a trial"))}


def _found(webhook_id: int) -> WebhookLine:
    try:
        return webhook_line(webhook_id)
    except NoSuchWebhook:
        raise Http404 from None


@require_POST
@workspace(Act.CONFIGURE)
def rotate(request: Visit, webhook_id: int) -> HttpResponse:
    """A new secret, shown once."""
    line = _found(webhook_id)
    told = rotate_secret(webhook_id=webhook_id, at=clock.now())
    form = WebhookForm(initial=_known(line))
    return _page(request, webhook_id, form, told)


def _act(request: Visit, webhook_id: int, act: Callable[..., Any], words: str) -> HttpResponse:
    _found(webhook_id)
    act(webhook_id=webhook_id, at=clock.now())
    messages.success(request, words)
    return _back(request, webhook_id)


@require_POST
@workspace(Act.CONFIGURE)
def try_out(request: Visit, webhook_id: int) -> HttpResponse:
    return _act(
        request, webhook_id, ping, gettext("A trial is on its way. Load the page again to see what came of it.")
    )


@require_POST
@workspace(Act.CONFIGURE)
def pause(request: Visit, webhook_id: int) -> HttpResponse:
    return _act(request, webhook_id, pause_webhook, gettext("Paused. What happens meanwhile waits."))


@require_POST
@workspace(Act.CONFIGURE)
def resume(request: Visit, webhook_id: int) -> HttpResponse:
    return _act(request, webhook_id, resume_webhook, gettext("Resumed. What waits is told now, in its order."))


@require_POST
@workspace(Act.CONFIGURE)
def again(request: Visit, webhook_id: int) -> HttpResponse:
    """One thing once more, or everything that was given up."""
    _found(webhook_id)
    chosen, at = request.POST.get("delivery", ""), clock.now()
    if chosen.isdecimal() and len(chosen) < 19:
        replay(webhook_id=webhook_id, delivery_id=int(chosen), at=at)
    else:
        replay_given_up(webhook_id=webhook_id, at=at)
    messages.success(request, gettext("It is told once more."))
    return _back(request, webhook_id)


@require_POST
@workspace(Act.CONFIGURE)
def close(request: Visit, webhook_id: int) -> HttpResponse:
    _found(webhook_id)
    close_webhook(webhook_id=webhook_id, at=clock.now())
    messages.success(request, gettext("Closed. It hears nothing any more."))
    return redirect(HERE, request.viewer.tenant_slug)


def _back(request: Visit, webhook_id: int) -> HttpResponse:
    return redirect("settings_webhook", request.viewer.tenant_slug, webhook_id)
