/* The sections of an article by keyboard: what the content editor, which does the rest, leaves to the mouse.

   Its own listeners came first, so that ours find its work done. */

import { crel, qs, qsa } from "content-editor/utils"

const NAMES = {
  ".order-machine-insert-target": "Add a section before {}",
  "[data-fold]": "Details of {}",
  "[data-move='-1']": "Move {} up",
  "[data-move='1']": "Move {} down",
  "[name=_duplicate]": "Duplicate {}",
  ".delete > input": "Delete {}",
  ".inline-deletelink": "Remove {}",
}

document.addEventListener("content-editor:ready", () => {
  if (!window.ContentEditor.allowChange) return

  const wrapper = qs(".order-machine-wrapper")
  const machine = qs(".order-machine")
  const menu = qs(".plugin-buttons")
  const insertLast = qs(".order-machine-insert-target.last")
  const { field, addButton, foldAll, status } = toolbar()
  let shown = [] // the sections in their order
  let current = null // the one that last had the focus

  /* The state of the sections */

  const sections = () =>
    qsa(".inline-related:not(.empty-form)", machine).sort((a, b) => a.style.order - b.style.order)
  const stays = (section) => !section.classList.contains("for-deletion")
  const isOpen = (section) => stays(section) && !section.classList.contains("collapsed")
  const place = (section) => {
    const all = sections().filter(stays)
    return `${name(section)}: place ${all.indexOf(section) + 1} of ${all.length}`
  }

  function refresh() {
    shown = sections()
    const staying = shown.filter(stays)
    followOrder()
    for (const section of shown) {
      const rank = staying.indexOf(section)
      label(section)
      qs("[data-fold]", section).setAttribute("aria-expanded", isOpen(section))
      qs("[data-move='-1']", section).setAttribute("aria-disabled", rank <= 0)
      qs("[data-move='1']", section).setAttribute("aria-disabled", rank < 0 || rank === staying.length - 1)
    }
    foldAll.textContent = staying.some(isOpen) ? "Collapse all" : "Expand all"
  }

  /* The editor orders sections with CSS alone; Tab and screen readers follow the document. */
  function followOrder() {
    let next = qs(".inline-related", machine)
    for (const section of shown) {
      if (section === next) next = next.nextElementSibling
      else machine.insertBefore(section, next)
    }
  }

  function label(section) {
    qs(".inline_label", section).textContent = title(section) || "no heading"
    for (const [selector, words] of Object.entries(NAMES)) {
      qs(selector, section)?.setAttribute("aria-label", words.replace("{}", () => name(section)))
    }
  }

  /* Moving */

  function move(button) {
    const section = button.closest(".inline-related")
    const step = Number(button.dataset.move)
    const all = sections()
    const staying = all.filter(stays)
    const other = stays(section) && staying[staying.indexOf(section) + step]
    if (!other) return

    const top = button.getBoundingClientRect().top
    all.splice(all.indexOf(section), 1)
    all.splice(all.indexOf(other) + (step > 0), 0, section)
    all.forEach((each, index) => {
      qs(".order-machine-ordering", each).value = each.style.order = 10 * (index + 1)
    })
    refresh()
    button.focus({ preventScroll: true })
    window.scrollBy({ top: button.getBoundingClientRect().top - top, behavior: "instant" }) // stays under the pointer
    status.textContent = place(section)
  }

  machine.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]")
    if (button) move(button)
    else refresh() // folded, or marked for deletion
  })
  machine.addEventListener("change", (event) => {
    if (event.target.matches(".delete > input")) event.target.focus() // the editor took the focus away
  })
  machine.addEventListener("dragend", refresh)
  machine.addEventListener("input", (event) => label(event.target.closest(".inline-related")))
  machine.addEventListener("focusin", (event) => {
    current = event.target.closest(".inline-related") || current
    if (current) label(current)
  })

  /* Adding and removing */

  const kinds = () => qsa(".plugin-button:not(.content-editor-hide)", menu)

  function add() {
    const typed = field.value.trim().toLowerCase()
    const names = kinds().map((kind) => kind.title)
    const found =
      [
        names.filter((each) => each.toLowerCase() === typed),
        names.filter((each) => each.toLowerCase().startsWith(typed)),
        names.filter((each) => each.toLowerCase().includes(typed)),
      ].find((some) => some.length) || []
    field.setAttribute("aria-invalid", found.length !== 1)
    if (found.length !== 1) {
      status.textContent = found.length
        ? `Which one: ${found.join(", ")}?`
        : `No kind of section is called “${field.value.trim()}”. There are: ${names.join(", ")}.`
      field.focus()
      return
    }
    const all = sections()
    window.ContentEditor._insertBefore = (current?.isConnected && all[all.indexOf(current) + 1]) || null
    field.value = ""
    kinds()
      .find((kind) => kind.title === found[0])
      .click()
  }

  field.nextElementSibling.append(...kinds().map((kind) => crel("option", { value: kind.title })))
  field.addEventListener("input", () => field.removeAttribute("aria-invalid"))
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return
    event.preventDefault() // it would save the whole form
    add()
  })
  addButton.addEventListener("click", add)

  document.addEventListener("formset:added", ({ target }) => {
    if (!machine.contains(target)) return
    target.prepend(qs(".order-machine-insert-target", target))
    prepare(qs(".order-machine-insert-target", target))
    refresh()
    qs("fieldset :is(input, select, textarea)", target).focus()
    status.textContent = `Added ${place(target)}`
  })

  document.addEventListener("formset:removed", () => {
    const place = shown.findIndex((section) => !section.isConnected)
    if (place < 0) return
    /* Django is about to number the forms anew as they stand in the document; the saved ones have to come first. */
    const number = (section) => Number(section.id.match(/\d+$/))
    machine.prepend(...sections().sort((a, b) => number(a) - number(b)))
    setTimeout(() => {
      refresh()
      const neighbour = shown[place] || shown.at(-1)
      if (neighbour) qs("[data-fold]", neighbour).focus()
      else field.focus()
    })
  })

  foldAll.addEventListener("click", () => {
    const input = qs(".collapse-items input")
    input.checked = sections().filter(stays).some(isOpen)
    input.dispatchEvent(new Event("change"))
    refresh()
  })

  /* The "+" between sections and its menu */

  function prepare(button) {
    button.role = "button"
    button.tabIndex = 0
  }

  for (const icon of qsa("span.material-icons", wrapper)) icon.ariaHidden = "true" // its text is the name of a picture
  for (const section of sections()) section.prepend(qs(".order-machine-insert-target", section))
  machine.append(insertLast)
  insertLast.setAttribute("aria-label", "Add a section at the end")
  qsa(".order-machine-insert-target, .plugin-button", wrapper)
    .filter((each) => !each.closest(".empty-form"))
    .forEach(prepare)

  wrapper.addEventListener("keydown", (event) => {
    if (!event.target.matches("[role=button]") || (event.key !== "Enter" && event.key !== " ")) return
    event.preventDefault()
    event.target.click()
    if (event.target.matches(".order-machine-insert-target.selected")) kinds()[0].focus()
  })

  menu.addEventListener("keydown", (event) => {
    const all = kinds()
    const here = all.indexOf(document.activeElement)
    const to = {
      ArrowDown: all[here + 1] || all[0],
      ArrowUp: all.at(here - 1),
      Home: all[0],
      End: all.at(-1),
      Escape: qs(".order-machine-insert-target.selected"),
    }[event.key]
    if (!to) return
    event.preventDefault()
    to.focus()
  })
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) document.body.click() // at which the editor closes the menu
  })

  refresh()
})

