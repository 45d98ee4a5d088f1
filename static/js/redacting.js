// Words that are selected in the comment are added to those to be taken out. Without this script they are typed.

const texts = document.querySelector("[data-redact-from]");
const offer = document.querySelector("[data-redact-selected]");
const words = document.querySelector("textarea[name=words]");
let selected = "";

// On a touch screen, pressing the button ends the selection: the last one counts.
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const isWithin = texts.contains(selection.anchorNode) && texts.contains(selection.focusNode);
  if (isWithin && !selection.isCollapsed) selected = selection.toString().trim().replace(/\s+/g, " ");
});

offer.hidden = false;
offer.querySelector("button").addEventListener("click", () => {
  if (selected) words.value = [...words.value.split("\n").filter((line) => line.trim()), selected].join("\n");
  selected = "";
  words.focus();
});
