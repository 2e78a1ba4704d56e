# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The events of a Unified Manager for Event-Driven Ansible."""

from __future__ import annotations

DOCUMENTATION = r"""
short_description: Follow the events of NetApp Active IQ Unified Manager
description:
  - Asks Unified Manager for what is new, and delivers each change of an event once.
  - The connection, and the options that choose events, are those of the module M(aiqum.unified_manager.event_info), the
    environment variables included.
  - What is delivered has the event in C(payload), as the module returns it, with C(payload.change), the entry of its
    history that it is about (C(state), C(timestamp), C(user), C(cause)), and C(payload.um) (C(name), C(hostname)).
  - C(meta.hosts) is the SVM, or else the cluster, as the inventory plugin P(aiqum.unified_manager.um#inventory) calls
    it. Playbooks and job templates that rules start are limited to it.
  - Trouble with the server is logged once for each outage, and polling goes on. The source ends when the login is
    refused, so that the account is not locked.
options:
  hostname:
    description: The host name or IP address of Unified Manager, by default E(UM_HOSTNAME).
    type: str
  port:
    description: Its HTTPS port, by default E(UM_PORT).
    type: int
    default: 443
  username:
    description: The user to log in as, by default E(UM_USERNAME). The role Operator is enough.
    type: str
  password:
    description: The password of the user, by default E(UM_PASSWORD).
    type: str
  validate_certs:
    description: Whether to verify the TLS certificate, by default E(UM_VALIDATE_CERTS).
    type: bool
    default: true
  ca_path:
    description: A file or directory with the certificates to trust, by default E(UM_CA_PATH).
    type: path
  request_timeout:
    description: How many seconds a single request may take.
    type: float
    default: 30.0
  wait_timeout:
    description: How many seconds one poll may take.
    type: float
    default: 600.0
  name:
    description: Only events of this name.
    type: str
  severity:
    description: Only events of these severities.
    type: list
    elements: str
    choices: [normal, information, warning, error, critical]
  current_state:
    description:
      - Only events that are in these states when Unified Manager is asked. An event that was acknowledged between two
        polls is not V(new) any more.
    type: list
    elements: str
    choices: [new, acknowledged, resolved, obsolete]
  cluster:
    description: Only events of this cluster, by name or key.
    type: str
  svm:
    description: Only events of this SVM, by name or key.
    type: str
  node:
    description: Only events of this node, by name or key.
    type: str
  impact_area:
    description: Only events with an impact on these areas.
    type: list
    elements: str
    choices: [availability, capacity, configuration, performance, protection, security]
  impact_level:
    description: Only events of these impact levels.
    type: list
    elements: str
    choices: [event, risk, incident, upgrade]
  resource_type:
    description: Only events of objects of these types, such as V(volume) or V(lun).
    type: list
    elements: str
  group:
    description: Only events of these groups.
    type: list
    elements: str
    choices: [storage_capacity, performance_capacity, workload_performance, workload_iops, security, none]
  assigned_user:
    description: Only events that are assigned to this user.
    type: str
  origin:
    description: Only events from this origin.
    type: str
  filters:
    description: Further filters in Unified Manager's own words. Those of the history belong to the source.
    type: dict
  interval:
    description: Seconds from one poll to the next, at least 1.
    type: float
    default: 30.0
  start:
    description:
      - Where to begin without a state file - V(now), V(all), or a time such as V(2026-01-31T10:00:00+00:00).
    type: str
    default: now
  changes:
    description: Which changes to deliver, by the state that an event comes into.
    type: list
    elements: str
    choices: [new, acknowledged, resolved, obsolete]
    default: [new]
  state_file:
    description:
      - A file in which the source remembers what it delivered, so that after a restart nothing is missing or comes
        again. Each source needs its own.
    type: path
  overlap:
    description:
      - How many seconds before the newest event everything is read again. It must be longer than Unified Manager takes
        to show an event after another one that is newer.
    type: float
    default: 300.0
  svm_names:
    description: What the inventory plugin calls SVMs; as its option of the same name.
    type: str
    choices: [svm.cluster, svm.cluster.server, cluster.svm, svm, uuid]
    default: svm.cluster
  cluster_names:
    description: What the inventory plugin calls clusters; as its option of the same name.
    type: str
    choices: [name, name.server, uuid]
    default: name
  server_name:
    description: What the inventory plugin calls this Unified Manager in C(ums), by default its host name.
    type: str
  feedback:
    description:
      - Whether to wait until the rule engine has taken an event, before the next one is delivered.
      - ansible-rulebook offers this together with persistence.
    type: bool
    default: false
"""

