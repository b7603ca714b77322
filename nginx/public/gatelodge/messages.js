// What the API's codes mean to people.

import { inWords } from "./show.js"

const sentences = {
  no_answer: "There is no connection to the server. Check yours and try again.",
  unreadable: "The server gave an answer that this page does not understand. Try again in a moment.",
  invalid_credentials: "The username or the password is wrong.",
  wrong_password: "This password is wrong.",
  malformed_password: "A password cannot contain this character.",
  weak_password: "This password cannot be used.",
  invalid_username: "This username cannot be used.",
  username_taken: "This username is taken. Choose another one.",
  invalid_roles: "At most 16 different roles, each of small letters, digits and : _ - and at most 32 characters long.",
  registration_closed: "Registration is closed. Ask whoever runs this site for an account.",
  invalid_code: "This invitation code is not valid. It may be used up or too old.",
  invitation_needed: "You need an invitation code to register here.",
  insufficient_role: "Your account is not allowed to do this any more.",
  cross_site: "The browser says that this comes from another site. Reload the page and try again.",
  session_not_found: "This session has ended already.",
  user_not_found: "There is no such user any more.",
  not_found: "This part of the service is not open here. Whoever runs this site can open it in nginx.",
  content_too_large: "This is more text than the server takes.",
  unavailable: "The service is busy and cannot answer now.",
}

const reasons = {
  weak_password: {
    too_short: "It is too short: use at least 8 characters, or more where this site asks for it.",
    too_long: "It is too long: use at most 1,024 bytes.",
    common: "It is one of the passwords that everybody tries first.",
    resembles_username: "It is too much like your username.",
    resembles_product: "It is too much like the name of this service.",
  },
  invalid_username: {
    empty: "It has no visible character.",
    too_long: "It has more than 64 characters.",
    control_character: "It has a control character.",
    format_character: "It has an invisible character.",
    unassigned_character: "It has a character that is none.",
    outer_white_space: "It begins or ends with a space.",
    colon: "It has a colon.",
  },
}

/** What a person can do about a refusal, in one or more sentences. */
export function explain(refusal) {
  if (refusal.code === "throttled") return `There were too many attempts. Try again ${wait(refusal)}.`
  const sentence = sentences[refusal.code] ?? unexpected(refusal)
  if (refusal.status === 503) return `${sentence} Try again ${wait(refusal)}.`
  return [sentence, ...refusal.reasons.map((reason) => reasons[refusal.code]?.[reason] ?? "")].join(" ").trim()
}

function wait({ retryAfter }) {
  return retryAfter === null || retryAfter < 5 ? "in a moment" : `in ${inWords(retryAfter)}`
}

function unexpected({ requestID }) {
  return `Something went wrong.${requestID ? ` If it goes on, report this number: ${requestID}` : ""}`
}
