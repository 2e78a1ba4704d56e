/* SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
   SPDX-License-Identifier: GPL-3.0-or-later */

/* The order of results in the search. A page that is called as the query comes first, then guides for users, those for
   contributors, and pages of modules, which all have the same words in their options and results. The numbers below the
   function are Sphinx's own. */
var Scorer = {
  score: function (result) {
    const [page, , , , score] = result;
    const query = (new URLSearchParams(window.location.search).get("q") || "").trim().toLowerCase();
    const name = query.replace(/^aiqum\.unified_manager\./, "").replace(/\s+/g, "_");
    if (page.replace(/_(module|role|inventory)$/, "") === name) {
      return score + 200;
    }
    if (page.startsWith("docsite/")) {
      return score + (/guide_(contributing|versions)$/.test(page) ? 50 : 100);
    }
    return page === "index" ? score - 10 : score;
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: {0: 15, 1: 5, 2: -5},
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
