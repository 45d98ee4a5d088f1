// Opens the form of comments where its link stands, and sends it without leaving the page. Without this script the same
// links and forms work as pages of their own. What was typed stays in the form until the server says that it has it.

const FORM = "form[data-comment-form]";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-opens-form]");
  const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || opensElsewhere) return;
  event.preventDefault();
  open(link);
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest(FORM);
  if (!form) return;
  event.preventDefault();
  send(form, event.submitter);
});

// A page that comes back from the browser's memory was left while it sent.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll(FORM)) form.ariaBusy = "false";
});

async function open(link) {
  const place = link.closest("p");
  const opened = place.nextElementSibling;
  if (opened?.matches(FORM)) return opened.querySelector("h2").focus();
  try {
    const form = formIn(await page(await fetch(link.href)));
    for (const other of document.querySelectorAll(`${FORM}[data-untouched]`)) other.remove();
    form.dataset.untouched = "";
    form.addEventListener("input", () => delete form.dataset.untouched, { once: true });
    place.after(withIdsOfItsOwn(form));
    form.querySelector("h2").focus();
  } catch {
    location.assign(link.href);
  }
}

async function send(form, button) {
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  try {
    const response = await fetch(form.action, { method: "POST", body: filledIn(form, button) });
    const answer = await page(response);
    if (answer.querySelector(FORM)) show(formIn(answer), form);
    else if (response.redirected && response.ok) return location.assign(response.url);
    else throw new Error("the answer is of somebody else");
  } catch {
    complain(form, "It could not be sent just now. Your text is still here; try again in a minute.");
  }
  form.ariaBusy = "false";
}

function filledIn(form, button) {
  const data = new URLSearchParams(new FormData(form));
  if (button?.name) data.set(button.name, button.value);
  return data;
}

async function page(response) {
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

// Throws where the server answered with something else, such as a page of a proxy in between.
function formIn(answer) {
  const form = answer.querySelector(FORM);
  if (!form) throw new Error("there is no form in the answer");
  return document.importNode(form, true);
}

function show(answered, form) {
  form.replaceWith(withIdsOfItsOwn(answered));
  const first = answered.querySelector(".form-error, [aria-invalid=true]");
  if (first?.matches(".form-error")) first.tabIndex = -1;
  first?.focus();
}

function complain(form, words) {
  form.querySelector(".form-error")?.remove();
  const message = document.createElement("div");
  message.className = "form-error";
  message.setAttribute("role", "alert");
  message.tabIndex = -1;
  message.append(Object.assign(document.createElement("p"), { textContent: words }));
  form.prepend(message);
  message.focus();
}

// Several forms may be open on one page; labels have to find the fields of their own.
let forms = 0;
function withIdsOfItsOwn(form) {
  forms += 1;
  for (const element of form.querySelectorAll("[id]")) element.id += `-${forms}`;
  for (const name of ["for", "aria-describedby"]) {
    for (const element of form.querySelectorAll(`[${name}]`)) {
      element.setAttribute(name, element.getAttribute(name).split(" ").map((id) => `${id}-${forms}`).join(" "));
    }
  }
  return form;
}
