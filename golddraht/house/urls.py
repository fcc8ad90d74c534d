from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from golddraht.api.urls import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/", include("golddraht.pages.accounts.urls")),
    path("konto/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("", include("golddraht.pages.urls")),
]
