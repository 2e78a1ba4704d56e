# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sphinx: what `make docs` builds out of the guides and what antsibull-docs writes of modules and plugins."""

from __future__ import annotations

import pathlib

project = "aiqum.unified_manager"
copyright = "2026 The aiqum.unified_manager authors"  # noqa: A001 - Sphinx's name
title = html_short_title = "NetApp Unified Manager from Ansible"

extensions = ["sphinx_antsibull_ext"]
exclude_patterns = []
default_role = "any"
nitpicky = True
nitpick_ignore_regex = [("envvar", "ANSIBLE_.*")]  # described in Ansible's own documentation
highlight_language = "YAML+Jinja"
pygments_style = "ansible"

html_theme = "sphinx_ansible_theme"
html_theme_options = {"documentation_home_url": "", "topbar_links": {}}
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_search_scorer = str(pathlib.Path(__file__).with_name("scorer.js"))
html_show_sphinx = False
html_use_index = False
html_copy_source = False
