/* What the rich text editor lacks: a name that is read out, and an ear for headings and lists of other programs. */

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const { view } = editor
  view.setProps({ transformPastedHTML: translated })
  const label = document.querySelector(`label[for="${textarea.id}"]`)
  view.dom.setAttribute("aria-label", label?.textContent.replace(/:$/, "") ?? textarea.name)
})

/* The editor keeps what it knows of what is pasted and drops the rest; this saves what it would lose. */
function translated(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html")
  for (const heading of body.querySelectorAll("h1, h2")) replace(heading, "h3")
  for (const heading of body.querySelectorAll("h5, h6")) replace(heading, "h4")
  /* Word writes the items of lists as paragraphs, and draws the bullet or number in front of them. */
  for (const mark of body.querySelectorAll("p [style*='mso-list:Ignore' i]")) {
    const item = replace(mark.closest("p"), "li")
    const kind = /\w/.test(mark.textContent) ? "ol" : "ul"
    const before = item.previousElementSibling
    const list = before?.matches(`${kind}.word`) ? before : document.createElement(kind)
    list.className = "word"
    if (list !== before) item.before(list)
    list.append(item)
    mark.remove()
  }
  return body.innerHTML
}

function replace(element, name) {
  const other = document.createElement(name)
  other.append(...element.childNodes)
  element.replaceWith(other)
  return other
}
