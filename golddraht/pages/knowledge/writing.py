"""Writing an article: starting it, its text with a draft that keeps itself, and who answers for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from golddraht.ground.moments import clock_time
from golddraht.knowledge.operations import (
    confirm_review,
    drop_draft,
    furnish,
    keep_draft,
    save_text,
    start_article,
)
from golddraht.knowledge.queries import draft_of, others_writing, text_of
from golddraht.knowledge.rules import LANGUAGES, Audience
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.knowledge.forms import FurnishForm, NewArticleForm, PictureForm, WriteForm, tags_in
from golddraht.pages.knowledge.place import NAV, UNPROCESSABLE, found, spoken, told
from golddraht.pages.knowledge.shown import language_name, tongues
from golddraht.plumbing import clock
from golddraht.team.queries import members

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@workspace()
def new(request: Visit) -> HttpResponse:
    """A title is enough to begin."""
    language = request.viewer.language if request.viewer.language in LANGUAGES else "de"
    first = {"language": language, "audience": Audience.INTERNAL, "title": request.GET.get("title", "")[:200]}
    form = NewArticleForm(request.POST or None, initial=first)
    if form.is_valid():
        with told(form, "title"):
            article = start_article(
                title=form.cleaned_data["title"],
                language=form.cleaned_data["language"],
                audience=Audience(form.cleaned_data["audience"]),
                by=request.viewer.membership_id,
                at=clock.now(),
            )
            return redirect("write_article", request.viewer.tenant_slug, article.pk, form.cleaned_data["language"])
    values = {"form": form, "title": gettext("New article"), "send": gettext("Begin to write")}
    return show(request, "knowledge/small.html", values, nav=NAV, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(METHODS)
@workspace()
def write(request: Visit, article_id: int, language: str) -> HttpResponse:
    """The text in one language, as it was saved or as its writer left it."""
    article, language = found(request, article_id), spoken(language)
    at, me = clock.now(), request.viewer.membership_id
    if request.POST.get("act") == "drop":
        drop_draft(article_id=article.pk, language=language, by=me)
        messages.success(request, gettext("Your draft is gone; this is what was saved last."))
        return redirect("write_article", request.viewer.tenant_slug, article.pk, language)
    left = draft_of(article_id=article.pk, language=language, member_id=me)
    form = WriteForm(request.POST or None, initial=_first(article, language, left))
    if form.is_valid():
        with told(form, "title"):
            save_text(article_id=article.pk, language=language, by=me, at=at, **form.cleaned_data)
            return _saved(request, article, language)
    values = {
        "article": article,
        "form": form,
        "language": language,
        "language_name": language_name(language),
        "draft_text": _since(left) if left else "",
        "others": others_writing(article_id=article.pk, language=language, member_id=me, at=at),
        "draft_url": reverse("article_draft", args=[request.viewer.tenant_slug, article.pk, language]),
        "files": list(article.files.all()),
        "file_form": PictureForm(),
        "tongues": tongues(article, language),
    }
    return show(request, "knowledge/write.html", values, nav=NAV, status=UNPROCESSABLE if form.errors else 200)


def _first(article: Any, language: str, left: Any) -> dict[str, str]:
    here = left or text_of(article, language)
    return {"title": here.title, "body": here.body} if here else {"title": "", "body": ""}


def _since(left: Any) -> str:
    return clock_time(left.at, timezone.get_current_timezone(), get_language() or "de")


def _saved(request: Visit, article: Any, language: str) -> HttpResponse:
    if request.POST.get("act") == "publish":
        return redirect("publish_article", request.viewer.tenant_slug, article.pk, language)
    messages.success(request, gettext("Saved as a new version."))
    return redirect(reverse("article", args=[request.viewer.tenant_slug, article.pk]) + f"?language={language}")


@require_POST
@workspace()
def draft(request: Visit, article_id: int, language: str) -> HttpResponse:
    """What is being written keeps itself; says when it did."""
    article, language = found(request, article_id), spoken(language)
    kept = keep_draft(
        article_id=article.pk,
        language=language,
        title=request.POST.get("title", ""),
        body=request.POST.get("body", ""),
        by=request.viewer.membership_id,
        at=clock.now(),
    )
    return JsonResponse({"said": gettext("Kept at %(when)s, not saved yet") % {"when": _since(kept)}})


@require_http_methods(METHODS)
@workspace()
def furnish_it(request: Visit, article_id: int) -> HttpResponse:
    """Who answers for it, until when, for whom."""
    article = found(request, article_id)
    people = [(member.pk, member.name) for member in members()]
    first = {
        "owner_id": article.owner_id,
        "review_on": article.review_on,
        "audience": article.audience,
        "tags": ", ".join(article.tags),
    }
    form = FurnishForm(request.POST or None, initial=first, people=people)
    if form.is_valid():
        said = form.cleaned_data
        with told(form, "review_on"):
            furnish(
                article_id=article.pk,
                owner_id=said["owner_id"],
                review_on=said["review_on"],
                tags=tags_in(said["tags"]),
                audience=Audience(said["audience"]),
                by=request.viewer.membership_id,
                at=clock.now(),
            )
            messages.success(request, gettext("Kept."))
            return redirect("article", request.viewer.tenant_slug, article.pk)
    values = {
        "form": form,
        "title": gettext("Owner, review and audience"),
        "send": gettext("Keep"),
        "back_url": reverse("article", args=[request.viewer.tenant_slug, article.pk]),
    }
    return show(request, "knowledge/small.html", values, nav=NAV, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@workspace()
def reviewed(request: Visit, article_id: int) -> HttpResponse:
    """It was looked at and is still true."""
    article = found(request, article_id)
    confirm_review(article_id=article.pk, by=request.viewer.membership_id, at=clock.now())
    messages.success(request, gettext("Thank you. It comes back to be looked at in half a year."))
    return redirect("article", request.viewer.tenant_slug, article.pk)
