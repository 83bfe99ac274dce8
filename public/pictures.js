// Pictures beside a form's files: pasted, or taken of the screen, and blacked out before they leave the browser. Without it files are chosen and sent as they are.

const place = document.querySelector('.pictures')
const input = place && document.getElementById(place.dataset.for)
const words = place?.dataset
const most = 10

/** What will be sent, in the order in which it came. */
let files = []

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

const button = (text, pressed, about) => {
  const made = element('button', { type: 'button', className: 'govuk-button govuk-button--secondary', textContent: text })
  if (about) made.append(element('span', { className: 'govuk-visually-hidden', textContent: `: ${about}` }))
  made.addEventListener('click', pressed)
  return made
}

const say = (text) => (place.querySelector('[role=status]').textContent = text)

const isPicture = ({ type }) => /^image\/(png|jpeg|webp)$/.test(type)

/** The form sends what its field has. */
function keep(next) {
  files = next
  const chosen = new DataTransfer()
  for (const file of files) chosen.items.add(file)
  input.files = chosen.files
  draw()
}

function add(some) {
  if (files.length + some.length > most) return say(words.tooMany)
  keep([...files, ...some])
  say(`${words.added}: ${some.map(({ name }) => name).join(', ')}`)
}

const numbered = (type) => `${words.name}-${files.length + 1}.${type === 'image/jpeg' ? 'jpg' : type.slice('image/'.length)}`

async function painted(file, canvas, width) {
  const bitmap = await createImageBitmap(file)
  const scale = Math.min(1, width / bitmap.width)
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
}

function item(file) {
  const acts = element('div', {}, button(words.remove, () => keep(files.filter((one) => one !== file)), file.name))
  const made = element('li')
  if (isPicture(file)) {
    const canvas = element('canvas')
    canvas.setAttribute('role', 'img')
    canvas.setAttribute('aria-label', file.name)
    painted(file, canvas, 240).catch(() => canvas.remove())
    acts.prepend(button(words.cover, () => cover(file), file.name))
    made.append(canvas)
  }
  made.append(element('p', { textContent: file.name }), acts)
  return made
}

const draw = () => place.querySelector('ul').replaceChildren(...files.map(item))

const limited = (value, least, greatest) => Math.min(Math.max(value, least), greatest)

/** A black box over the picture, in hundredths of its width and height: drawn, moved and made larger by pointer or keys. */
function box(stage, given) {
  const at = { ...given }
  const made = element('button', { type: 'button', className: 'cover' })
  made.setAttribute('aria-label', words.box)
  const put = () => {
    at.width = limited(at.width, 1, 100)
    at.height = limited(at.height, 1, 100)
    at.left = limited(at.left, 0, 100 - at.width)
    at.top = limited(at.top, 0, 100 - at.height)
    for (const side of ['left', 'top', 'width', 'height']) made.style[side] = `${at[side]}%`
  }
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
  made.addEventListener('keydown', (event) => {
    const [x, y] = moves[event.key] ?? []
    if (event.key === 'Delete' || event.key === 'Backspace') made.remove()
    else if (x === undefined) return
    else if (event.shiftKey) Object.assign(at, { width: at.width + x, height: at.height + y })
    else Object.assign(at, { left: at.left + x, top: at.top + y })
    event.preventDefault()
    put()
  })
  made.addEventListener('pointerdown', (event) => {
    event.stopPropagation()
    made.setPointerCapture(event.pointerId)
    const [x, y, left, top] = [event.clientX, event.clientY, at.left, at.top]
    const drag = ({ clientX, clientY }) => {
      Object.assign(at, { left: left + ((clientX - x) * 100) / stage.clientWidth, top: top + ((clientY - y) * 100) / stage.clientHeight })
      put()
    }
    made.addEventListener('pointermove', drag)
    made.addEventListener('lostpointercapture', () => made.removeEventListener('pointermove', drag), { once: true })
  })
  made.at = at
  made.put = put
  put()
  stage.append(made)
  return made
}

