"use strict";
// Filters the findings. The page can be read without this: the form is shown by it, and nothing else is hidden before.
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const count = document.getElementById("filter-count");
  const [text, family, lint] = ["filter-text", "filter-family", "filter-lint"].map((id) => document.getElementById(id));
  const levels = Array.from(form.querySelectorAll("input[name=level]"));
  const groups = Array.from(document.querySelectorAll("#findings details.lint"), (element) => ({
    element,
    family: element.dataset.family,
    lint: element.dataset.lint,
    // What a reader opened stays open when filters are taken away.
    wasOpen: element.open,
    items: Array.from(element.querySelectorAll("li[data-level]"), (item) => ({
      element: item,
      level: item.dataset.level,
      words: item.querySelector(".said").textContent.toLowerCase(),
    })),
  }));
  const total = groups.reduce((sum, group) => sum + group.items.length, 0);
  let isFiltered = false;

  const apply = () => {
    const words = text.value.trim().toLowerCase();
    const chosen = new Set(levels.filter((box) => box.checked).map((box) => box.value));
    for (const option of lint.options) option.hidden = Boolean(family.value && option.value && option.dataset.family !== family.value);
    if (lint.selectedOptions[0].hidden) lint.value = "";
    const was = isFiltered;
    isFiltered = Boolean(words || family.value || lint.value) || chosen.size < levels.length;
    let shown = 0;
    for (const group of groups) {
      const isMeant = (!family.value || group.family === family.value) && (!lint.value || group.lint === lint.value);
      let here = 0;
      for (const item of group.items) {
        const isShown = isMeant && chosen.has(item.level) && item.words.includes(words);
        item.element.hidden = !isShown;
        here += isShown ? 1 : 0;
      }
      if (!was && isFiltered) group.wasOpen = group.element.open;
      group.element.hidden = here === 0;
      if (isFiltered) group.element.open = here > 0;
      else if (was) group.element.open = group.wasOpen;
      shown += here;
    }
    const number = (value) => value.toLocaleString("en");
    count.textContent = isFiltered ? `${number(shown)} of ${number(total)} listed` : `${number(total)} listed`;
  };

  // A link to a lint opens it.
  const follow = () => {
    const element = document.getElementById(location.hash.slice(1));
    if (!element || !element.matches("details.lint")) return;
    if (element.hidden) form.reset(), apply();
    element.open = true;
    element.scrollIntoView();
  };

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    form.reset();
    text.focus();
  });
  window.addEventListener("hashchange", follow);
  // A browser keeps what was chosen when a page is loaded again.
  apply();
  follow();
})();
