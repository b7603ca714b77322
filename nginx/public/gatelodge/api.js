// Asks Gatelodge. The session is a cookie that no script can read, and nothing of it is kept here.

const patienceMilliseconds = 30_000

/** What the API refused, or that there was no answer. */
export class Refusal extends Error {
  /** @param {number} status 0 where no answer came. @param {string} code as the API has it. */
  constructor(status, code, { reasons = [], retryAfter = null, requestID = null } = {}) {
    super(code)
    Object.assign(this, { status, code, reasons, retryAfter, requestID })
  }
}

/** The answer's JSON, or null where it has none. Throws a Refusal. */
export async function ask(method, path, body) {
  const reply = await send(method, "/api/" + path, body)
  if (reply.status === 204) return null
  let answer
  try {
    answer = await reply.json()
  } catch {
    throw new Refusal(reply.status, "unreadable")
  }
  if (reply.ok) return answer
  if (answer.code === "missing_token" || answer.code === "invalid_token") {
    leaveForSignIn("ended")
    return new Promise(() => {}) // the page is on its way out
  }
  throw new Refusal(reply.status, answer.code, {
    reasons: answer.reasons, retryAfter: seconds(reply.headers.get("Retry-After")), requestID: answer.request_id,
  })
}

async function send(method, path, body) {
  const request = { method, cache: "no-store", signal: AbortSignal.timeout(patienceMilliseconds) }
  if (body !== undefined) {
    request.headers = { "Content-Type": "application/json" }
    request.body = JSON.stringify(body)
  }
  try {
    return await fetch(path, request)
  } catch {
    throw new Refusal(0, "no_answer")
  }
}

function seconds(text) {
  return /^\d{1,9}$/.test(text ?? "") ? Number(text) : null
}

/** Goes to the sign-in page, which comes back here. @param {string} why a word that it explains. */
export function leaveForSignIn(why) {
  const here = encodeURIComponent(location.pathname + location.search)
  location.replace(`/sign-in?why=${why}&return=${here}`)
}

/** Where to go after signing in: the page in `return` where it is one of this site, else the site's front. */
export function returnTarget() {
  const asked = new URLSearchParams(location.search).get("return") ?? "/"
  if (!URL.canParse(asked, location.origin)) return "/"
  const target = new URL(asked, location.origin)
  return target.origin === location.origin ? target.href : "/"
}
