"use strict";
(() => {
  const marks = [...document.querySelectorAll("mark")];
  const choices = [...document.querySelectorAll("select")];
  const count = document.querySelector("output");
  const noteOf = (mark) => document.getElementById(mark.getAttribute("aria-describedby"));
  let current = null;

  function filter() {
    let left = 0;
    for (const mark of marks) {
      const off = choices.some((choice) => choice.value && mark.dataset[choice.name] !== choice.value);
      mark.classList.toggle("off", off);
      if (off) mark.removeAttribute("tabindex");
      else mark.tabIndex = 0;
      noteOf(mark).hidden = off;
      left += off ? 0 : 1;
    }
    for (const article of document.querySelectorAll("article")) {
      article.hidden = !article.querySelector("mark:not(.off)");
    }
    count.textContent = `${left} of ${marks.length} shown`;
  }

  function move(step) {
    const list = marks.filter((mark) => !mark.classList.contains("off"));
    if (!list.length) return;
    const at = list.indexOf(current);
    const next = at < 0 ? (step > 0 ? 0 : list.length - 1) : (at + step + list.length) % list.length;
    list[next].focus();
    list[next].scrollIntoView({ block: "center" });
  }

  document.addEventListener("focusin", (event) => {
    const note = event.target.closest("ol > li");
    const mark = note ? marks.find((one) => noteOf(one) === note) : event.target.closest("mark");
    if (!mark) return;
    if (current) noteOf(current).classList.remove("current");
    current = mark;
    noteOf(mark).classList.add("current");
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select")) return;
    if (event.key === "j") move(1);
    if (event.key === "k") move(-1);
  });
  for (const choice of choices) choice.addEventListener("change", filter);
  // Only with a script do they do anything.
  for (const element of document.querySelectorAll(".scripted")) element.hidden = false;
  // A browser keeps what was chosen when the page is loaded again.
  if (choices.length) filter();
})();
