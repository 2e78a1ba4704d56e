# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges the exchanges that the functional tests recorded by the vendor's API document.

    UM_OPENAPI=openapi-v2.yaml python tools/contract.py DIRECTORY

The document is the vendor's and not part of this project; neither is the checker, check_exchanges.py, which is expected
beside it. Exchanges that a fault spoiled on purpose are left out.
"""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys


def main() -> int:
    document = os.environ.get("UM_OPENAPI")
    if not document:
        print("contract: left out, because UM_OPENAPI does not name the vendor's API document.")
        return 0
    checker = pathlib.Path(document).with_name("check_exchanges.py")
    if not checker.is_file():
        print(f"contract: there is no {checker} to check by.")
        return 1
    lines = [
        line
        for record in sorted(pathlib.Path(sys.argv[1]).glob("*.jsonl"))
        for line in record.read_text(encoding="utf-8").splitlines()
        if not json.loads(line).get("fault")
    ]
    if not lines:
        print(f"contract: there are no recorded exchanges in {sys.argv[1]}; run the functional tests first.")
        return 1
    command = [sys.executable, str(checker), document, "-", "--skip-refused"]
    return subprocess.run(command, input="\n".join(lines), text=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
