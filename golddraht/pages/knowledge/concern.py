"""From a concern: an article about what solved it, and what nobody knew."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from golddraht.knowledge.operations import save_text, start_article
from golddraht.knowledge.operations.questions import note_unanswered
from golddraht.knowledge.queries import Wanted, article_for, articles_for, text_of
from golddraht.knowledge.queries.proposing import proposal_of
from golddraht.knowledge.queries.similar import near_articles
from golddraht.knowledge.rules import Audience, Sources
from golddraht.pages.conversation.place import asked, back_to, found
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.fields import sent
from golddraht.pages.knowledge.forms import AUDIENCES
from golddraht.pages.knowledge.place import today, told
from golddraht.plumbing import clock

MOST_IMPROVED = 6


class FromConcernForm(forms.Form):
    into = forms.TypedChoiceField(label=_("Into which article?"), coerce=int, required=False, empty_value=None)
    title = forms.CharField(label=_("Title"), max_length=200)
    body = forms.CharField(
        label=_("Text"), max_length=60_000, widget=forms.Textarea(attrs={"rows": 12, "data-behaviour": "autosize"})
    )
    audience = forms.ChoiceField(label=_("For whom?"), choices=AUDIENCES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, articles: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.choices = [("", gettext("a new one")), *articles]


@workspace()
def article_from(request: Visit, number: int) -> HttpResponse:
    """Question, cause and solution are proposed, for an article that speaks of this already where there is one; names and
    numbers in them are judged before everybody sees it."""
    conversation = found(request, number)
    proposal = proposal_of(conversation)
    wanted = Wanted(words=f"{conversation.subject} {proposal.question[:200]}", language=proposal.language)
    near = near_articles(viewer=request.viewer, conversation=conversation)
    like = articles_for(viewer=request.viewer, wanted=wanted, on=today(), limit=MOST_IMPROVED)
    articles = {one.article_id: one.title for one in near} | {line.id: line.title for line in like}
    into = near[0].article_id if near else None
    first = {"title": proposal.title, "body": proposal.body, "audience": Audience.PUBLIC, "into": into}
    form = FromConcernForm(sent(request), initial=first, articles=list(articles.items()))
    if form.is_valid():
        with told(form, "title"):
            article_id = _written(request, conversation, form.cleaned_data, proposal.language)
            messages.success(
                request, gettext("Written down. Look through the names and numbers in it before you publish it.")
            )
            return redirect("publish_article", request.viewer.tenant_slug, article_id, proposal.language)
    return asked(
        request,
        conversation,
        form,
        title=gettext("Write an article from it"),
        send=gettext("Write it down"),
        text=gettext(
            "Taken from the thread. What points at a person is marked in the next step, and stays inside until somebody has judged it."
        ),
    )


def _written(request: Visit, conversation: Any, said: dict[str, Any], language: str) -> int:
    at, me = clock.now(), request.viewer.membership_id
    if said["into"] is None:
        article = start_article(
            title=said["title"],
            body=said["body"],
            language=language,
            audience=Audience(said["audience"]),
            source_id=conversation.pk,
            tags=list(conversation.tags),
            by=me,
            at=at,
        )
        return int(article.pk)
    article = article_for(viewer=request.viewer, article_id=said["into"])
    text = text_of(article, language)
    title, body = (text.title, f"{text.body}\n\n{said['body']}") if text else (said["title"], said["body"])
    save_text(article_id=article.pk, language=language, title=title, body=body, source_id=conversation.pk, by=me, at=at)
    return int(article.pk)


class UnknownForm(forms.Form):
    words = forms.CharField(
        label=_("What did nobody know?"),
        max_length=200,
        help_text=_("In a few words, without the name of the customer."),
    )


@workspace()
def unknown(request: Visit, number: int) -> HttpResponse:
    """We did not know: the question gets an owner."""
    conversation = found(request, number)
    form = UnknownForm(sent(request), initial={"words": conversation.subject[:200]})
    if form.is_valid():
        noted = note_unanswered(
            words=form.cleaned_data["words"],
            language=proposal_of(conversation).language,
            source=Sources.CONCERN,
            by=request.viewer.membership_id,
            conversation_id=conversation.pk,
            names=(conversation.customer.name,),
            at=clock.now(),
        )
        if noted is not None:
            messages.success(
                request, gettext("On the list of what nobody could answer. It has an owner until it is answered.")
            )
            return back_to(request, number)
        form.add_error("words", gettext("Say it in words that others understand."))
    return asked(
        request, conversation, form, title=gettext("We did not know the answer"), send=gettext("Put it on the list")
    )
