# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges the exchanges that the functional tests recorded by the vendor's API document.

    UM_OPENAPI=openapi-v2.yaml python tools/contract.py DIRECTORY

The document is the vendor's and not part of this project; neither is the checker, check_exchanges.py, which is expected
beside it. Exchanges that a fault spoiled on purpose are left out. Of all others three things are not judged: the
parameters by which ``polling: long`` asks for a held answer, since the document lacks what the vendor's guide
describes; the parameter that a diagnosis makes up, to see what becomes of it; and the list with which real servers
answer data placement, where the document has one aggregate (docs/facts/server.md, 5.9).
"""

from __future__ import annotations

import json
import os
import pathlib
import re
import subprocess
import sys
from typing import Any

LONG_POLLING = re.compile(r"(/management-server/jobs/[^/?]+)\?poll_timeout=\d+(&last_modified=[^&]+)?$")
MADE_UP = re.compile(r"&no_such_parameter=x$")


def is_ranking(exchange: dict[str, Any]) -> bool:
    return "/storage-provider/data-placement" in exchange["path"] and exchange["status"] == 200


def main() -> int:
    document = os.environ.get("UM_OPENAPI")
    if not document:
        print("contract: left out, because UM_OPENAPI does not name the vendor's API document.")
        return 0
    checker = pathlib.Path(document).with_name("check_exchanges.py")
    if not checker.is_file():
        print(f"contract: there is no {checker} to check by.")
        return 1
    exchanges = [
        json.loads(line)
        for record in sorted(pathlib.Path(sys.argv[1]).glob("*.jsonl"))
        for line in record.read_text(encoding="utf-8").splitlines()
    ]
    judged = [exchange for exchange in exchanges if not exchange.get("fault") and not is_ranking(exchange)]
    if not judged:
        print(f"contract: there are no recorded exchanges in {sys.argv[1]}; run the functional tests first.")
        return 1
    held = 0
    for exchange in judged:
        exchange["path"], replaced = LONG_POLLING.subn(r"\1", MADE_UP.sub("", exchange["path"]))
        held += replaced
    print(
        f"contract: {len(exchanges) - len(judged)} exchanges with a fault or a ranking left out,"
        f" {held} long polls as plain ones."
    )
    lines = "\n".join(map(json.dumps, judged))
    command = [sys.executable, str(checker), document, "-", "--skip-refused"]
    return subprocess.run(command, input=lines, text=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
