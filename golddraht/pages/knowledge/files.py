"""Pictures and files of an article: added while writing, shown to colleagues."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from golddraht.knowledge.operations import ArticleRefused, add_file, remove_file
from golddraht.knowledge.queries import NoSuchArticle, file_of
from golddraht.knowledge.rules import LANGUAGES
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.fields import enclosures_of
from golddraht.pages.knowledge.forms import PictureForm
from golddraht.pages.knowledge.place import found
from golddraht.pages.knowledge.shown import refusal_words
from golddraht.plumbing import clock
from golddraht.plumbing.files import PICTURES, file_answer, harmless_type


@require_POST
@workspace()
def add(request: Visit, article_id: int) -> HttpResponse:
    article = found(request, article_id)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            [enclosure] = enclosures_of([form.cleaned_data["file"]])
            add_file(article_id=article.pk, enclosure=enclosure, by=request.viewer.membership_id, at=clock.now())
            messages.success(request, gettext("Added. Put its mark where it belongs in the text."))
        except ArticleRefused as refusal:
            messages.error(request, refusal_words(refusal.reason))
    else:
        messages.error(request, gettext("Choose a file first."))
    return _to_writing(request, article.pk)


def _to_writing(request: Visit, article_id: int) -> HttpResponse:
    language = request.POST.get("language", "de")
    language = language if language in LANGUAGES else "de"
    return redirect("write_article", request.viewer.tenant_slug, article_id, language)


@require_POST
@workspace()
def remove(request: Visit, article_id: int, file_id: int) -> HttpResponse:
    article = found(request, article_id)
    remove_file(article_id=article.pk, file_id=file_id)
    messages.success(request, gettext("Removed."))
    return _to_writing(request, article.pk)


@require_safe
@workspace()
def show_file(request: Visit, article_id: int, file_id: int) -> HttpResponse:
    """Pictures are shown, everything else is saved."""
    try:
        file = file_of(viewer=request.viewer, file_id=file_id)
    except NoSuchArticle:
        raise Http404 from None
    if file.article_id != article_id:
        raise Http404
    is_picture = file.content_type in PICTURES
    return file_answer(
        str(file.file.name), filename=file.name, content_type=harmless_type(file.content_type), inline=is_picture
    )
