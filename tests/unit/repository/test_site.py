# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation site leads to every guide, module and role, and its pages begin with what the reader came for."""

from __future__ import annotations

import re

import yaml

from tests.guides import GUIDES, README, ROOT
from tools import site

from .test_shape import INVENTORY, MODULES

FRONT = ROOT / "docs" / "site" / "index.rst"
LUN = site.Page("lun_module", "a.lun_module", "lun", "Provision LUNs")
JOBS = site.Page("docsite/guide_jobs", "a.docsite.guide_jobs", "Jobs and outcomes", "")
PAGE = """\
aiqum.unified_manager.lun module -- Provision LUNs
++++++++++++++++++++++++++++++++++++++++++++++++++

.. Collection note

.. note::
    This module is part of a collection.

    To install it, use something.

.. version_added

New in aiqum.unified\\_manager 0.1.0

.. contents::
   :local:

Synopsis
--------

- Creates LUNs.

.. note::
    This module has a corresponding :ref:`action plugin <action_plugins>`.

.. note::
    Something of its own.
"""


def test_topics_are_those_of_the_table():
    rows = [
        "| module | what |",
        "|---|---|",
        "| **A** | |",
        "| `x`, and its `_info` | |",
        "| **B** | |",
        "| `y`, `z_info` | |",
    ]
    readme = "".join(f"{row}\n" for row in rows)
    assert site.topics(readme) == {"A": ["x", "x_info"], "B": ["y", "z_info"]}


def test_every_module_and_plugin_has_one_topic():
    listed = [name for names in site.topics(README.read_text(encoding="utf-8")).values() for name in names]
    assert sorted(listed) == sorted(path.stem for path in [*MODULES, *INVENTORY])


def test_every_guide_is_listed_once():
    sections = yaml.safe_load((ROOT / "docs" / "docsite" / "extra-docs.yml").read_text(encoding="utf-8"))["sections"]
    assert sorted(name for section in sections for name in section["toctree"]) == sorted(path.stem for path in GUIDES)


def test_the_front_page_leads_to_guides_and_modules():
    page = site.front_page(
        "Title\n=====\n\nRead |guide_jobs|, use |lun|.", [site.Group("Use", [JOBS])], [site.Group("LUNs", [LUN])]
    )
    assert page.index("Title") < page.index("Guides") < page.index("Modules, plugins and roles")
    assert "* :ref:`Jobs and outcomes <a.docsite.guide_jobs>`\n" in page
    assert "* :ref:`lun <a.lun_module>` -- Provision LUNs\n" in page
    assert "   lun <lun_module>\n" in page
    assert ".. |guide_jobs| replace:: :ref:`Jobs and outcomes <a.docsite.guide_jobs>`\n" in page


def test_the_front_page_asks_for_pages_that_exist():
    known = {path.stem for path in [*GUIDES, *MODULES, *INVENTORY, *(ROOT / "roles").glob("*")]}
    assert set(re.findall(r"\|(\w+)\|", FRONT.read_text(encoding="utf-8"))) <= known


def test_a_page_begins_with_its_synopsis():
    text = site.begin_with_the_synopsis(PAGE)
    assert "install" not in text
    assert "action plugin" not in text
    assert "New in aiqum" in text
    assert "Something of its own." in text


def test_the_links_of_a_page_are_a_section_like_the_others():
    page = site.begin_with_the_synopsis("Authors\n^^^^^^^\n\nCollection links\n~~~~~~~~~~~~~~~~\n")
    assert page == "Authors\n^^^^^^^\n\nCollection links\n^^^^^^^^^^^^^^^^\n"


def test_names_may_break_between_their_parts():
    page = '<title>a.b_c</title><h1 id="a.b">a.b_c, x. Y</h1><pre>a.<b>b</b>_c d.e</pre><td>a/b</td>'
    assert site.with_breaks(page) == (
        '<title>a.b_c</title><h1 id="a.b">a.<wbr>b_<wbr>c, x. Y</h1><pre>a.<b>b</b>_c d.e</pre><td>a/<wbr>b</td>'
    )


def test_pages_are_found_by_their_headings(tmp_path):
    (tmp_path / "lun_module.rst").write_text(PAGE, encoding="utf-8")
    (tmp_path / "environment_variables.rst").write_text("Variables\n=========\n", encoding="utf-8")
    pages = site.pages_of(tmp_path)
    assert pages == {"lun_module": site.Page("lun_module", site.LABEL + "lun_module", "lun", "Provision LUNs")}
