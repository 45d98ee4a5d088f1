// The preview beside the form. Without this script the button opens the same preview in a tab of its own.

const WIDE = window.matchMedia("(min-width: 1280px)");
const PAUSE = 1200; // milliseconds without typing until the preview is drawn again
const OPEN = "newsroom.preview";

const button = document.querySelector("[data-preview]");
const panel = document.querySelector("[data-preview-panel]");

if (button && panel) {
  let frame = panel.querySelector("iframe");
  const form = button.form;
  let place = 0;
  let timer;

  const isOpen = () => !panel.hidden;

  const show = () => {
    panel.hidden = false;
    document.body.classList.add("has-preview");
    button.formTarget = "preview";
    sessionStorage.setItem(OPEN, location.pathname);
  };

  const hide = () => {
    clearTimeout(timer);
    panel.hidden = true;
    document.body.classList.remove("has-preview");
    button.formTarget = "_blank";
    sessionStorage.removeItem(OPEN);
    button.focus();
  };

  const drawn = () => {
    const page = frame.contentDocument;
    if (!page) return; // the login, say, which refuses to stand in a frame
    if (place) frame.contentWindow.scrollTo(0, place); // elsewhere the reader may have scrolled already
    // Other pages refuse to stand in a frame: links out of the preview get a tab of their own.
    page.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (link && !link.getAttribute("href").startsWith("#")) link.target = "_blank";
    });
  };

  const draw = () => {
    clearTimeout(timer);
    place = frame.contentDocument?.defaultView.scrollY ?? 0;
    // A frame of its own for each: drawn in the same one, each would be a step of the Back button.
    const fresh = frame.cloneNode();
    fresh.addEventListener("load", drawn);
    frame.replaceWith(fresh);
    frame = fresh;
    form.requestSubmit(button);
  };

  // A chosen file would be sent, and kept, with each preview: those are drawn on demand alone.
  const holdsFile = () => [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);

  button.addEventListener("click", (event) => {
    if (!WIDE.matches) return;
    event.preventDefault();
    show();
    draw();
  });

  panel.querySelector("[data-preview-close]").addEventListener("click", hide);

  form.addEventListener("input", () => {
    clearTimeout(timer);
    if (isOpen() && !holdsFile()) timer = setTimeout(draw, PAUSE);
  });

  form.addEventListener("submit", (event) => {
    if (event.submitter !== button) clearTimeout(timer);
  });

  if (sessionStorage.getItem(OPEN) === location.pathname && WIDE.matches) {
    show();
    draw();
  }
}

// The link to the preview is there to be copied.
document.querySelector("#preview-link")?.addEventListener("focus", (event) => event.target.select());
