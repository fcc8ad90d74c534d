"""Every page a browser can see, place by place."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from golddraht.pages.home import views as home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("k/", include("golddraht.pages.portal.urls")),
]
