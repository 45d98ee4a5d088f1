"""Moments in words."""

from datetime import datetime


def moment(at: datetime) -> str:
    """As everybody reads it here: 27 November 2026, 18:09 UTC."""
    return f"{at:%-d %B %Y, %H:%M} UTC"
