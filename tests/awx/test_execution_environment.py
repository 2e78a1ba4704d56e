# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-builder makes an image definition that has all that the collection needs."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import yaml

from .injection import EXTENSION, ROOT

BUILDER = str(pathlib.Path(sys.executable).with_name("ansible-builder"))


def build(*arguments):
    return subprocess.run([BUILDER, *arguments], check=True, capture_output=True, text=True, timeout=60).stdout


def test_the_collection_asks_for_requests_and_nothing_of_the_system(tmp_path):
    found = yaml.safe_load(build("introspect", "--sanitize", str(ROOT / ".build")))
    wanted = (ROOT / "requirements.txt").read_text(encoding="utf-8").split()
    assert [line.partition("#")[0].strip() for line in found["python"]] == wanted
    assert found["system"] == []


def test_the_image_definition_is_complete(tmp_path):
    definition = EXTENSION / "execution_environment" / "execution-environment.yml"
    build("create", "-f", str(definition), "-c", str(tmp_path), "--output-filename", "Containerfile")
    text = (tmp_path / "Containerfile").read_text(encoding="utf-8")
    assert "registry.access.redhat.com/ubi9/ubi" in text
    assert "ansible-galaxy collection install" in text
    assert "ansible-runner" in text
    galaxy = yaml.safe_load((tmp_path / "_build" / "requirements.yml").read_text(encoding="utf-8"))
    assert galaxy == {"collections": [{"name": "aiqum.unified_manager"}]}
