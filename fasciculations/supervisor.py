"""Runs the web server and the task worker side by side, and ends both together."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
MAX_THREADS = 32  # of all server workers together: they share SQLite's one write lock, and more would wait in vain
GRACE = 9  # seconds from asking a process to end until it is killed
LONGEST_PAUSE = 60  # seconds before a task worker that keeps dying is started again

Command = list[str]


def server_command(*, host: str, port: int, workers: int, media: Path) -> Command:
    options = {
        "interface": "wsgi",
        "http": "1",
        "host": host,
        "port": port,
        "workers": workers,
        "blocking-threads": min(16, MAX_THREADS // workers),
        "backpressure": 64,
        "http1-buffer-size": 16384,
        "workers-kill-timeout": GRACE - 1,
        "static-path-route": "/media",
        "static-path-mount": media,
        "log-level": "error",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "granian", *flags, "--respawn-failed-workers", "fasciculations.wsgi:application"]


def worker_command() -> Command:
    return [sys.executable, "-m", "django", "db_worker", "--queue-name=*", "--interval=2", "--no-reload"]


def run(server: Command, *, address: str, listens_on: tuple[str, int]) -> int:
    """Serve until asked to stop. Returns 0 then, and 1 where the server ended by itself."""
    return asyncio.run(_supervise(server, address=address, listens_on=listens_on))


async def _supervise(server: Command, *, address: str, listens_on: tuple[str, int]) -> int:
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    stop = asyncio.create_task(asked.wait())
    serving = asyncio.create_task(_run_once(server))
    others = [
        asyncio.create_task(_keep_running(worker_command())),
        asyncio.create_task(_announce(address, listens_on)),
    ]
    await asyncio.wait({stop, serving}, return_when=asyncio.FIRST_COMPLETED)
    code = serving.result() if serving.done() else None
    for task in (tasks := [stop, serving, *others]):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    if code is None:
        return 0
    print(f"The server ended by itself with code {code}.", file=sys.stderr)
    return 1


async def _run_once(command: Command) -> int:
    async with _process(command) as process:
        return await process.wait()


async def _keep_running(command: Command) -> None:
    """Start the task worker again whenever it ends, after a pause that grows while it ends early."""
    clock, pause = asyncio.get_running_loop().time, 1
    while True:
        started = clock()
        code = await _run_once(command)
        pause = 1 if clock() - started > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
        print(f"The task worker ended with code {code}; it starts again in {pause} s.", file=sys.stderr)
        await asyncio.sleep(pause)


async def _announce(address: str, listens_on: tuple[str, int]) -> None:
    while True:
        with suppress(OSError):
            _, writer = await asyncio.open_connection(*listens_on)
            writer.close()
            break
        await asyncio.sleep(0.1)
    print(f"The site is at {address} - Ctrl-C ends it.", flush=True)


@asynccontextmanager
async def _process(command: Command) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that ends with the block, asked at first and then killed with all that it started.

    Its session is its own, so that a Ctrl-C in the terminal reaches it once, through us.
    """
    process = await asyncio.create_subprocess_exec(*command, cwd=BASE_DIR, start_new_session=True)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), GRACE)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
