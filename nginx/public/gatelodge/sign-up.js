import { Refusal, ask, returnTarget } from "./api.js"
import { onSubmit } from "./form.js"

const [invitation, button, input] = ["#invitation", "#have-code", "#invite"].map((name) => document.querySelector(name))

function showInvitation() {
  invitation.hidden = false
  button.hidden = true
}

// What stands behind "#" is never sent to a server, and so in no log.
const invited = new URLSearchParams(location.hash.slice(1)).get("invite")
if (invited) {
  input.value = invited
  showInvitation()
}
button.addEventListener("click", () => {
  showInvitation()
  input.focus()
})
document.querySelector("#other").search = location.search

onSubmit(document.querySelector("form"), async ({ username, password, invite }) => {
  try {
    await ask("POST", "register", invite ? { username, password, invite: invite.trim() } : { username, password })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "invalid_code") throw error
    showInvitation()
    throw invite ? error : new Refusal(error.status, "invitation_needed")
  }
  await ask("POST", "login", { username, password, cookie: true })
  location.replace(returnTarget())
}, {
  username_taken: "username", invalid_username: "username", weak_password: "password", malformed_password: "password",
  invalid_code: "invite", invitation_needed: "invite",
})
document.querySelector("#username").focus()
