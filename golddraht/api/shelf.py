"""The shelf of articles: who answers for one and until when, its files, what it has been, and taking it away."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Schema
from pydantic import Field

from golddraht.api.door import Visitor, reading, writing
from golddraht.api.knowing import ArticleWithTexts, router
from golddraht.api.problems import Problem
from golddraht.api.shapes.fields import Id, IdInPath, example
from golddraht.api.shapes.wishes import FileIn
from golddraht.knowledge import operations as known
from golddraht.knowledge.queries import article_for, file_of, marks_of, text_of, versions_of
from golddraht.knowledge.rules import Audience, Language
from golddraht.plumbing.files import PICTURES, file_answer, harmless_type

__all__ = ["router"]
FILE: dict[str, Any] = {"id": 12, "name": "luftregler.jpg", "content_type": "image/jpeg", "size": 184220}
VERSION: dict[str, Any] = {
    "number": 2,
    "title": "Ofen raucht",
    "body": "Öffnen Sie zuerst die Fenster.",
    "by_name": "Nina Aigner",
    "at": "2026-11-30T08:12:00Z",
    "published_at": None,
}
VersionInPath = Annotated[int, Path(ge=1, le=1_000_000)]


class FurnishedIn(Schema):
    """Who answers for it, when somebody looks again, and for whom it is. What everybody shall read is published anew."""

    owner_id: Id
    review_on: date
    audience: Audience
    tags: list[Annotated[str, Field(min_length=1, max_length=40)]] = Field([], max_length=12)
    model_config = example(owner_id=7, review_on="2027-05-29", audience="INTERNAL", tags=["Ofen"])


class ReviewedIn(Schema):
    """Without a day it comes back in half a year."""

    next_on: date | None = None
    model_config = example(next_on="2027-05-29")


class ArticleFileOut(Schema):
    """A picture or file; a text shows it as `![words](file:NUMBER)`."""

    id: int
    name: str
    content_type: str
    size: int
    model_config = example(**FILE)


class ArticleFiles(Schema):
    files: list[ArticleFileOut]
    model_config = example(files=[FILE])


class ArticleFileIn(FileIn):
    """A picture or file to keep with an article, at most 10 MB."""

    model_config = example(name="luftregler.txt", content_type="text/plain", content="TGludHM6IGF1Zg==")


class MarkOut(Schema):
    """Words that may point at a person, and who kept them deliberately; empty while nobody has."""

    words: str
    kind: str
    kept_by: str


class Marks(Schema):
    marks: list[MarkOut]
    model_config = example(marks=[{"words": "Frau Moser", "kind": "NAME", "kept_by": ""}])


class VersionOut(Schema):
    number: int
    title: str
    body: str
    by_name: str
    at: datetime
    published_at: datetime | None
    model_config = example(**VERSION)


class Versions(Schema):
    versions: list[VersionOut]
    model_config = example(versions=[VERSION])


@router.put("/{article_id}/furnishing", response=ArticleWithTexts)
def furnish(request: HttpRequest, article_id: IdInPath, told: FurnishedIn) -> HttpResponse:
    """Owner, day of review, audience and tags."""
    return _on_article(request, article_id, known.furnish, **told.model_dump())


@router.post("/{article_id}/reviewed", response=ArticleWithTexts)
def reviewed(request: HttpRequest, article_id: IdInPath, told: ReviewedIn) -> HttpResponse:
    """Somebody looked at it, and it is still true."""
    return _on_article(request, article_id, known.confirm_review, next_on=told.next_on)


@router.delete("/{article_id}", response=ArticleWithTexts)
def retire(request: HttpRequest, article_id: IdInPath) -> HttpResponse:
    """Not true or not needed any more: nobody outside sees it. What everybody reads only leads take away."""
    return _on_article(request, article_id, known.retire)


@router.post("/{article_id}/bring-back", response=ArticleWithTexts)
def bring_back(request: HttpRequest, article_id: IdInPath) -> HttpResponse:
    """A retired article is a draft again."""
    return _on_article(request, article_id, known.bring_back)


def _on_article(request: HttpRequest, article_id: int, act: Any, **told: Any) -> HttpResponse:
    def do(visitor: Visitor) -> tuple[int, ArticleWithTexts]:
        article = article_for(viewer=visitor.viewer, article_id=article_id)
        act(article_id=article.pk, by=visitor.me, at=visitor.at, **told)
        return 200, ArticleWithTexts.of(article_for(viewer=visitor.viewer, article_id=article_id))

    return writing(request, do)


@router.get("/{article_id}/files", response=ArticleFiles)
def list_files(request: HttpRequest, article_id: IdInPath) -> ArticleFiles:
    """Its pictures and files."""
    with reading(request) as visitor:
        return _files(visitor, article_id)


def _files(visitor: Visitor, article_id: int) -> ArticleFiles:
    article = article_for(viewer=visitor.viewer, article_id=article_id)
    return ArticleFiles(files=[_file(one) for one in article.files.all()])


def _file(one: Any) -> ArticleFileOut:
    return ArticleFileOut(id=one.pk, name=one.name, content_type=one.content_type, size=one.size)


@router.get(
    "/{article_id}/files/{file_id}",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file.",
                "content": {
                    kind: {"schema": {"type": "string", "format": "binary"}}
                    for kind in ("application/octet-stream", *sorted(PICTURES))
                },
            }
        }
    },
)
def read_file(request: HttpRequest, article_id: IdInPath, file_id: IdInPath) -> HttpResponse:
    """One of them, as it was kept. Pictures have their own media type."""
    with reading(request) as visitor:
        file = _kept(visitor, article_id, file_id)
        return file_answer(str(file.file.name), filename=file.name, content_type=harmless_type(file.content_type))


def _kept(visitor: Visitor, article_id: int, file_id: int) -> Any:
    file = file_of(viewer=visitor.viewer, file_id=file_id)
    if file.article_id != article_id:
        raise Problem(404, "no-such-file", "There is no such file.")
    return file


@router.post("/{article_id}/files", response={201: ArticleFileOut})
def add_file(request: HttpRequest, article_id: IdInPath, told: ArticleFileIn) -> HttpResponse:
    """Keep a picture or file with it, at most 10 MB."""

    def act(visitor: Visitor) -> tuple[int, ArticleFileOut]:
        article = article_for(viewer=visitor.viewer, article_id=article_id)
        kept = known.add_file(article_id=article.pk, enclosure=told.enclosed(), by=visitor.me, at=visitor.at)
        return 201, _file(kept)

    return writing(request, act)


@router.delete("/{article_id}/files/{file_id}", response=ArticleFiles)
def remove_file(request: HttpRequest, article_id: IdInPath, file_id: IdInPath) -> HttpResponse:
    """Gone for good; texts that showed it show only its words. The answer is what remains."""

    def act(visitor: Visitor) -> tuple[int, ArticleFiles]:
        known.remove_file(article_id=article_id, file_id=_kept(visitor, article_id, file_id).pk)
        return 200, _files(visitor, article_id)

    return writing(request, act)


@router.get("/{article_id}/texts/{language}/marks", response=Marks)
def list_marks(request: HttpRequest, article_id: IdInPath, language: Language) -> Marks:
    """What in the text may point at a person. A person judges that on the page, before everybody reads it."""
    with reading(request) as visitor:
        found = marks_of(_text(visitor, article_id, language))
        return Marks(marks=[MarkOut(words=one.mark.words, kind=one.mark.kind, kept_by=one.kept_by) for one in found])


@router.get("/{article_id}/texts/{language}/versions", response=Versions)
def list_versions(request: HttpRequest, article_id: IdInPath, language: Language) -> Versions:
    """Everything the text has been, the newest first."""
    with reading(request) as visitor:
        return Versions(versions=[_version(one) for one in versions_of(_text(visitor, article_id, language))])


def _text(visitor: Visitor, article_id: int, language: Language) -> Any:
    text = text_of(article_for(viewer=visitor.viewer, article_id=article_id), language)
    if text is None:
        raise Problem(404, "no-such-text", "Nothing was written in this language yet.")
    return text


def _version(one: Any) -> VersionOut:
    same = ("number", "title", "body", "at", "published_at")
    return VersionOut(by_name=one.by.name, **{name: getattr(one, name) for name in same})


@router.post("/{article_id}/texts/{language}/versions/{version}/restore", response=ArticleWithTexts)
def restore(request: HttpRequest, article_id: IdInPath, language: Language, version: VersionInPath) -> HttpResponse:
    """An earlier version is the newest one again; what came between stays in the list."""

    def act(visitor: Visitor) -> tuple[int, ArticleWithTexts]:
        rows = versions_of(_text(visitor, article_id, language))
        row = next((one for one in rows if one.number == version), None)
        if row is None:
            raise Problem(404, "no-such-version", "There is no such version.")
        known.restore_version(version_id=row.pk, by=visitor.me, at=visitor.at)
        return 200, ArticleWithTexts.of(article_for(viewer=visitor.viewer, article_id=article_id))

    return writing(request, act)
