# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is around each call of a socket that waits."""

from __future__ import annotations

import contextlib

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.sockets import Limit, bounded, connected


class Waits:
    """Notes for each call of a socket whether it is waited for."""

    def __init__(self):
        self.calls = {}
        self._inside = False

    @contextlib.contextmanager
    def waiting(self):
        self._inside = True
        yield
        self._inside = False

    def socket(self):
        """A class of sockets whose calls wait for nothing."""

        def call(name, result):
            def noted(_self, *_arguments):
                self.calls[name] = self._inside
                return result

            return noted

        results = {"recv": b"x", "recv_into": 1, "send": 1, "sendall": None, "do_handshake": None, "connect": None}
        calls = {name: call(name, result) for name, result in results.items()}
        return type("Socket", (), {**calls, "__init__": call("init", None), "settimeout": call("settimeout", None)})


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("recv", (1,)), ("recv_into", (bytearray(1),)), ("send", (b"x",)), ("sendall", (b"x",)), ("do_handshake", ())],
)
def test_a_call_is_waited_for(name, arguments):
    waits = Waits()
    limit = Limit(waits.waiting)
    limit.begin(30.0, 100)
    getattr(bounded(waits.socket(), limit)(), name)(*arguments)
    assert waits.calls == {"init": False, "settimeout": False, name: True}


def test_a_connection_is_waited_for():
    waits = Waits()
    limit = Limit(waits.waiting)
    limit.begin(30.0, 100)
    connected(bounded(waits.socket(), limit), limit, "127.0.0.1", 443, ())
    assert waits.calls == {"init": False, "settimeout": False, "connect": True}
