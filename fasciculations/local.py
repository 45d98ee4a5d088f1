"""The site on a person's own machine: makes up the environment that production must give, then runs a command.

python -m fasciculations.local serve
python -m fasciculations.local import_content --overwrite

What is given, in the environment or in .env, is used as it is. Whatever stands in the way ends in one line.
"""

import ipaddress
import os
import secrets
import socket
import sys
import tempfile
from contextlib import suppress
from errno import EADDRINUSE
from pathlib import Path

import django
import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command, execute_from_command_line
from django.db import DatabaseError, connection

from fasciculations import supervisor

BASE_DIR = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    prepare_environment()
    if arguments == ["serve"]:
        return serve()
    execute_from_command_line(["fasciculations.local", *arguments])
    return 0


def prepare_environment() -> None:
    environ.Env.read_env(BASE_DIR / ".env")
    data_dir = writable_directory(Path(setting("DATA_DIR", str(BASE_DIR / "var"))).absolute())
    os.environ["DATA_DIR"] = str(data_dir)
    os.environ["SITE_URL"] = setting("SITE_URL", f"http://localhost:{number('PORT', 8000, highest=65535)}")
    os.environ["EMAIL_URL"] = setting("EMAIL_URL", f"filemail:///{data_dir}/mail")  # letters become files there
    os.environ["SECRET_KEY"] = setting("SECRET_KEY", "") or secret_key(data_dir / "secret-key")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fasciculations.settings")


def serve() -> int:
    host, port = setting("HOST", "127.0.0.1"), number("PORT", 8000, highest=65535)
    workers = number("WORKERS", 2, highest=supervisor.MAX_THREADS)
    require_free(host, port)
    prepare_site()
    media = Path(os.environ["DATA_DIR"]) / "media"
    media.mkdir(exist_ok=True)
    server = supervisor.server_command(host=host, port=port, workers=workers, media=media)
    return supervisor.run(server, address=os.environ["SITE_URL"], listens_on=(host, port))


def prepare_site() -> None:
    """Bring database, content and static files up to date; each step is quick where nothing changed."""
    django.setup()
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        sys.exit(f"The database cannot be used: {' '.join(str(error).split())}")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("import_content")
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("create_first_admin")
    connection.close()


# --- facts from the environment -------------------------------------------------------------------------------------


def setting(name: str, default: str) -> str:
    """The variable, or the default where it is missing or empty, as it is in a fresh copy of .env.example."""
    return os.environ.get(name) or default


def number(name: str, default: int, *, highest: int) -> int:
    text = setting(name, str(default))
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= highest):
        sys.exit(f"{name} must be a number from 1 to {highest}, not {text!r}.")
    return int(text)


def writable_directory(path: Path) -> Path:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=path).close()
    except OSError as error:
        sys.exit(f"DATA_DIR {path} cannot be written to: {error.strerror}.")
    return path


def secret_key(path: Path) -> str:
    """The key kept in this file, which only its owner may read; made where there is none."""
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as draft, suppress(FileExistsError):
            draft.write(secrets.token_urlsafe(48))
            draft.flush()
            os.link(draft.name, path)  # appears whole or not at all, and the first of two processes wins
    return path.read_text().strip()


def require_free(host: str, port: int) -> None:
    """End where another program listens, which the server would not notice: it would share the port with it.

    Both loopback addresses count: a browser may take either of them for localhost.
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        sys.exit(f"HOST must be an IP address such as 127.0.0.1, not {host!r}.")
    for address in {host, "127.0.0.1", "::1"}:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
        except OSError as error:
            if address == host or error.errno == EADDRINUSE:  # elsewhere, a machine without IPv6 is no obstacle
                sys.exit(f"Port {port} of {address} cannot be used: {error.strerror}. Another one: make run PORT=8001")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (ImproperlyConfigured, CommandError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
