# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives ansible-test the pip that it puts into its virtual environments, from PyPI.

It would download a get-pip script from a host that is often out of reach. A file of the right name in its cache is used
instead; this writes one that installs pip from pip's own wheel.
"""

from __future__ import annotations

import importlib.util
import pathlib
import re
import subprocess
import sys

CACHE = pathlib.Path.home() / ".ansible" / "test" / "cache"
INSTALLER = '''\
"""Written by tools/pip_for_ansible_test.py: installs pip {version} from the wheel beside this file."""
import pathlib
import sys

wheel = str(pathlib.Path(__file__).with_name("{wheel}"))
sys.path.insert(0, wheel)

from pip._internal.cli.main import main

unknown_to_pip = ("--no-setuptools", "--no-wheel")
words = [wheel if word.startswith("pip==") else word for word in sys.argv[1:] if word not in unknown_to_pip]
sys.exit(main(["install", "--no-index", "--no-deps", *words]))
'''


def provide_pip() -> None:
    """Write the installer and its wheel, unless they are there."""
    version = _wanted_version()
    wheel = CACHE / f"pip-{version}-py3-none-any.whl"
    installer = CACHE / f"get_pip_{version.replace('.', '_')}.py"
    if installer.exists() and wheel.exists():
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--only-binary=:all:", f"--dest={CACHE}", f"pip=={version}"], check=True)
    installer.write_text(INSTALLER.format(version=version, wheel=wheel.name), encoding="utf-8")


def _wanted_version() -> str:
    """The version that the installed ansible-test names in its source; it has no option to ask for it."""
    package = importlib.util.find_spec("ansible_test")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("ansible-test is not installed beside this Python.")
    source = pathlib.Path(package.submodule_search_locations[0], "_internal", "python_requirements.py")
    found = re.search(r"\bpip='([0-9.]+)'|\bpip=\"([0-9.]+)\"", source.read_text(encoding="utf-8").replace(" ", ""))
    if found is None:
        raise SystemExit(f"{source} does not say which pip it wants.")
    return found.group(1) or found.group(2)
