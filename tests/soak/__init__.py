# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hundreds of runs under random faults, each judged: is anything lost, done twice, or claimed and not so?"""
