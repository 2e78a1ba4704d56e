#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: svm_info
short_description: Read SVMs
version_added: 0.1.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the storage virtual machines that NetApp Active IQ Unified Manager knows.
options:
  name:
    description: An SVM, by name or key. Use O(filters) with C(name) for patterns.
    type: str
  cluster:
    description: Only SVMs of this cluster, by name or key.
    type: str
  admin_state:
    description: Only SVMs in this state.
    type: str
    choices: [starting, running, stopping, stopped, deleting]
  protocols:
    description: Only SVMs that serve all of these.
    type: list
    elements: str
    choices: [nfs, cifs, iscsi, fcp, nvme]
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.svm
  - module: aiqum.unified_manager.access_endpoint_info
"""

EXAMPLES = r"""
- name: Read the SVMs that serve iSCSI
  aiqum.unified_manager.svm_info:
    protocols: [iscsi]
    order_by: name
"""

RETURN = r"""
svms:
  description: The SVMs as Unified Manager sends them.
  returned: always
  type: list
  elements: dict
  sample:
    - name: svm1
      state: running
outcome:
  description: V(unchanged), or V(failed).
  returned: always
  type: str
  sample: unchanged
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._module_host_reading import run_listing
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.svm import SVMS


def main() -> None:
    run_listing(SVMS)


if __name__ == "__main__":
    main()
