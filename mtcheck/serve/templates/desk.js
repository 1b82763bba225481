// Keys for the review page; every button works without them.
const items = [...document.querySelectorAll("ol > li[id]")];
const keys = document.querySelector(".keys");
if (keys && items.length) {
  keys.hidden = false;
  let sent = false;
  addEventListener("submit", () => { sent = true; });
  addEventListener("pageshow", () => { sent = false; });
  let at = items.findIndex((li) => "#" + li.id === location.hash);
  const go = (to) => {
    at = Math.min(Math.max(to, 0), items.length - 1);
    items.forEach((li, i) => li.classList.toggle("current", i === at));
    items[at].focus();
    items[at].scrollIntoView({ block: "nearest" });
    const mark = document.getElementById("mark-" + items[at].id.slice("finding-".length));
    if (mark) mark.scrollIntoView({ block: "nearest" });
  };
  if (at >= 0) go(at);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select");
    if (typing || sent || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at - 1);
    else if (at >= 0) items[at].querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  });
}
// A file or a text that is dropped anywhere on the first page goes into its form.
const paste = document.querySelector("form.paste");
if (paste) {
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      paste.elements.file.files = event.dataTransfer.files;
      paste.requestSubmit();
    } else {
      paste.elements.text.value = event.dataTransfer.getData("text/plain");
    }
  });
}
