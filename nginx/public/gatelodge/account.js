import { ask } from "./api.js"
import { dialogForm, onClick, onSubmit } from "./form.js"
import { open } from "./frame.js"
import { listIn } from "./list.js"
import { sessionRow } from "./sessions.js"
import { device, element, tell } from "./show.js"

const endOthers = document.querySelector("#end-others")
const showList = listIn(document.querySelector("#sessions"), row)

function showSessions() {
  endOthers.hidden = true
  return showList("sessions")
}

function row(session) {
  if (session.current) return sessionRow(session, null)
  endOthers.hidden = false
  const name = device(session.user_agent)
  const button = element("button", { type: "button", className: "small danger", ariaLabel: `End the session of ${name}` }, "End")
  onClick(button, () => end("DELETE", `sessions/${session.id}`, undefined, "The session has ended."), tell, () => ({
    title: "End this session?", text: `${name} is signed out at once. What is not saved there is lost.`, action: "End session",
  }))
  return sessionRow(session, button)
}

async function end(method, path, body, said) {
  try {
    await ask(method, path, body)
    tell(said)
  } finally {
    await showSessions()
    document.querySelector("#sessions-title").focus() // the button that had it is gone
  }
}

const change = document.querySelector("#change")

open(async (me) => {
  for (const name of document.querySelectorAll("[name=username]")) name.defaultValue = me.username // for password managers
  onClick(endOthers, () => end("POST", "logout", { scope: "others" }, "All other sessions have ended."), tell, () => ({
    title: "End all other sessions?", text: "Everywhere but here you are signed out at once.", action: "End all others",
  }))
  onSubmit(change, async ({ current_password, new_password }) => {
    await ask("POST", "password", { current_password, new_password })
    change.reset()
    tell("Your password has changed.")
    await showSessions()
  }, { wrong_password: "current_password", weak_password: "new_password", malformed_password: "new_password" })
  const openDelete = dialogForm(document.querySelector("#delete"), async ({ password }) => {
    await ask("POST", "me/delete", { password })
    location.replace("/sign-in?why=deleted")
  }, { wrong_password: "password" })
  document.querySelector("#open-delete").addEventListener("click", openDelete)
  await showSessions()
})
