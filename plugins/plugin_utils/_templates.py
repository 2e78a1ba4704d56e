# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tells Ansible which texts of an inventory are templates. Private to this collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.utils.unsafe_proxy import wrap_var

try:
    from ansible.template import trust_as_template
except ImportError:  # ansible-core before 2.19 takes every text for a template that is not marked as none
    trust_as_template = None

# What tells Ansible that a text may be a template.
MARKS = ("{{", "{%", "{#", "#jinja2:")


def template(text: str) -> str:
    """A text of ours, which may be a template."""
    return trust_as_template(text) if trust_as_template else text


def marked(value: Any) -> Any:
    """What comes from Unified Manager is never a template.

    ansible-core before 2.19 takes a text for one unless it is marked as unsafe. Newer versions trust no text that is
    not marked as trusted, but list it with ``__ansible_unsafe``, which AWX then stores. A text that cannot be a
    template is therefore trusted there.
    """
    if isinstance(value, Mapping):
        return {key: marked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [marked(item) for item in value]
    if not isinstance(value, str):
        return value
    if any(mark in value for mark in MARKS):
        return wrap_var(value)
    return trust_as_template(value) if trust_as_template else value
