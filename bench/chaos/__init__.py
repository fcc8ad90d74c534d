"""Processes are killed while mails pour in and answers go out; afterwards everything is counted."""
