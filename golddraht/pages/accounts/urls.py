"""These pages stand in front of the library's own of the same name; the others are the library's in our look."""

from __future__ import annotations

from django.urls import path

from golddraht.pages.accounts import joining, views

urlpatterns = [
    path("signup/", views.sign_up, name="account_signup"),
    path("password/reset/", views.forgotten, name="account_reset_password"),
    path("einladung/<str:token>/", joining.join, name="join"),
    path("password/new/<str:token>/", joining.new_password, name="new_password"),
    path("email/", views.address, name="account_email"),
    path("sessions/<int:session_id>/end/", views.end_session, name="end_own_session"),
    path("second-factor/<slug:tenant_slug>/", views.second_factor_needed, name="second_factor_needed"),
]
