// Asks before something is done that cannot be undone.

import { element } from "./show.js"

/** Whether the person agrees. */
export function confirm({ title, text, action }) {
  const dialog = element("dialog", {}, element("h2", { id: "confirm-title" }, title), element("p", { className: "muted" }, text))
  dialog.setAttribute("aria-labelledby", "confirm-title")
  const agree = element("button", { className: "primary danger" }, action)
  const cancel = element("button", {}, "Cancel")
  dialog.append(element("div", { className: "actions end" }, cancel, agree))
  document.body.append(dialog)
  return new Promise((resolve) => {
    agree.addEventListener("click", () => dialog.close("agreed"))
    cancel.addEventListener("click", () => dialog.close())
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(dialog.returnValue === "agreed")
    })
    dialog.showModal()
    cancel.focus()
  })
}
