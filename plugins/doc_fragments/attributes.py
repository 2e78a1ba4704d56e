# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What modules say of themselves. Private to this collection."""

from __future__ import annotations


class ModuleDocFragment:
    """The blocks to extend: all modules, modules that only read, membership in the action group."""

    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in check mode and say what it would change, without changing anything.
  diff_mode:
    description: Returns in diff mode what it changed, or in check mode would change.
  idempotent:
    description:
      - Run again with the same options, and nothing else having changed, it changes nothing.
      - This leaves aside Jobs that still run when the module returns, for example with C(wait=false).
"""

    INFO_MODULE = r"""
options: {}
attributes:
  check_mode:
    description: Can run in check mode and say what it would change, without changing anything.
    support: full
    details:
      - This module only reads.
  diff_mode:
    description: Returns in diff mode what it changed, or in check mode would change.
    support: N/A
    details:
      - This module only reads.
  idempotent:
    description:
      - Run again with the same options, and nothing else having changed, it changes nothing.
    support: full
    details:
      - This module only reads.
"""

    ACTION_GROUP = r"""
options: {}
attributes:
  action_group:
    description: Use C(group/aiqum.unified_manager.um) in C(module_defaults) to give options to all these modules.
    support: full
    membership:
      - aiqum.unified_manager.um
"""
