"""The addresses of django-helpdesk's pages, for the links in its letters."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]
