// What all forms have in common: nothing empty is sent, nothing is sent twice, and mistakes are told where they are.

import { Refusal } from "./api.js"
import { confirm } from "./confirm.js"
import { explain } from "./messages.js"

/**
 * Sends a form's values by `send`.
 * @param {object} fieldOfCode which field a refusal's code is about; of the others the form as a whole tells.
 */
export function onSubmit(form, send, fieldOfCode = {}) {
  for (const secret of form.querySelectorAll(".secret")) addPeeking(secret)
  const button = form.querySelector("button:not([type=button])")
  button.disabled = false // until now the browser itself would have sent the form
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    if (button.ariaBusy === "true") return
    forgetErrors(form)
    const empty = [...form.elements].filter((input) => input.required && input.value === "")
    for (const input of empty) mark(input, input.dataset.missing)
    if (empty.length > 0) return empty[0].focus()
    button.ariaBusy = "true"
    try {
      await send(Object.fromEntries(new FormData(form)))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const input = form.elements[fieldOfCode[error.code]]
      if (input) {
        mark(input, explain(error))
        input.focus()
      } else {
        form.querySelector(".summary").textContent = explain(error)
      }
    } finally {
      button.ariaBusy = "false"
    }
  })
}

/** What opens a dialog with a form, empty; it closes when that has been sent, and what `send` answers is done then. */
export function dialogForm(dialog, send, fieldOfCode) {
  const form = dialog.querySelector("form")
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close())
  onSubmit(form, async (values) => {
    const next = await send(values)
    dialog.close()
    next?.()
  }, fieldOfCode)
  return () => {
    form.reset()
    forgetErrors(form)
    dialog.showModal()
  }
}

/**
 * Lets a button do something, once at a time.
 * @param {(text: string) => void} tellRefusal
 * @param {() => object} asked what is asked before, where that is needed; see confirm.js.
 */
export function onClick(button, work, tellRefusal, asked = null) {
  button.addEventListener("click", async () => {
    if (button.ariaBusy === "true" || asked && !await confirm(asked())) return
    button.ariaBusy = "true"
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      tellRefusal(explain(error))
    } finally {
      button.ariaBusy = "false"
    }
  })
}

function mark(input, text) {
  input.ariaInvalid = "true"
  document.getElementById(`${input.id}-error`).textContent = text
}

function forgetErrors(form) {
  for (const text of form.querySelectorAll(".error")) text.textContent = ""
  for (const input of form.elements) if (input.ariaInvalid) input.ariaInvalid = null
}

function addPeeking(secret) {
  const [input, button] = secret.children
  const show = (isShown) => {
    input.type = isShown ? "text" : "password"
    button.textContent = isShown ? "Hide" : "Show"
    button.ariaLabel = `${button.textContent} the password`
  }
  button.addEventListener("click", () => show(input.type === "password"))
  input.form.addEventListener("reset", () => show(false))
}
