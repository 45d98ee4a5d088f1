import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand
from django.db import transaction
from django.urls import reverse

USERNAME = "admin"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without i, l, o, 0 and 1: to be read aloud and copied by hand


class Command(BaseCommand):
    help = "Create the first administrator and show the password, once; does nothing where there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))
        if create(password):
            self.stdout.write(
                framed(
                    "An administrator was created. This password is shown only once.",
                    "",
                    *[
                        f"Address   {settings.SITE_URL}{reverse('admin:index')}",
                        f"Name      {USERNAME}",
                        f"Password  {password}",
                    ],
                )
            )


@transaction.atomic
def create(password: str) -> bool:
    """Whether this call made the administrator; of two at the same moment, only one does."""
    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return False
    rights = {"is_staff": True, "is_superuser": True, "password": make_password(password)}
    return users.get_or_create(username=USERNAME, defaults=rights)[1]


def framed(*lines: str) -> str:
    width = max(map(len, lines))
    edge = f"+-{'-' * width}-+"
    return "\n".join(["", edge, *(f"| {line:{width}} |" for line in lines), edge, ""])
