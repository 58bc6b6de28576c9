"""The demonstration's two processes, the website and the background worker, started and stopped as one."""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType, TracebackType

from django.conf import settings

# Seconds: how long the website may take to answer for the first time, and a process to stop by itself.
_TIME_TO_START = 60
_TIME_TO_STOP = 10
# One process and a few threads are plenty for one who looks around.
_WEIGHT = ["--workers", "1", "--blocking-threads", "4"]
# Where one knocks when it listens everywhere.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (a name to recognise, not a choice)
_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class RunningError(Exception):
    """The demonstration cannot run, or not go on. The message says why, in Swedish."""


def website(host: str, port: int) -> list[str]:
    """The command line of the website."""
    listen = ["--host", host, "--port", str(port)]
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", *_WEIGHT]
    return [*server, *listen, "praktik.wsgi:application"]


def worker() -> list[str]:
    """The command line of the background worker."""
    manage = str(settings.BASE_DIR / "manage.py")
    return [sys.executable, manage, "db_worker", "--no-startup-delay", "--no-reload"]


def environment(host: str, port: int) -> dict[str, str]:
    """What both processes are told; the working directory stays, so that relative paths mean the same to all."""
    known = os.environ.get("ALLOWED_HOSTS", "")
    return os.environ | {
        "ALLOWED_HOSTS": ",".join(filter(None, [known, "" if host in _EVERYWHERE else host])),
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        "PRAKTIK_SITE": address(host, port).rstrip("/"),
        "PRAKTIK_VAR": str(settings.VAR_DIR.resolve()),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH", "")])),
        "PYTHONUNBUFFERED": "1",
    }


def address(host: str, port: int) -> str:
    """Where a browser finds the website."""
    host = _EVERYWHERE.get(host, host)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def refuse_taken_port(host: str, port: int) -> None:
    """Raise RunningError when something else listens there, or nothing can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as knocker:
        knocker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            knocker.bind((host, port))
        except socket.gaierror as wrong:
            raise RunningError(f"Adressen {host} finns inte på den här datorn.") from wrong
        except OSError as wrong:
            raise RunningError(
                f"Porten {port} på {host} går inte att använda, troligen för att ett annat program redan gör det. "
                f"Stäng det, eller välj en annan port: manage.py demo --port {port % 65535 + 1}"
            ) from wrong


def answers(host: str, port: int) -> bool:
    """Whether the website says that it and its database are well."""
    connection = http.client.HTTPConnection(_EVERYWHERE.get(host, host), port, timeout=5)
    try:
        connection.request("GET", "/halsa/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def interruptible() -> Iterator[None]:
    """Inside, being told to stop (by the keyboard, the system or a closed terminal) raises KeyboardInterrupt."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Processes:
    """Processes that live and die together; what they print goes to a log of their own."""

    def __init__(self, log: Path, environment: dict[str, str]) -> None:
        self.log = log
        self.environment = environment
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Processes":
        self._output = self.log.open("wb")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Whoever is impatient and asks again does not leave half of it running.
        before = {number: signal.signal(number, signal.SIG_IGN) for number in _SIGNALS}
        try:
            self._stop()
        finally:
            self._output.close()
            for number, handler in before.items():
                signal.signal(number, handler)

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start one; the name is what the user reads if it dies.

        Each has a session of its own: Ctrl-C reaches only us, who then stop them in order.
        """
        self._running[name] = subprocess.Popen(  # noqa: S603  (the two command lines above)
            command,
            env=self.environment,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_stop_with_parent(),  # noqa: PLW1509  (the command has no threads)
        )

    def wait_for(self, ready: Callable[[], bool]) -> None:
        """Return as soon as it is ready; RunningError when one of them dies first or the time is up."""
        latest = time.monotonic() + _TIME_TO_START
        while not ready():
            self._refuse_dead()
            if time.monotonic() > latest:
                raise RunningError(f"Webbplatsen svarade inte inom {_TIME_TO_START} sekunder.{self._last_words()}")
            time.sleep(0.05)
        self._refuse_dead()

    def watch(self) -> None:
        """Never returns; RunningError when one of them dies."""
        while True:
            self._refuse_dead()
            time.sleep(0.25)

    def _refuse_dead(self) -> None:
        for name, process in self._running.items():
            if process.poll() is not None:
                raise RunningError(f"{name} slutade oväntat (kod {process.returncode}).{self._last_words()}")

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-8:]
        told = f" Det sista som skrevs i {self.log}:\n  " + "\n  ".join(lines)
        return told if lines else f" Loggen {self.log} är tom."

    def _stop(self) -> None:
        for process in self._running.values():
            process.terminate()
        latest = time.monotonic() + _TIME_TO_STOP
        for process in self._running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, latest - time.monotonic()))
            _kill_group(process)
            process.wait()


def _stop_with_parent() -> Callable[[], object] | None:
    """Has Linux stop a process whose parent was killed before it could do so; elsewhere nothing does."""
    if sys.platform != "linux":
        return None
    prctl, set_death_signal = ctypes.CDLL(None).prctl, 1
    return lambda: prctl(set_death_signal, signal.SIGTERM)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """What is left of a process and its own children; usually nothing."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
