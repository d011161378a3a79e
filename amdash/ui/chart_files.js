// A drawn chart as a file: Plotly's layers put into one SVG with the ground, the words and the Latin letters that the page uses.
const NS = "http://www.w3.org/2000/svg"
const SCALE = 2
// Room for the title, which on the page stands outside of the chart.
const HEAD = 36

// An SVG that stands alone knows no web fonts; without them labels are wider than the room that was kept for them.
let letters
const asData = blob => new Promise((done, failed) => {
  const reader = new FileReader()
  reader.onload = () => done(reader.result)
  reader.onerror = () => failed(reader.error)
  reader.readAsDataURL(blob)
})
const faces = async () => {
  const found = []
  for (const sheet of document.styleSheets) {
    let rules = []
    try { rules = [...sheet.cssRules] } catch { continue }   // another site's sheet may not be read, and is none of ours
    for (const rule of rules) {
      if (!(rule instanceof CSSFontFaceRule) || !/source sans/i.test(rule.style.getPropertyValue("font-family"))) continue
      if (/italic/.test(rule.style.getPropertyValue("font-style"))) continue
      const url = /url\(["']?([^"')]+)/.exec(rule.style.getPropertyValue("src"))?.[1]
      const answer = url && await fetch(new URL(url, sheet.href ?? document.baseURI))
      if (!answer?.ok) continue
      const weight = rule.style.getPropertyValue("font-weight") || "400"
      found.push(`@font-face{font-family:"Source Sans";font-weight:${weight};src:url(${await asData(await answer.blob())})}`)
    }
  }
  return found.join("")
}

const drawn = async (plot, data) => {
  const { width, height: below } = plot.querySelector(".svg-container").getBoundingClientRect()
  const height = below + HEAD
  const whole = document.createElementNS(NS, "svg")
  for (const [name, value] of [["xmlns", NS], ["width", width], ["height", height], ["viewBox", `0 0 ${width} ${height}`], ["role", "img"]]) whole.setAttribute(name, value)
  const add = (name, text, attributes = {}) => {
    const node = document.createElementNS(NS, name)
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
    node.textContent = text
    whole.append(node)
  }
  add("title", data.words)
  letters ??= faces()
  add("style", await letters)
  add("rect", "", { width: "100%", height: "100%", fill: data.ground })
  add("text", data.title, { x: 8, y: 24, fill: data.ink, "font-family": data.font, "font-size": 17, "font-weight": 600 })
  for (const layer of plot.querySelectorAll(".svg-container .main-svg")) {
    const copy = layer.cloneNode(true)
    copy.querySelectorAll(".hoverlayer, .zoomlayer").forEach(one => one.replaceChildren())
    copy.style.removeProperty("background")
    copy.setAttribute("y", HEAD)
    whole.append(copy)
  }
  return { text: new XMLSerializer().serializeToString(whole), width, height }
}

const painted = (url, width, height) => new Promise((done, failed) => {
  const image = new Image()
  image.onload = () => {
    const canvas = document.createElement("canvas")
    canvas.width = Math.round(width * SCALE)
    canvas.height = Math.round(height * SCALE)
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height)
    canvas.toBlob(blob => blob ? done(blob) : failed(new Error("no picture")), "image/png")
  }
  image.onerror = () => failed(new Error("the chart could not be drawn"))
  image.src = url
})

const save = async (plot, kind, data) => {
  const picture = await drawn(plot, data)
  let blob = new Blob([picture.text], { type: "image/svg+xml" })
  if (kind === "png") {
    const url = URL.createObjectURL(blob)
    blob = await painted(url, picture.width, picture.height).finally(() => URL.revokeObjectURL(url))
  }
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = `${data.name}.${kind}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".am-save")
  if (root.dataset.stamp !== data.html) {
    root.innerHTML = data.html
    root.dataset.stamp = data.html
  }
  const box = root.querySelector(".save"), opens = root.querySelector(".opens")
  const turn = open => { box.classList.toggle("open", open); opens.setAttribute("aria-expanded", open) }
  root.onclick = e => {
    const kind = e.target.closest("[data-kind]")?.dataset.kind
    if (!kind) return turn(e.target.closest(".opens") ? !box.classList.contains("open") : false)
    const plot = (root.getRootNode().host ?? root).closest('[class*="st-key-figure_"]')?.querySelector(".js-plotly-plot")
    if (plot) save(plot, kind, data)
    turn(false)
  }
  root.onkeydown = e => { if (e.key === "Escape") { turn(false); opens.focus() } }
  root.onfocusout = e => { if (!root.contains(e.relatedTarget)) turn(false) }
}
