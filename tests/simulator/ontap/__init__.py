# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ONTAP behind the gateway: a few of its REST resources over the same world (docs/facts/server.md, 6).

The error codes that no document names are this simulator's own.
"""
