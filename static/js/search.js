// Suggests pages while somebody types into a search box: a combobox with a list, as the ARIA Authoring Practices have it.
// Without this script the box is a plain form. What is typed goes to this site alone, and is kept nowhere.

const PAUSE = 150; // milliseconds without a key before the server is asked
const SHORTEST = 2; // letters

for (const form of document.querySelectorAll("form[data-suggests]")) suggestIn(form);

function suggestIn(form) {
  const input = form.querySelector("input");
  const list = document.createElement("div");
  list.id = `${input.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Pages");
  form.append(list);
  input.autocomplete = "off";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  // What keys do while the list is open, and whether that is all they do. Those that move the caret leave the list.
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    ArrowLeft: () => choose(),
    ArrowRight: () => choose(),
    Home: () => choose(),
    End: () => choose(),
    Escape: dismiss,
    Enter: open,
  };
  let timer;
  let asked;

  input.addEventListener("input", () => {
    choose();
    if (isTooShort()) return close();
    stopAsking();
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const does = list.hidden ? { ArrowDown: reopen } : keys;
    if (!event.isComposing && does[event.key]?.()) event.preventDefault();
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", close); // the link leads on, to where the reader's keys say

  function isTooShort() {
    return input.value.trim().length < SHORTEST;
  }

  async function ask() {
    stopAsking();
    const asking = (asked = new AbortController());
    try {
      const address = `${form.dataset.suggests}?${new URLSearchParams({ q: input.value })}`;
      const response = await fetch(address, { signal: asking.signal, referrerPolicy: "no-referrer" });
      show(response.ok ? (await response.json()).suggestions : []);
    } catch (error) {
      if (error.name !== "AbortError") close(); // there is the button
    }
  }

  function stopAsking() {
    clearTimeout(timer);
    asked?.abort();
  }

  function show(suggestions) {
    if (!suggestions.length || document.activeElement !== input) return close();
    choose();
    list.replaceChildren(...suggestions.map(option));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function option({ title, kind, path, called }, number) {
    const link = document.createElement("a");
    link.id = `${list.id}-${number}`;
    link.href = path;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    link.append(`${title} `, worded("span", kind));
    if (called) link.append(" ", worded("small", `Also called ${called}`));
    return link;
  }

  function worded(name, text) {
    return Object.assign(document.createElement(name), { className: "kind", textContent: text });
  }

  function close() {
    stopAsking();
    choose();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function dismiss() {
    close();
    return true;
  }

  function reopen() {
    if (isTooShort()) return false;
    ask();
    return true;
  }

  // Past the last one, and before the first, stands the box itself.
  function move(by) {
    const options = [...list.children];
    const now = options.indexOf(chosen());
    choose(options[by < 0 && now < 0 ? options.length - 1 : now + by]);
    return true;
  }

  function chosen() {
    return list.querySelector("[aria-selected=true]");
  }

  // Chooses one of the options, or none.
  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function open() {
    const option = chosen();
    option?.click();
    return option !== null;
  }
}
