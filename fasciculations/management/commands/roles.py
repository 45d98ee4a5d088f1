from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from fasciculations import roles


class Command(BaseCommand):
    help = "Bring the roles up to date and print who has which; give one to somebody or take it away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--give", nargs=2, metavar=("ROLE", "USERNAME"), help='for example: --give "Editor" anna')
        parser.add_argument("--take", nargs=2, metavar=("ROLE", "USERNAME"))

    def handle(self, *args: Any, **options: Any) -> None:
        roles.write_roles()
        if options["give"]:
            self._give(*options["give"])
        if options["take"]:
            role, username = options["take"]
            self._user(username).groups.remove(self._group(role))
        for role, names in roles.people():
            self.stdout.write(f"{role:18} {', '.join(names) or '-'}")

    def _give(self, role: str, username: str) -> None:
        """Whoever has a role may sign in to the admin."""
        group, user = self._group(role), self._user(username)
        user.groups.add(group)
        user.is_staff = True
        user.save(update_fields=["is_staff"])

    def _group(self, role: str) -> Group:
        if role not in roles.ROLES:
            raise CommandError(f"There is no role {role!r}; there are {', '.join(roles.ROLES)}.")
        return Group.objects.get(name=role)

    def _user(self, username: str) -> Any:
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is nobody called {username!r}.")
        return user
