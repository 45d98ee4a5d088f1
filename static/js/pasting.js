/* What is pasted into rich text: the editor keeps what it knows and drops the rest; this saves what it would lose. */

document.addEventListener("prose-editor:ready", ({ detail }) => {
  detail.editor.view.setProps({ transformPastedHTML: translated })
})

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
