"""What we know: the list of articles, each with its text, versions and publishing."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from golddraht.pages.knowledge import files, publishing, questions, versions, views, writing

ARTICLE: list[URLPattern | URLResolver] = [
    path("", views.article, name="article"),
    path("furnish/", writing.furnish_it, name="furnish_article"),
    path("reviewed/", writing.reviewed, name="article_reviewed"),
    path("retire/", publishing.retire_it, name="retire_article"),
    path("back/", publishing.back, name="bring_article_back"),
    path("files/", files.add, name="add_article_file"),
    path("files/<int:file_id>/", files.show_file, name="article_file"),
    path("files/<int:file_id>/remove/", files.remove, name="remove_article_file"),
    path("<slug:language>/write/", writing.write, name="write_article"),
    path("<slug:language>/draft/", writing.draft, name="article_draft"),
    path("<slug:language>/publish/", publishing.publish_it, name="publish_article"),
    path("<slug:language>/mark/", publishing.mark, name="article_mark"),
    path("<slug:language>/versions/", versions.versions, name="article_versions"),
    path("<slug:language>/versions/<int:version>/restore/", versions.restore, name="restore_article"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.articles, name="knowledge"),
    path("new/", writing.new, name="new_article"),
    path("questions/", questions.questions, name="questions"),
    path("questions/note/", questions.note, name="note_question"),
    path("questions/<int:question_id>/", questions.question, name="question"),
    path("waiting/", views.waiting, name="knowledge_waiting"),
    path("<int:article_id>/", include(ARTICLE)),
]
