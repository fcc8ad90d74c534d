"""The help page of a tenant, for everybody."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.help import contracts, views, writing

urlpatterns: list[URLPattern] = [
    path("", views.front, name="help"),
    path("sitemap.xml", views.site_map, name="help_sitemap"),
    path("files/<int:file_id>/", views.file, name="help_file"),
    path("<slug:language>/", views.page, name="help_page"),
    path("<slug:language>/write/", writing.write, name="help_write"),
    path("<slug:language>/contract/cancel/", contracts.cancel, name="help_cancel"),
    path("<slug:language>/contract/withdraw/", contracts.withdraw, name="help_withdraw"),
    path("<slug:language>/<slug:article_slug>/", views.article, name="help_article"),
    path("<slug:language>/<slug:article_slug>/verdict/", views.verdict, name="help_verdict"),
]
