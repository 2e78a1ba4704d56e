/* SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
   SPDX-License-Identifier: GPL-3.0-or-later */

/* The order of results in the search: guides whose titles have the words of the query, the page that is called as the
   query, the other guides, and pages of modules, which all have the same words in their options and results. Among guides,
   those come first that have the words in headings. Guides for contributors come after those for users. Sphinx reduces words
   to their stems, and so does this. The numbers below the functions are Sphinx's own. */
var Scorer = {
  score: function (result) {
    const [page, , , , score] = result;
    const query = (new URLSearchParams(window.location.search).get("q") || "").trim().toLowerCase();
    const name = query.replace(/^aiqum\.unified_manager\./, "").replace(/\s+/g, "_");
    if (page.replace(/_(module|role|inventory)$/, "") === name) {
      return score + 130;
    }
    if (page.startsWith("docsite/guide_")) {
      const audience = /guide_(contributing|versions)$/.test(page) ? 50 : 100;
      return score + audience + Scorer.ofHeadings(page, query);
    }
    return page === "index" ? score - 10 : score;
  },
  /* 50 for each word of the query in the title or the file's name, 2 for each heading with one of them, 20 at the most. */
  ofHeadings: function (page, query) {
    const stemmer = new Stemmer();
    const stems = query.split(/\W+/).filter(Boolean).map((word) => stemmer.stemWord(word));
    const file = Search._index.docnames.indexOf(page);
    const title = `${Search._index.titles[file]} ${page}`.toLowerCase();
    const headings = Object.entries(Search._index.alltitles).filter(
      ([heading, places]) =>
        places.some((place) => place[0] === file) && stems.some((stem) => heading.toLowerCase().includes(stem)),
    );
    const inTitle = stems.filter((stem) => title.includes(stem)).length;
    return 50 * inTitle + Math.min(20, 2 * headings.length);
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
