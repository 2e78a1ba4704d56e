# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start a simulator in a process of its own and steer it; needs nothing but the standard library."""

from __future__ import annotations

import contextlib
import http.client
import json
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "tests.simulator")
OK = 200
PATIENCE = 300.0  # seconds: on a busy machine nothing else ends a start that takes long


class Simulator:
    """A running simulator.

    :ivar ready: what its ready file says: url, hostname, port, username, password, ca_path, control, users
    """

    def __init__(self, ready: dict[str, Any]) -> None:
        self.ready = ready

    def control(self, method: str, name: str, body: Any = None) -> Any:
        """A request to the control API, such as ``control("POST", "faults", {...})``.

        Certificates are not checked here, since the certificate is one of the things that are steered.

        :raises ValueError: it was refused; holds the reason
        """
        request = urllib.request.Request(  # noqa: S310 - the URL is our own
            f"{self.ready['control']}/{name}",
            None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json"},
            method=method,
        )
        handlers = (urllib.request.HTTPSHandler(context=_unverified()), urllib.request.ProxyHandler({}))
        opener = urllib.request.build_opener(*handlers)
        try:
            with opener.open(request, timeout=PATIENCE) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise ValueError(error.read().decode()) from None

    @contextlib.contextmanager
    def controlled(self) -> Iterator[Callable[..., Any]]:
        """As ``control``, over one connection, which a restart of the server spares."""
        url = urlsplit(self.ready["control"])
        connection = http.client.HTTPSConnection(str(url.hostname), url.port, timeout=PATIENCE, context=_unverified())

        def control(method: str, name: str, body: Any = None) -> Any:
            connection.request(method, f"{url.path}/{name}", None if body is None else json.dumps(body))
            answer = connection.getresponse()
            content = answer.read().decode()
            if answer.status != OK:
                raise ValueError(content)
            return json.loads(content)

        try:
            yield control
        finally:
            connection.close()


def _unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # a default one would read the CAs of the system each time
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@contextlib.contextmanager
def running(*arguments: str) -> Iterator[Simulator]:
    """A simulator with these command line arguments, stopped at the end.

    :raises RuntimeError: it did not start; holds its output
    """
    with tempfile.TemporaryDirectory(prefix="um-simulator-") as directory:
        ready_file = Path(directory, "ready.json")
        with Path(directory, "output").open("w+", encoding="utf-8") as output:
            process = subprocess.Popen(
                [*COMMAND, "--data-dir", directory, "--ready-file", str(ready_file), *arguments],
                cwd=ROOT,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                yield Simulator(_wait_for(ready_file, process, output))
            finally:
                process.terminate()
                try:
                    process.wait(PATIENCE)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _wait_for(ready_file: Path, process: subprocess.Popen[bytes], output: Any) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE
    while not ready_file.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            output.seek(0)
            raise RuntimeError(f"the simulator did not start: {output.read()}")
        time.sleep(0.02)
    return json.loads(ready_file.read_text(encoding="utf-8"))
