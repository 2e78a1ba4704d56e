# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stand-in for AWX on a port of the loopback interface."""

from __future__ import annotations

import contextlib
import http.server
import json
import threading
import urllib.parse
from collections.abc import Iterator
from typing import Any

from .controller import Controller, Refused

TOKEN = "let-me-in"


@contextlib.contextmanager
def serving(controller: Controller) -> Iterator[None]:
    """Listen meanwhile; the controller's ``url`` says where."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            parts = urllib.parse.urlsplit(self.path)
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
            try:
                if self.headers["Authorization"] != f"Bearer {TOKEN}":
                    raise Refused(401, {"detail": "Authentication credentials were not provided."})
                status, body = controller.answer(self.command, parts.path, query, json.loads(content or "{}"))
            except Refused as refused:
                status, body = refused.status, refused.body
            self.send_response(status)
            text = b"" if body is None else json.dumps(body).encode()
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.send_header("X-API-Product-Name", "AWX")
            self.send_header("X-API-Product-Version", "24.6.1")
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = do_DELETE = answer  # noqa: N815 - http.server's names

        def log_message(self, *arguments: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        controller.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
