# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Python compiles what it imports from a zip each time; modules that run as processes find it compiled here.

Python imports this file when it starts, if its folder is on PYTHONPATH. Only the paths in tracebacks may differ.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import zipimport

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
KEPT = os.path.join(ROOT, ".build", "pycache", sys.implementation.cache_tag)
compile_source = zipimport._compile_source


def compiled(path, source):
    file = os.path.join(KEPT, hashlib.sha256(source).hexdigest())
    if not os.path.exists(file):
        os.makedirs(KEPT, exist_ok=True)
        part = f"{file}.{os.getpid()}"
        with open(part, "wb") as stream:
            marshal.dump(compile_source(path, source), stream)
        os.replace(part, file)
    with open(file, "rb") as stream:
        return marshal.load(stream)  # noqa: S302 - what this file wrote


zipimport._compile_source = compiled
