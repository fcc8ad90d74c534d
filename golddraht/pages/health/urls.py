"""Is everything well?"""

from __future__ import annotations

from django.urls import path

from golddraht.pages.health import views

urlpatterns = [
    path("", views.health, name="health"),
    path("deliveries/<int:delivery_id>/again/", views.deliver_again, name="deliver_again"),
]
