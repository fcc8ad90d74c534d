from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/", include("golddraht.pages.accounts.urls")),
    path("konto/", include("allauth.urls")),
    path("", include("golddraht.pages.urls")),
]
