"""Fields that several places need: a moment, several files, a conversation's number, an amount of money."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from golddraht.conversations.operations.receiving import Enclosure
from golddraht.ground.numbers import read_number


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None while it is only looked at. An empty form that was sent is refused, too."""
    return request.POST if request.method == "POST" else None


LARGEST_UPLOAD = 25 * 1000 * 1000
"""What one answer may carry: most mailboxes refuse more."""


class MomentField(forms.DateTimeField):
    """A day and a time of the wall clock, as an aware moment."""

    def __init__(self, **kwargs: Any) -> None:
        picker = forms.DateTimeInput(attrs={"type": "datetime-local", "step": 300}, format="%Y-%m-%dT%H:%M")
        super().__init__(**({"widget": picker} | kwargs))

    def prepare_value(self, value: Any) -> Any:
        return timezone.localtime(value) if hasattr(value, "tzinfo") and value.tzinfo else value


class NumberField(forms.CharField):
    """A conversation's number as people say it; gives the number without its check digit."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed and not self.required:
            return None
        number = read_number(typed)
        if number is None:
            raise forms.ValidationError(
                gettext("This is not the number of a concern. Perhaps two digits were swapped; please look again.")
            )
        return number


class MoneyField(forms.DecimalField):
    """An amount in euros; gives whole cents."""

    def __init__(self, **kwargs: Any) -> None:
        bounds: dict[str, Any] = {
            "max_digits": 8,
            "decimal_places": 2,
            "min_value": Decimal("0.01"),
            "localize": True,
        }
        super().__init__(**(bounds | kwargs))

    def clean(self, value: Any) -> int:
        amount = super().clean(value)
        return int((amount or Decimal(0)) * 100)


class FilePicker(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = FilePicker

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        cleaned = [super(FilesField, self).clean(file, initial) for file in files]
        if sum(file.size or 0 for file in cleaned) > LARGEST_UPLOAD:
            raise forms.ValidationError(_("Together these files are too large. At most 25 MB can go with one message."))
        return cleaned


def enclosures_of(files: list[UploadedFile[Any]]) -> tuple[Enclosure, ...]:
    """The uploaded files as they are kept with a message."""
    return tuple(_enclosure(file, file.read()) for file in files)


def _enclosure(file: UploadedFile[Any], content: bytes) -> Enclosure:
    return Enclosure(
        name=file.name or gettext("file"),
        content_type=file.content_type or "application/octet-stream",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )
