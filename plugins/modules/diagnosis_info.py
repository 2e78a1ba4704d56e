#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Read what there is"
DOCUMENTATION = r"""
module: diagnosis_info
short_description: Check network, user and release, and how this Unified Manager behaves
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Checks, step by step, whether the collection works with this network, this user and this release of Unified
    Manager - name, proxy, connection, certificate, login, release, role, clock, pages, filters, the API gateway,
    Jobs, clusters and backups.
  - It only reads, with about thirty requests, and goes on after a check that failed. A refused login is not repeated,
    since that may lock the account.
  - It also returns an anonymous profile of the server, without names, addresses and keys, for bug reports.
  - Checks that fail do not fail the task; RV(verdicts) tells whether there are any.
requirements:
  - Unified Manager 9.7 or newer
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.system_info
"""

EXAMPLES = r"""
- name: Diagnose this Unified Manager
  aiqum.unified_manager.diagnosis_info:
  register: diagnosis

- name: Show the checks that are not ok
  ansible.builtin.debug:
    msg: "{{ diagnosis.checks | rejectattr('verdict', 'equalto', 'ok') }}"

- name: Stop where a check failed
  ansible.builtin.assert:
    that: diagnosis.verdicts.failed == 0
    fail_msg: "{{ diagnosis.checks | selectattr('verdict', 'equalto', 'failed') | map(attribute='means') | join(' ') }}"
"""

RETURN = r"""
checks:
  description: The checks in the order in which they were made; where several fail, the first is the cause.
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description:
        - What was checked - V(proxy), V(address), V(tcp), V(tls), V(login), V(release), V(clock), V(role), V(reading),
          V(pages), V(speed), V(filter_keys), V(filter_case), V(unknown_parameters), V(error_bodies), V(events),
          V(gateway), V(alert_fields), V(job_states), V(job_order), V(jobs_running), V(job_filter), V(long_polling),
          V(clusters) or V(backup).
        - Where an examination could not be made, it has one check that says why.
      returned: always
      type: str
    verdict:
      description: V(ok), V(warning), V(failed), or V(unknown) where it could not be found out.
      returned: always
      type: str
    seen:
      description: What was found.
      returned: always
      type: str
    means:
      description: What follows from it and what to do; empty where nothing is to be done.
      returned: always
      type: str
    modules:
      description: The modules that need it.
      returned: always
      type: list
      elements: str
    line:
      description: Verdict, name, what was found and what it means, as one line of a table.
      returned: always
      type: str
  sample:
    - name: login
      verdict: ok
      seen: "'automation' can log in."
      means: ''
      modules: [all modules]
      line: "ok       login               'automation' can log in."
verdicts:
  description: How many checks have each verdict.
  returned: always
  type: dict
  contains:
    ok:
      description: How many are all right.
      returned: always
      type: int
    warning:
      description: How many work, but have something to look at.
      returned: always
      type: int
    failed:
      description: How many failed.
      returned: always
      type: int
    unknown:
      description: How many could not be found out.
      returned: always
      type: int
  sample: {ok: 21, warning: 1, failed: 0, unknown: 2}
profile:
  description:
    - The same as data, without names, addresses and keys. Attach it to a report of a bug.
    - The simulator of this project starts as such a server with C(--profile).
  returned: always
  type: dict
  contains:
    schema:
      description: The version of this structure.
      returned: always
      type: int
    release:
      description: The release of Unified Manager; null where it is not known.
      returned: always
      type: str
    role:
      description: The role of the user; null where it is not known.
      returned: always
      type: str
    switches:
      description: How the server behaves where no document says it, by the names of the simulator's switches.
      returned: always
      type: dict
    counts:
      description: How many objects there are.
      returned: always
      type: dict
    seconds:
      description: What was measured, in seconds.
      returned: always
      type: dict
    may_read:
      description: Whether the user may read each area of the API.
      returned: always
      type: dict
    verdicts:
      description: The verdict of each check.
      returned: always
      type: dict
  sample:
    schema: 1
    release: '9.16'
    role: administrator
    switches: {api_gateway: 'on', filter_case: insensitive}
    counts: {clusters: 3, volumes: 12}
    seconds: {connect: 0.002}
    may_read: {administration: true}
    verdicts: {login: ok}
# Written by make generate: outcome_read, error
outcome:
  description: How the run ended - unchanged, failed, interrupted or unknown.
  returned: always
  type: str
  sample: unchanged
error:
  description: The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
  returned: when a request was refused
  type: dict
# End of what make generate writes.
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.diagnosis_info import run_diagnosis


def main() -> None:
    run_diagnosis()


if __name__ == "__main__":
    main()
