// Suggests pages while somebody types into a search box: a combobox with a list, as the ARIA Authoring Practices have it.
// Without this script the box is a plain form. What is typed goes to this site alone, and is kept nowhere.

const PAUSE = 150; // milliseconds without a key before the server is asked
const SHORTEST = 2; // letters

for (const form of document.querySelectorAll("form[data-suggests]")) suggestIn(form);

function suggestIn(form) {
  const input = form.querySelector("input");
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.hidden = true;
  list.role = "listbox";
  list.ariaLabel = "Pages";
  form.append(list);
  input.role = "combobox";
  input.autocomplete = "off";
  input.ariaAutoComplete = "list";
  input.ariaExpanded = "false";
  input.setAttribute("aria-controls", list.id);

  let timer;
  let asked;

  input.addEventListener("input", () => {
    clearTimeout(timer);
    asked?.abort();
    if (input.value.trim().length < SHORTEST) return close();
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const key = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Escape: dismiss, Enter: open }[event.key];
    if (key && !event.isComposing && !list.hidden && key()) event.preventDefault();
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));

  async function ask() {
    asked = new AbortController();
    try {
      const address = `${form.dataset.suggests}?${new URLSearchParams({ q: input.value })}`;
      const response = await fetch(address, { signal: asked.signal, referrerPolicy: "no-referrer" });
      if (response.ok) show((await response.json()).suggestions);
    } catch {
      close(); // there is the button
    }
  }

  function show(suggestions) {
    if (!suggestions.length || document.activeElement !== input) return close();
    list.replaceChildren(...suggestions.map(option));
    list.hidden = false;
    input.ariaExpanded = "true";
    input.removeAttribute("aria-activedescendant");
  }

  function option({ title, kind, path }, number) {
    const item = document.createElement("li");
    item.id = `${list.id}-${number}`;
    item.role = "option";
    item.ariaSelected = "false";
    item.dataset.path = path;
    item.append(`${title} `, Object.assign(document.createElement("span"), { className: "kind", textContent: kind }));
    return item;
  }

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    input.ariaExpanded = "false";
    input.removeAttribute("aria-activedescendant");
  }

  function dismiss() {
    close();
    return true;
  }

  // Past the last one, and before the first, stands the box itself.
  function move(by) {
    const options = [...list.children];
    const now = options.indexOf(chosen());
    const next = options[by < 0 && now < 0 ? options.length - 1 : now + by];
    for (const item of options) item.ariaSelected = String(item === next);
    if (next) input.setAttribute("aria-activedescendant", next.id);
    else input.removeAttribute("aria-activedescendant");
    next?.scrollIntoView({ block: "nearest" });
    return true;
  }

  function chosen() {
    return list.querySelector("[aria-selected=true]");
  }

  function open() {
    return go(chosen());
  }

  function go(item) {
    if (!item) return false;
    location.assign(item.dataset.path);
    return true;
  }
}
