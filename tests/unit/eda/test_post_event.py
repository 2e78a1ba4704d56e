# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The script that Unified Manager runs for an alert, with the arguments that are documented, against a TLS server."""

from __future__ import annotations

import contextlib
import http.server
import json
import pathlib
import re
import runpy
import ssl
import subprocess
import sys
import threading

import pytest
import trustme

from .setting import Setting

PATH = pathlib.Path(__file__).resolve().parents[3] / "playbooks" / "files" / "post_event.py"
SCRIPT = runpy.run_path(str(PATH))
TOKEN = "sesame-0pen"
DOCUMENTED = {
    "-eventID": "290",
    "-eventName": "Volume Space Nearly Full",
    "-eventSeverity": "WARNING",
    "-eventSourceID": "4138",
    "-eventSourceName": "svm_nas:/vol_home",
    "-eventSourceType": "VOLUME",
    "-eventState": "NEW",
    "-eventArgs": "volumeUsed=96 %",
}
WORDS = [word for pair in DOCUMENTED.items() for word in pair]


class Webhook:
    """A TLS server that takes posts.

    :ivar posts: (path, authorization, body) of each
    :ivar answers: the statuses to answer with; the last one stays
    """

    def __init__(self, authority, hosts):
        self.posts, self.answers = [], [200]
        webhook = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                webhook.posts.append((self.path, self.headers["Authorization"], body))
                self.send_response(webhook.answers.pop(0) if len(webhook.answers) > 1 else webhook.answers[0])
                self.send_header("Content-Length", "0")
                self.send_header("Location", "https://elsewhere.example.com/")
                self.end_headers()

            def log_message(self, *arguments):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, request, client_address):
                pass  # a client that does not trust the certificate hangs up

        self._server = Server(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*hosts).configure_cert(context)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"https://127.0.0.1:{self._server.server_port}/um?a=b"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def webhook(authority):
    with Webhook(authority, ["127.0.0.1"]) as webhook:
        yield webhook


def settings_for(webhook, authority, **other):
    ca = authority.cert_pem.bytes().decode()
    return {"url": webhook.url, "token": TOKEN, "ca": ca, "hostname": "um.example.com", "name": "berlin", **other}


def run(tmp_path, settings, words=WORDS):
    """The script as it is uploaded, with its settings, run as Unified Manager runs it."""
    uploaded = tmp_path / "post_event.py"
    text = PATH.read_text(encoding="utf-8")
    assert text.count("SETTINGS = {}") == 1
    uploaded.write_text(text.replace("SETTINGS = {}", f"SETTINGS = {json.dumps(settings)}"), encoding="utf-8")
    command = [sys.executable, "-I", "-W", "error", str(uploaded), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env={})


def same_names(one, other):
    """Whether two events have the same fields, at every depth that both have."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return True
    return set(one) == set(other) and all(same_names(one[name], other[name]) for name in one)


def test_it_posts_the_event_with_the_token_in_the_shape_of_the_source(tmp_path, webhook, authority):
    ended = run(tmp_path, settings_for(webhook, authority))
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    ((path, authorization, event),) = webhook.posts
    assert (path, authorization) == ("/um?a=b", f"Bearer {TOKEN}")
    arguments = event.pop("arguments")
    assert arguments == {name[1:]: value for name, value in DOCUMENTED.items()}
    setting = Setting()
    setting.poll()
    setting.happen()
    setting.poll()
    polled = setting.delivered[0]["payload"]
    polled.update(svm=None, cluster=None)  # objects, where they are known
    assert same_names(event, polled)
    assert event["name"] == "Volume Space Nearly Full"
    assert (event["severity"], event["current_state"], event["change"]["state"]) == ("warning", "new", "new")
    assert event["impact"]["resource_name"] == "svm_nas:/vol_home"
    assert event["impact"]["resource_type"] == "volume"
    assert event["cause"] == "volumeUsed=96 %"
    assert event["um"] == {"name": "berlin", "hostname": "um.example.com"}


def test_names_that_are_not_quoted_are_put_together(tmp_path, webhook, authority):
    """The documentation's own example counts the words of a name one by one."""
    words = [word for text in WORDS for word in text.split()]
    assert run(tmp_path, settings_for(webhook, authority), words).returncode == 0
    assert webhook.posts[0][2]["name"] == "Volume Space Nearly Full"
    assert webhook.posts[0][2]["cause"] == "volumeUsed=96 %"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], {}),
        (["-eventName"], {"eventName": ""}),
        (["stray", "-eventName", "A", "-eventArgs", "-1", "-x", "y"], {"eventName": "A", "eventArgs": "-1 -x y"}),
        (["-eventArgs", "a -eventName b", "-eventName", "A"], {"eventArgs": "a -eventName b", "eventName": "A"}),
        (["-eventName", "A", "-eventName", "B"], {"eventName": "A -eventName B"}),
    ],
)
def test_arguments(words, found):
    assert SCRIPT["parsed"](words) == found


def test_without_an_event_it_says_how_it_is_run(tmp_path):
    ended = run(tmp_path, {}, [])
    assert (ended.returncode, "-eventName" in ended.stderr) == (2, True)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"url": "http://127.0.0.1:1/"}, "does not begin with https://"),
        ({"url": ""}, "does not begin with https://"),
        ({"token": ""}, "token: it is missing"),
        ({"ca": "no PEM"}, "ca: it holds no certificates"),
    ],
)
def test_settings_that_make_no_sense(tmp_path, webhook, authority, other, said):
    ended = run(tmp_path, settings_for(webhook, authority, **other))
    assert ended.returncode == 1
    assert said in ended.stderr
    assert TOKEN not in ended.stderr
    assert webhook.posts == []


def test_a_certificate_that_is_not_trusted_gets_nothing(tmp_path, webhook):
    ended = run(tmp_path, settings_for(webhook, trustme.CA()))
    assert (ended.returncode, webhook.posts) == (1, [])
    assert "is not trusted" in ended.stderr


def test_a_certificate_for_another_name_gets_nothing(tmp_path, authority):
    with Webhook(authority, ["other.example.com"]) as webhook:
        ended = run(tmp_path, settings_for(webhook, authority))
        assert (ended.returncode, webhook.posts) == (1, [])


@pytest.mark.parametrize(
    ("answers", "posts", "ok"),
    [
        ([503, 429, 200], 3, True),
        ([503], 3, False),
        ([401], 1, False),
        ([404], 1, False),
        ([302], 1, False),
    ],
)
def test_what_may_pass_is_tried_again(webhook, authority, answers, posts, ok):
    webhook.answers = answers
    refused = contextlib.nullcontext() if ok else pytest.raises(SCRIPT["NotPosted"], match=str(answers[-1]))
    with refused:
        SCRIPT["post"](settings_for(webhook, authority), {"name": "x"}, pauses=(0, 0))
    assert len(webhook.posts) == posts


def test_it_needs_nothing_but_the_standard_library_of_an_old_python():
    imported = re.findall(r"^(?:import|from) (\w+)", PATH.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(imported) <= set(sys.stdlib_module_names)
    command = ["vermin", "--quiet", "--target=3.6-", "--violations", "--no-tips", str(PATH)]
    assert subprocess.run(command, capture_output=True, text=True, check=False).returncode == 0
