# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options of every module that lists records. Private to this collection."""

from __future__ import annotations


class ModuleDocFragment:
    """Filters, order and number of records."""

    DOCUMENTATION = r"""
options:
  filters:
    description:
      - Further filters in Unified Manager's own words and filter language, for example C(space.size) or
        C(cluster.name), with V(*) as wildcard and V(|) between alternatives.
    type: dict
  order_by:
    description:
      - The fields to sort by, each with V(asc) or V(desc) behind it, for example V(space.size desc,name).
    type: str
  limit:
    description:
      - The largest number of records to return. Without it all are read, page by page.
    type: int
"""
