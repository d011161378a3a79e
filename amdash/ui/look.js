// What the print style of the page needs to know of the window before it becomes paper: its width, and whether its ground is dark.
if (!window.amdashPrints) {
  window.amdashPrints = true
  addEventListener("beforeprint", () => {
    const all = document.documentElement, app = document.querySelector(".stApp")
    all.style.setProperty("--shown", Math.max(1062, innerWidth))
    const [red, green, blue] = app ? getComputedStyle(app).backgroundColor.match(/\d+/g).map(Number) : [255, 255, 255]
    all.dataset.ground = red + green + blue < 384 ? "dark" : "light"
  })
}
// The HTML comes escaped from markup.py; this only reports clicks and moves the focus.
export default function ({ parentElement, data, setTriggerValue, setStateValue }) {
  const root = parentElement.querySelector(".am")
  if (root.dataset.stamp !== data.stamp) {
    const held = parentElement.activeElement?.dataset?.go
    root.className = "am"
    root.lang = data.lang
    root.innerHTML = data.html
    root.dataset.stamp = data.stamp
    const again = held && [...root.querySelectorAll("[data-go]")].find(b => b.dataset.go === held)
    const first = again?.closest(".mx") ? again : root.querySelector(".mx tbody [data-go]")
    if (first) first.tabIndex = 0
    again?.focus()
    // Where a list is longer than the window, what belongs to the chosen row stands below it: both come into view.
    const list = root.querySelector(".card"), row = list?.querySelector("[aria-current]")
    if (row && root.chosen && root.chosen !== row.dataset.go && getComputedStyle(list).getPropertyValue("--fits").trim() !== "1") row.scrollIntoView()
    root.chosen = row?.dataset.go
  }
  // Rows share the height that titles and legend leave, however their words wrap: one page, one screen.
  const main = document.querySelector('[data-testid="stMain"]')
  const fit = () => {
    const box = root.querySelector(".mx, .card")
    if (!box) return
    box.style.removeProperty("--rh")
    box.classList.remove("tight")
    if (getComputedStyle(box).getPropertyValue("--fits").trim() !== "1") return
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
    const matrix = box.classList.contains("mx")
    // Below a matrix: its legend, what is opened of it, and what else the page says at its foot.
    const below = matrix ? [root.querySelector(".legend"), ...document.querySelectorAll(".st-key-opened, .st-key-overview_foot")] : []
    const share = units => {
      const top = (box.tBodies?.[0] ?? box).getBoundingClientRect().top + (main?.scrollTop ?? 0)
      const taken = below.reduce((sum, part) => sum + (part?.offsetHeight ? part.offsetHeight + .65 * rem : 0), 0)
      return (innerHeight - top - taken - (matrix ? .6 : 1.2) * rem) / units
    }
    const [least, most] = matrix ? [2.5, 5.4] : [2.75, 6.4]
    let height = share(parseFloat(box.style.getPropertyValue("--units")))
    if (matrix && height < least * rem && box.querySelector('[aria-expanded="true"]')) {
      // Figures alone: what is hidden now leaves its room to the rows.
      box.classList.add("tight")
      height = Math.min(least * rem, Math.max(1.5 * rem, share(box.querySelectorAll("tbody tr:not(.team)").length)))
    } else height = Math.min(most * rem, Math.max(least * rem, height))
    box.style.setProperty("--rh", height + "px")
  }
  fit()
  if (!root.watching && main?.firstElementChild) {
    root.watching = new ResizeObserver(() => root.fit())
    root.watching.observe(main.firstElementChild)
    root.watching.observe(main)
  }
  root.fit = fit
  // What this browser is to remember beyond the visit.
  if (data.keeps) document.cookie = `${data.keeps[0]}=${data.keeps[1]}; path=/; max-age=34560000; SameSite=Lax`
  // Plotly counts in pixels and knows no CSS variables: tell the page the room there is and the ground colour.
  const tell = () => {
    const css = getComputedStyle(root), room = [Math.round(innerHeight), Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize) * 10) / 10, css.color, Math.round(innerWidth)]
    const was = data.room
    if (Math.abs(room[0] - was[0]) > 8 || Math.abs(room[3] - was[3]) > 8 || Math.abs(room[1] - was[1]) > .5 || (was[2] && room[2] !== was[2])) setStateValue("room", room)
    was[2] ||= room[2]
  }
  if (data.room) {
    tell()
    root.ontransitionend = e => { if (e.target === root) tell() }   // .am has transition: color 1ms, so a theme switch ends here
  }
  root.onclick = e => {
    const b = e.target.closest("[data-go]")
    if (b) setTriggerValue("go", b.dataset.go)
  }
  root.onkeydown = e => {
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[e.key]
    const b = e.target.closest(".mx [data-go]")
    if (e.key === "Escape" && root.querySelector('.mx [aria-expanded="true"]')) setTriggerValue("go", "||close")
    if (!step || !b) return
    e.preventDefault()
    // A row's first is its name; headings have a place of nobody there.
    const rows = [...root.querySelectorAll(".mx tr:not(.team, .fams)")].map(r => [...r.children].map(c => c.querySelector("[data-go]")))
    const y = rows.findIndex(r => r.includes(b)), x = rows[y].indexOf(b)
    const to = rows[Math.min(rows.length - 1, Math.max(0, y + step[0]))]
    const next = to[Math.min(to.length - 1, Math.max(0, x + step[1]))]
    if (!next) return
    b.tabIndex = -1; next.tabIndex = 0; next.focus()
  }
}
