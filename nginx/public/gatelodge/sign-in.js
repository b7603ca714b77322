import { ask, returnTarget } from "./api.js"
import { onSubmit } from "./form.js"

const notices = {
  ended: "Your session has ended. Sign in again to go on.",
  left: "You have signed out.",
  deleted: "Your account is deleted.",
}

const query = new URLSearchParams(location.search)
const notice = notices[query.get("why")]
if (notice) {
  const place = document.querySelector(".notice")
  place.textContent = notice
  place.hidden = false
}
document.querySelector("#other").search = query.has("return") ? new URLSearchParams({ return: query.get("return") }) : ""

onSubmit(document.querySelector("form"), async ({ username, password }) => {
  await ask("POST", "login", { username, password, cookie: true })
  location.replace(returnTarget())
})
document.querySelector("#username").focus()