/* What a section is called: its heading, or else its first words. */
function title(section) {
  const heading = qs(".field-heading input", section)?.value.trim()
  if (heading) return heading
  const text = qs("textarea, .field-caption input", section)?.value || ""
  const { body } = new DOMParser().parseFromString(text, "text/html")
  const words = (body.firstElementChild || body).textContent.trim().split(/\s+/)
  return words.length > 9 ? `${words.slice(0, 9).join(" ")} …` : words.join(" ")
}

function name(section) {
  return `“${title(section) || qs("h3 b", section).textContent.replace(/:$/, "")}”`
}

/* In the bar above the sections, in place of the editor's own button, which the keyboard cannot reach. */
function toolbar() {
  const bar = qs(".machine-collapse")
  const field = crel("input", { id: "section-kind", type: "text", autocomplete: "off" })
  const addButton = crel("button", { type: "button", className: "section-button", textContent: "Add" })
  const foldAll = crel("button", { type: "button", className: "section-button" })
  const status = crel("p", { id: "section-status", role: "status" })
  field.setAttribute("list", "section-kinds")
  field.setAttribute("aria-describedby", status.id)
  bar.append(
    crel("label", { htmlFor: field.id, textContent: "Add a section: type its kind" }),
    field,
    crel("datalist", { id: "section-kinds" }),
    addButton,
    foldAll,
    status,
  )
  return { field, addButton, foldAll, status }
}
