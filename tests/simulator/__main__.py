# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m tests.simulator``: run a small Unified Manager until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import shlex
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from . import profile
from .certificates import Certificates
from .control import Control
from .faults import Faults
from .listener import Listener
from .recorder import Recorder
from .seed.users import credentials
from .service import Service
from .state import State
from .switches import Switches


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.simulator", description="A small Unified Manager.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=int, default=0, help="0 for a free one")
    parser.add_argument("--data-dir", type=Path, help="where the CA goes; by default a temporary directory")
    parser.add_argument("--luns", type=int, default=0, help="how many LUNs to add")
    parser.add_argument(
        "--recent", action="store_true", help="clusters are polled and a backup was made, as on a server in use"
    )
    parser.add_argument("--profile", type=Path, help="a file with the switches to start with, JSON or YAML")
    parser.add_argument("--release", help="hides what a release of UM lacks, such as 9.9")
    parser.add_argument("--job-seconds", type=float, help="how long a job takes")
    parser.add_argument("--acquisition-delay", type=float, help="lag of the datacenter lists in seconds")
    parser.add_argument("--record", type=Path, help="a file for all exchanges, one JSON object a line")
    parser.add_argument("--switch", action="append", default=[], metavar="NAME=VALUE", help="see README.md")
    parser.add_argument("--ready-file", type=Path, help="written once the server listens: how to reach it, as JSON")
    return parser


def set_switches(switches: Switches, options: argparse.Namespace) -> None:
    """The profile comes first, then the options that are switches, then ``--switch``.

    :raises ValueError: no such switch or value, or not a profile
    :raises OSError: the profile cannot be read
    """
    if options.profile:
        try:
            profile.apply(profile.read(options.profile), switches)
        except ValueError as error:
            raise ValueError(f"{options.profile}: {error}") from None
    for name in ("release", "job_seconds", "acquisition_delay"):
        if getattr(options, name) is not None:
            switches.set(name, getattr(options, name))
    for assignment in options.switch:
        name, value = assignment.partition("=")[::2]
        switches.set(name.strip(), value.strip())
    switches.keep_as_start()


def ready_information(host: str, port: int, ca_path: Path) -> dict[str, Any]:
    """What a client needs to know."""
    url = f"https://{f'[{host}]' if ':' in host else host}:{port}"
    users = credentials()
    return {
        "url": url,
        "hostname": host,
        "port": port,
        "username": "admin",
        "password": users["admin"]["password"],
        "ca_path": str(ca_path),
        "control": f"{url}/simulator",
        "users": users,
        "pid": os.getpid(),
    }


def announce(ready: dict[str, Any]) -> None:
    """Lines for people, and lines for ``eval``."""
    lines = [
        f"# Unified Manager (simulated) at {ready['url']}",
        f"# user {ready['username']}, password {ready['password']}, CA {ready['ca_path']}",
    ]
    variables = {
        "UM_HOSTNAME": ready["hostname"],
        "UM_PORT": ready["port"],
        "UM_USERNAME": ready["username"],
        "UM_PASSWORD": ready["password"],
        "UM_CA_PATH": ready["ca_path"],
    }
    lines += [f"export {name}={shlex.quote(str(value))}" for name, value in variables.items()]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def write_atomically(path: Path, content: bytes) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


async def serve(options: argparse.Namespace, data_dir: Path, cleanup: contextlib.ExitStack) -> None:
    """Listen until SIGTERM, SIGINT or SIGHUP; ``cleanup`` learns what is to be removed."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    state = State(options.luns, options.recent)
    set_switches(state.switches, options)
    stream = cleanup.enter_context(options.record.open("a", encoding="utf-8")) if options.record else None
    faults, recorder, certificates = Faults(), Recorder(stream), Certificates()
    control = Control(state, faults, recorder, certificates)
    service = Service(state, faults, recorder, control)
    listener = Listener(service.handle, certificates.context, options.host, options.port)
    control.listener = listener
    ca_path = data_dir / "um-ca.pem"
    cleanup.callback(ca_path.unlink, missing_ok=True)
    write_atomically(ca_path, certificates.ca_pem())
    await listener.start()
    try:
        ready = ready_information(options.host, listener.port, ca_path)
        if options.ready_file:
            cleanup.callback(options.ready_file.unlink, missing_ok=True)
            write_atomically(options.ready_file, json.dumps(ready, indent=2).encode())
        announce(ready)
        await stop.wait()
    finally:
        await listener.stop()


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    with contextlib.ExitStack() as cleanup:
        if options.data_dir:
            options.data_dir.mkdir(parents=True, exist_ok=True)
            data_dir = options.data_dir.resolve()
        else:
            data_dir = Path(tempfile.mkdtemp(prefix="um-simulator-"))
            cleanup.callback(shutil.rmtree, data_dir, ignore_errors=True)
        try:
            asyncio.run(serve(options, data_dir, cleanup))
        except (OSError, ValueError) as error:
            sys.stderr.write(f"simulator: {error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
