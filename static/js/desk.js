// Keys for the moderators' desk. Each key presses a button that stands on the page; without this script, so does a mouse.

const OFF = "desk.keys-off";
const cards = [...document.querySelectorAll("[data-card]")];
const help = document.querySelector("[data-keys]");
const switchedOn = document.querySelector("[data-keys-on]");
const isList = cards[0]?.matches("li");

/** The card that has the focus, or what a key would mean without one: the first. */
const current = () => document.activeElement?.closest?.("[data-card]") ?? cards[0];

const focusOn = (card) => {
  if (!card) return;
  card.focus();
  card.scrollIntoView({ block: "nearest" });
};

const step = (by) => {
  const here = document.activeElement?.closest?.("[data-card]");
  focusOn(here ? cards[cards.indexOf(here) + by] : cards[0]);
};

const press = (key, within = document) => within?.querySelector(`[data-key="${key}"]`)?.click();

/** Open the text that is to be decided on, if it is covered; whether it was. On its own page, it is in no card. */
const uncover = () => {
  const words = isList ? current() : document.querySelector("[data-own-words]");
  const cover = words?.querySelector(".cover:not([open])");
  if (cover) cover.open = true;
  return Boolean(cover);
};

/** Decide on what was read: the first press opens a covered text. */
const decide = (key) => uncover() || press(key, current());

/** Show the reasons, and give the keyboard to the first: its number, Tab and Enter all choose. */
const refuse = () => {
  if (uncover()) return;
  const reasons = current()?.querySelector("[data-refuse]");
  if (!reasons) return;
  reasons.open = true;
  (reasons.querySelector("[data-reason]") ?? reasons.querySelector("input[name=words]")).focus();
  reasons.scrollIntoView({ block: "nearest" });
};

/** Leave the refusal: its button has the keyboard again, and what was typed stays in it. */
const spare = () => {
  const reasons = document.activeElement?.closest?.("[data-refuse][open]");
  if (!reasons) return;
  reasons.open = false;
  reasons.querySelector("summary").focus();
};

const reasonNumbered = (key) =>
  /^[1-9]$/.test(key) &&
  document.activeElement?.closest?.("[data-refuse][open]")?.querySelector(`[data-reason="${key}"]`);

/** Open the covered text, or where it is open already, the comment itself. */
const open = () => uncover() || press("o", current());

const choose = () => current()?.querySelector("[data-choose]")?.click();

const KEYS = {
  j: () => (isList ? step(1) : press("j")),
  k: () => (isList ? step(-1) : history.back()),
  a: () => decide("a"),
  s: () => decide("s"),
  r: refuse,
  u: () => press("u"),
  x: choose,
  o: open,
  "?": () => {
    help.open = !help.open;
    (help.open ? help : current())?.scrollIntoView({ block: "nearest" });
  },
};

const isTyping = (target) => target.matches("textarea, select, [contenteditable], input:not([type=checkbox])");

// The event may come after a form was sent: a key that is pressed twice must not decide twice.
let isLeaving = false;
addEventListener("submit", () => (isLeaving = true));
addEventListener("pageshow", () => (isLeaving = false));

addEventListener("keydown", (event) => {
  if (!switchedOn.checked || isLeaving) return;
  if (event.key === "Escape") spare();
  if (isTyping(event.target)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const reason = reasonNumbered(event.key);
  const act = reason ? () => reason.click() : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

help.hidden = false;
switchedOn.checked = localStorage.getItem(OFF) === null;
switchedOn.addEventListener("change", () => {
  if (switchedOn.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
});

// After a decision the address names the card that was behind.
const named = document.getElementById(location.hash.slice(1));
if (named?.matches("[data-card]")) focusOn(named);

const all = document.querySelector("[data-choose-all]");
if (all) {
  all.closest("[hidden]").hidden = false;
  all.addEventListener("change", () => {
    for (const box of document.querySelectorAll("[data-choose]")) box.checked = all.checked;
  });
}

const reply = document.querySelector("[data-reply]");
for (const saved of reply?.querySelectorAll("[data-saved]") ?? []) {
  const use = document.createElement("button");
  use.type = "button";
  use.className = "link-button";
  use.textContent = "Use it";
  use.addEventListener("click", () => {
    const text = reply.querySelector("textarea");
    text.value = [text.value.trimEnd(), saved.textContent].filter(Boolean).join("\n\n");
    text.focus();
  });
  saved.after(" ", use);
}
