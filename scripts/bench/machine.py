"""What the measuring ran on, and how much memory the server's processes hold."""

import os
import platform
import re
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any


def _read(file: str) -> str:
    try:
        return Path(file).read_text("utf-8")
    except OSError:
        return ""


def facts() -> dict[str, Any]:
    """The machine, the programs and the day; memory in GiB."""
    model = re.search(r"^model name\s*: (.+)$", _read("/proc/cpuinfo"), re.MULTILINE)
    system = re.search(r'^PRETTY_NAME="?([^"\n]+)', _read("/etc/os-release"), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s*(\d+)", _read("/proc/meminfo"), re.MULTILINE)
    return {
        "processor": model[1] if model else platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(int(memory[1]) / 2**20, 1) if memory else None,
        "system": system[1] if system else platform.platform(),
        "python": platform.python_version(),
        "django": version("django"),
        "granian": version("granian"),
        "date": datetime.now(UTC).date().isoformat(),
    }


def forget_peak(process: int) -> None:
    """Let the most that a process has held be counted from now, where the system can."""
    with suppress(OSError):
        Path(f"/proc/{process}/clear_refs").write_text("5", "utf-8")


def memory(process: int) -> dict[str, float | None]:
    """What a process holds now and has held at most, in MiB; None where the system does not tell."""
    told = dict(re.findall(r"^(VmRSS|VmHWM):\s*(\d+)", _read(f"/proc/{process}/status"), re.MULTILINE))
    return {
        name: round(int(told[key]) / 1024, 1) if key in told else None
        for name, key in (("now_mib", "VmRSS"), ("peak_mib", "VmHWM"))
    }
