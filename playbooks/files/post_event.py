# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Posts an event of Unified Manager to a webhook of Event-Driven Ansible, when an alert runs it.

Unified Manager gives -eventID, -eventName, -eventSeverity, -eventSourceID, -eventSourceName, -eventSourceType,
-eventState and -eventArgs (docs/facts/server.md, 5.6). What is posted has the shape of what the event source
aiqum.unified_manager.events delivers, so that one rule serves both; what Unified Manager does not say here is null.

It needs Python 3.6 or newer and nothing else. The playbook push_events.yml fills the settings in and uploads it.
"""

import datetime
import http.client
import json
import socket
import ssl
import sys
import time
from urllib.parse import urlsplit

# url: of the webhook, beginning with https://; token: its bearer token; ca: the certificates to trust (PEM), by default
# those of this machine; name and hostname: what events call this Unified Manager.
SETTINGS = {}

ARGUMENTS = ("eventID", "eventName", "eventSeverity", "eventSourceID", "eventSourceName", "eventSourceType")
ARGUMENTS += ("eventState", "eventArgs")
PAUSES = (2, 10)  # seconds before the second and the third try
TIMEOUT = 20  # seconds for one try
MAY_PASS = (408, 425, 429, 500, 502, 503, 504)


class NotPosted(Exception):
    """What is wrong, for people."""


def parsed(words):
    """{name: value} of the arguments; a value may be several words, since Unified Manager does not always quote it."""
    found = {}
    name = None
    for word in words:
        if word.startswith("-") and word[1:] in ARGUMENTS and word[1:] not in found:
            name = word[1:]
            found[name] = []
        elif name is not None:
            found[name].append(word)
    return {name: " ".join(values) for name, values in found.items()}


def shaped(arguments, settings, now):
    """The event as the event source delivers it, with the arguments beside it."""
    hostname = settings.get("hostname") or socket.getfqdn()
    state = (arguments.get("eventState") or "new").lower()
    change = {"state": state, "timestamp": now, "user": None, "cause": None}
    return {
        "key": None,
        "name": arguments.get("eventName"),
        "severity": (arguments.get("eventSeverity") or "").lower() or None,
        "current_state": state,
        "group": None,
        "origin": None,
        "cause": arguments.get("eventArgs") or None,
        "annotation": None,
        "config_advisor_rule_id": None,
        "duration": None,
        "cluster": None,
        "svm": None,
        "node": None,
        "impact": {
            "area": None,
            "level": None,
            "resource_name": arguments.get("eventSourceName"),
            "resource_type": "_".join((arguments.get("eventSourceType") or "").lower().split()) or None,
            "resource_uuid": None,
        },
        "assigned": {"user": None, "timestamp": None},
        "history": [change],
        "change": change,
        "um": {"name": settings.get("name") or hostname, "hostname": hostname},
        "arguments": arguments,
    }


def post(settings, event, pauses=PAUSES):
    """Send it, again where trouble may pass.

    :raises NotPosted: it did not arrive
    """
    parts = urlsplit(settings.get("url") or "")
    if parts.scheme != "https" or not parts.hostname:
        raise NotPosted("url: {!r} does not begin with https://".format(settings.get("url")))
    if not settings.get("token"):
        raise NotPosted("token: it is missing")
    try:
        context = ssl.create_default_context(cadata=settings.get("ca") or None)
    except (ssl.SSLError, ValueError):
        raise NotPosted("ca: it holds no certificates in PEM") from None
    for pause in (*pauses, None):
        trouble, may_pass = _try(parts, settings["token"], context, event)
        if trouble is None:
            return
        if pause is None or not may_pass:
            raise NotPosted(trouble)
        time.sleep(pause)


def _try(parts, token, context, event):
    """What went wrong, or None; and whether it may pass."""
    where = f"{parts.hostname}:{parts.port or 443}"
    path = (parts.path or "/") + ("?" + parts.query if parts.query else "")
    headers = {"Content-Type": "application/json", "Authorization": "Bearer " + token}
    connection = http.client.HTTPSConnection(parts.hostname, parts.port or 443, timeout=TIMEOUT, context=context)
    try:
        connection.request("POST", path, json.dumps(event).encode(), headers)
        status = connection.getresponse().status
    except ssl.SSLError as error:
        return f"the certificate of {where} is not trusted, or TLS failed: {error.reason}", False
    except (OSError, http.client.HTTPException) as error:
        return f"{where} cannot be reached: {error}", True
    finally:
        connection.close()
    if 200 <= status < 300:
        return None, False
    return f"{where} answered with HTTP {status}", status in MAY_PASS


def main(words, settings):
    """0 where the event arrived."""
    arguments = parsed(words)
    if not arguments.get("eventName"):
        sys.stderr.write("post_event: Unified Manager runs this script with -eventName and other arguments.\n")
        return 2
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds")
    try:
        post(settings, shaped(arguments, settings, now))
    except NotPosted as error:
        sys.stderr.write("post_event: {} was not posted: {}.\n".format(arguments["eventName"], error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], SETTINGS))