EXAMPLES = r"""
- aiqum.unified_manager.events:
    interval: 30
    severity: [error, critical]
    state_file: /var/lib/eda/um-berlin.json
"""

import asyncio
import concurrent.futures
import itertools
import logging
import sys
import threading
from typing import Any

from ansible.plugins.loader import init_plugin_loader
from ansible.utils.collection_loader import AnsibleCollectionConfig


def _find_collections() -> None:
    """Sources are loaded by their path, outside of Ansible; only its loader finds collections.

    The loader's hook for paths takes every path for its own that begins like that of the package ansible, also that of
    ansible_rulebook, which then cannot load its filters. Importing from collections does without that hook.
    """
    if AnsibleCollectionConfig.collection_finder is not None or "ansible_collections" in sys.modules:
        return
    init_plugin_loader()
    finder = AnsibleCollectionConfig.collection_finder
    sys.path_hooks[:] = [hook for hook in sys.path_hooks if getattr(hook, "__self__", None) is not finder]
    sys.path_importer_cache.clear()


_find_collections()

from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._event_options import options_of
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._event_reading import Follower

logger = logging.getLogger("aiqum.unified_manager.events")
LATER = 0.005  # seconds between two looks at whether an event was taken
PATIENCE = 5.0  # seconds for a delivery to end when the source is stopped


class Stopped(BaseException):
    """The source is to end; passes what handles errors."""


class Source:
    """Runs a Follower in a daemon thread, and delivers its events into the event loop.

    :param feedback: a queue that returns each event once the rule engine has taken it, or None
    """

    def __init__(self, queue: Any, given: dict[str, Any], feedback: Any = None) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue = queue
        self._feedback = feedback
        self._stop = threading.Event()
        self._ended = self._loop.create_future()
        self._putting: asyncio.Task[Any] | None = None
        options = options_of(given)
        self._interval = options.interval
        self._follower = Follower(options, self._deliver, logger.warning, pause=self._pause)

    async def run(self) -> None:
        """Until it is cancelled, or the server refuses for good."""
        threading.Thread(target=self._follow, name="aiqum-events", daemon=True).start()
        try:
            await asyncio.shield(self._ended)
        finally:
            self._stop.set()
            if self._putting is not None:
                self._putting.cancel()
            await asyncio.wait([self._ended], timeout=PATIENCE)

    def _follow(self) -> None:
        error: BaseException | None = None
        try:
            while True:
                began = self._loop.time()
                self._follower.poll()
                self._pause(max(0.0, began + self._interval - self._loop.time()))
        except Stopped:
            pass
        except BaseException as problem:  # it ends the source, in the event loop
            error = problem
        try:
            self._loop.call_soon_threadsafe(self._end, error)
        except RuntimeError:
            logger.debug("the event loop was closed before the source's thread ended")

    def _end(self, error: BaseException | None) -> None:
        if self._ended.done():
            return
        if error is None or self._stop.is_set():
            self._ended.set_result(None)
        else:
            self._ended.set_exception(error)

    def _pause(self, seconds: float) -> None:
        if self._stop.wait(seconds):
            raise Stopped

    def _deliver(self, event: dict[str, Any]) -> None:
        if self._stop.is_set():
            raise Stopped
        try:
            asyncio.run_coroutine_threadsafe(self._put(event), self._loop).result()
        except (concurrent.futures.CancelledError, RuntimeError):  # the event loop ends, and with it the queue
            raise Stopped from None

    async def _put(self, event: dict[str, Any]) -> None:
        """Returns when the event is delivered; is cancelled where it is not."""
        self._putting = asyncio.current_task()
        await self._queue.put(event)
        if self._feedback is not None:
            await self._feedback.get()
            return
        try:
            await self._taken()
        except asyncio.CancelledError:
            if not self._lies():
                return
            raise

    async def _taken(self) -> None:
        pauses = itertools.chain((0.0,) * 20, itertools.repeat(LATER))
        while self._lies():
            await asyncio.sleep(next(pauses))

    def _lies(self) -> bool:
        """Whether an event lies in ansible-rulebook's queue of one place; when it is stopped, no rule sees it."""
        queue = getattr(self._queue, "queue", self._queue)
        return bool(getattr(queue, "maxsize", 0)) and not queue.empty()


async def main(queue: Any, args: dict[str, Any]) -> None:
    """What ansible-rulebook calls."""
    given = dict(args)
    feedback = given.pop("eda_feedback_queue", None)
    await Source(queue, given, feedback).run()
