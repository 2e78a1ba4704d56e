# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is refused whoever asks: too many requests, and a feature that is off (docs/facts/server.md, 1.6 and 9.3)."""

from __future__ import annotations

from .errors import Refusal
from .world import World

SECOND = 1.0


def check(world: World, user: str, method: str, path: str) -> None:
    """:raises Refusal: 429, or what the switch storage_management says"""
    _check_rate(world, user)
    setting = world.switches["storage_management"]
    if setting != "on" and method != "GET" and path.startswith("/storage-provider/"):
        raise Refusal(int(setting[-3:]), "disabled", "Policy-based storage management is switched off.")


def _check_rate(world: World, user: str) -> None:
    limit = world.switches["rate_limit"]
    if not limit:
        return
    now = world.clock.seconds()
    note = world.note(f"requests of {user}")
    recent = [moment for moment in note.get("moments", ()) if moment > now - SECOND]
    if len(recent) >= limit:
        raise Refusal(429, "too_many_requests", "There are too many requests.")
    note["moments"] = [*recent, now]