/** Drawn by a pointer from one corner to the other. */
function drawBoxes(stage) {
  stage.addEventListener('pointerdown', (event) => {
    if (event.target.closest('.cover')) return
    event.preventDefault()
    const { left, top } = stage.getBoundingClientRect()
    const within = ({ clientX, clientY }) => [limited(((clientX - left) * 100) / stage.clientWidth, 0, 100), limited(((clientY - top) * 100) / stage.clientHeight, 0, 100)]
    const [x, y] = within(event)
    const drawn = box(stage, { left: x, top: y, width: 1, height: 1 })
    stage.setPointerCapture(event.pointerId)
    const stretch = (moved) => {
      const [toX, toY] = within(moved)
      Object.assign(drawn.at, { left: Math.min(x, toX), top: Math.min(y, toY), width: Math.abs(toX - x), height: Math.abs(toY - y) })
      drawn.put()
    }
    stage.addEventListener('pointermove', stretch)
    stage.addEventListener('lostpointercapture', () => {
      stage.removeEventListener('pointermove', stretch)
      drawn.focus()
    }, { once: true })
  })
}

/** The picture as it will be sent: what is under a box is no more in it. */
function covered(canvas, boxes, { name, type }) {
  const pen = canvas.getContext('2d')
  for (const { left, top, width, height } of boxes) pen.fillRect((left * canvas.width) / 100, (top * canvas.height) / 100, (width * canvas.width) / 100, (height * canvas.height) / 100)
  return new Promise((done) => canvas.toBlob((blob) => done(new File([blob], name, { type })), type, 0.92))
}

async function cover(file) {
  const canvas = element('canvas')
  await painted(file, canvas, Infinity)
  const stage = element('div', { className: 'stage' }, canvas)
  const dialog = element('dialog', { className: 'covering' })
  dialog.setAttribute('aria-label', `${words.cover}: ${file.name}`)
  const done = async () => {
    const boxes = [...stage.querySelectorAll('.cover')].map(({ at }) => at)
    const made = boxes.length === 0 ? file : await covered(canvas, boxes, file)
    dialog.close()
    keep(files.map((one) => (one === file ? made : one)))
    say(words.coveredNow)
  }
  const addBox = () => box(stage, { left: 35, top: 40, width: 30, height: 20 }).focus()
  const acts = element('div', { className: 'acts' }, button(words.addBox, addBox), button(words.done, done), button(words.cancel, () => dialog.close()))
  acts.children[1].classList.remove('govuk-button--secondary')
  dialog.append(element('p', { className: 'govuk-hint', textContent: words.coverHint }), stage, acts)
  dialog.addEventListener('close', () => dialog.remove())
  place.append(dialog)
  drawBoxes(stage)
  dialog.showModal()
}

/** One frame of what the person chooses to show; the browser asks them. */
async function capture() {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: false })
  try {
    const video = element('video', { srcObject: stream, muted: true })
    await video.play()
    const canvas = element('canvas', { width: video.videoWidth, height: video.videoHeight })
    canvas.getContext('2d').drawImage(video, 0, 0)
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'))
    add([new File([blob], numbered('image/png'), { type: 'image/png' })])
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}

async function paste() {
  const items = await navigator.clipboard.read()
  const found = items.flatMap((one) => one.types.filter((type) => isPicture({ type })).map((type) => ({ one, type })))
  if (found.length === 0) return say(words.nothing)
  for (const { one, type } of found) add([new File([await one.getType(type)], numbered(type), { type })])
}

/** Whoever says no to the browser's question has answered it. */
const asked = (work) => () => work().catch(() => say(words.nothing))

if (input) {
  const acts = place.querySelector('.acts')
  if (navigator.clipboard?.read) acts.append(button(words.paste, asked(paste)))
  if (navigator.mediaDevices?.getDisplayMedia) acts.append(button(words.capture, asked(capture)))
  place.hidden = false
  input.addEventListener('change', () => {
    const chosen = [...input.files].filter((file) => !files.includes(file))
    input.files = new DataTransfer().files
    add(chosen)
  })
  document.addEventListener('paste', (event) => {
    const pictures = [...(event.clipboardData?.files ?? [])].filter(isPicture)
    if (pictures.length === 0) return
    event.preventDefault()
    for (const one of pictures) add([new File([one], numbered(one.type), { type: one.type })])
  })
}
