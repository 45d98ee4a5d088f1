"""`make run` and `make manage`, from the door on."""

import signal
import socket
import stat
import threading
from contextlib import closing, contextmanager
from urllib.request import urlopen

import pytest

from fasciculations.local import require_free

from . import processes

LOCAL = ("-m", "fasciculations.local")


def variables(data_dir, **more):
    """Each one given, so that an .env on this machine changes nothing."""
    database = f"sqlite:///{data_dir / 'db.sqlite3'}"
    return {"DATA_DIR": str(data_dir), "DATABASE_URL": database, "SECRET_KEY": "", "SITE_URL": "", **more}


def free_port():
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return listener.getsockname()[1]


@contextmanager
def serving(data_dir, port):
    """The running process and what it said until the site was up."""
    with processes.start(*LOCAL, "serve", **variables(data_dir, PORT=str(port))) as process:
        watchdog = threading.Timer(120, process.terminate)
        watchdog.start()
        try:
            lines = []
            for line in process.stdout:
                lines.append(line)
                if f"http://localhost:{port} " in line:
                    break
            else:
                pytest.fail("".join(lines) + process.stderr.read())
            yield process, "".join(lines)
            process.send_signal(signal.SIGTERM)
            process.wait(15)
        finally:
            watchdog.cancel()
            process.terminate()


def assert_ends_in_one_line(result, *words):
    code, output, errors = result
    assert (code, output, errors.count("\n")) == (1, "", 1), errors
    for word in words:
        assert word in errors


def test_busy_port_ends_in_one_line(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = str(listener.getsockname()[1])
        assert_ends_in_one_line(processes.run(*LOCAL, "serve", **variables(tmp_path, PORT=port)), port, "in use")


def test_port_of_a_connection_just_closed_counts_as_free():
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    with socket.create_connection(("127.0.0.1", port)):
        listener.accept()[0].close()  # who closes first keeps the address in TIME_WAIT
    listener.close()

    require_free("127.0.0.1", port)


@pytest.mark.parametrize("command", ["serve", "check"])
def test_unwritable_data_dir_ends_in_one_line(tmp_path, command):
    (tmp_path / "file").touch()
    below_a_file = tmp_path / "file" / "data"

    assert_ends_in_one_line(processes.run(*LOCAL, command, **variables(below_a_file)), "DATA_DIR", str(below_a_file))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("WORKERS", "0"),
        ("WORKERS", "two"),
        ("HOST", "localhost"),
        ("SECRET_KEY", "short"),
        ("SITE_URL", "https://example.org/blog"),
    ],
)
def test_unfit_variable_ends_in_one_line(tmp_path, name, value):
    given = variables(tmp_path, PORT=str(free_port())) | {name: value}

    assert_ends_in_one_line(processes.run(*LOCAL, "serve", **given), name)


def test_database_that_does_not_answer_ends_in_one_line(tmp_path):
    given = variables(tmp_path, PORT=str(free_port()), DATABASE_URL=f"postgres://nobody@localhost:{free_port()}/none")

    assert_ends_in_one_line(processes.run(*LOCAL, "serve", **given), "database")


def test_secret_key_is_made_once_and_is_its_owners_alone(tmp_path):
    data_dir = tmp_path / "new" / "data"
    show = (*LOCAL, "shell", "--no-imports", "-c", "from django.conf import settings; print(settings.SECRET_KEY)")

    first, second = (processes.run(*show, **variables(data_dir)) for _ in range(2))

    key_file = data_dir / "secret-key"
    assert first == second == (0, f"{key_file.read_text()}\n", "")
    assert len(key_file.read_text()) >= 50
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert list(data_dir.iterdir()) == [key_file]


def test_serve_answers_stops_when_asked_and_starts_again_unchanged(tmp_path):
    port = free_port()

    with serving(tmp_path, port) as (first, said_first), urlopen(f"http://localhost:{port}/") as answer:
        assert answer.status == 200
    with serving(tmp_path, port) as (second, said_second), urlopen(f"http://localhost:{port}/admin/login/") as answer:
        assert answer.status == 200

    assert (first.returncode, second.returncode) == (0, 0)
    assert "Password" in said_first
    assert "Password" not in said_second
    require_free("127.0.0.1", port)
