// Makes elements, and texts of figures and times.

/** An element with properties and children. Text is only ever text, never markup. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value
    else made.setAttribute(key, value)
  }
  made.append(...children.filter((child) => child !== null))
  return made
}

export function badge(text, kind = "") {
  return element("span", { className: `badge ${kind}` }, text)
}

const units = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]]

/** "2 minutes": rounded up, so that nobody comes back too early. */
export function inWords(seconds) {
  const [unit, size] = units.find(([, size]) => seconds >= size) ?? units.at(-1)
  const count = Math.ceil(seconds / size)
  return `${count} ${unit}${count === 1 ? "" : "s"}`
}

/** An RFC 3339 time as "3 hours ago", with the whole of it on pointing. */
export function ago(text) {
  const time = new Date(text)
  const seconds = (time - Date.now()) / 1000
  const [unit, size] = units.find(([, size]) => -seconds >= size) ?? ["second", 1]
  const words = -seconds < 45 ? "just now"
    : new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.trunc(seconds / size), unit)
  return element("time", { dateTime: text, title: time.toLocaleString() }, words)
}

/** An RFC 3339 time as a day. */
export function day(text) {
  return element("time", { dateTime: text }, new Date(text).toLocaleDateString("en", { dateStyle: "long" }))
}

const browsers = [["Edg/", "Edge"], ["OPR/", "Opera"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"],
  ["curl/", "curl"]]
const systems = [["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac OS", "macOS"],
  ["Linux", "Linux"]]

/** "Firefox on Linux" for what a browser says about itself; its beginning where that is unknown. */
export function device(userAgent) {
  const name = (list) => list.find(([mark]) => userAgent.includes(mark))?.[1]
  const [browser, system] = [name(browsers), name(systems)]
  return [browser, system].filter(Boolean).join(" on ") || userAgent.slice(0, 60) || "Unknown device"
}

/** Says something in passing, also to screen readers. */
export function tell(text) {
  const toast = document.querySelector(".toast")
  toast.textContent = text
  clearTimeout(tell.timer)
  tell.timer = setTimeout(() => { toast.textContent = "" }, 6000)
}
