// Everything works without this: it only warns before a session ends and shows what a choice will do while it is made.

const session = document.getElementById('session')
const warning = document.getElementById('session-warning')
const warnBefore = 5 * 60_000
let timer

function watch(seconds) {
  clearTimeout(timer)
  timer = setTimeout(() => warning.showModal(), Math.max(0, seconds * 1000 - warnBefore))
}

if (session && warning) {
  watch(Number(session.dataset.seconds))
  document.getElementById('session-stay').addEventListener('click', async () => {
    warning.close()
    const answer = await fetch('/session/stay', { method: 'POST' })
    if (answer.ok) watch(30 * 60)
    else location.reload()
  })
}

/** Behind the pages, for when there is no connection and for notices that are pushed. */
const worker = navigator.serviceWorker?.register(`/service-worker.js?language=${document.documentElement.lang}`)
worker?.catch(() => {})

/** Asks the browser for an address at its push service; one that was made for another key gives way. */
async function subscribe(applicationServerKey) {
  await worker
  const { pushManager } = await navigator.serviceWorker.ready
  const ask = () => pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })
  return ask().catch(async (error) => {
    if (error.name !== 'InvalidStateError') throw error
    await (await pushManager.getSubscription())?.unsubscribe()
    return ask()
  })
}

const device = document.querySelector('form[data-push-key]')

function fail(why) {
  for (const text of document.querySelectorAll('[data-push-failure]')) text.hidden = text.dataset.pushFailure !== why
}

async function addDevice() {
  fail()
  if ((await Notification.requestPermission()) !== 'granted') return fail('denied')
  const { endpoint, keys } = (await subscribe(device.dataset.pushKey)).toJSON()
  for (const [name, value] of Object.entries({ endpoint, ...keys })) if (device.elements[name]) device.elements[name].value = value
  device.submit()
}

if (device) {
  const isAble = worker && 'PushManager' in window && 'Notification' in window
  device.hidden = !isAble
  fail(isAble ? undefined : 'unable')
  device.addEventListener('submit', (event) => {
    event.preventDefault()
    addDevice().catch(() => fail('failed'))
  })
}

/** The number of unread notices stays true while the page is looked at. */
const unread = document.getElementById('unread')
let stream

function listen() {
  stream?.close()
  if (document.hidden) return
  stream = new EventSource('/notices/stream')
  stream.addEventListener('unread', ({ data }) => {
    const { count, label } = JSON.parse(data)
    unread.textContent = count
    unread.ariaLabel = label
    unread.hidden = count === 0
    navigator.setAppBadge?.(count).catch(() => {})
  })
  stream.addEventListener('replaced', () => stream.close())
}

if (unread) {
  listen()
  document.addEventListener('visibilitychange', listen)
  // A page kept for the button “back” may hold no connection, or it would not be kept.
  addEventListener('pagehide', () => stream?.close())
  addEventListener('pageshow', ({ persisted }) => persisted && listen())
}

/** Beside a date typed in the reader's own form, the browser's calendar. */
for (const field of document.querySelectorAll('input[data-date]')) {
  const [button, picker] = [field.nextElementSibling, document.createElement('input')]
  Object.assign(picker, { type: 'date', tabIndex: -1, className: 'picker', ariaHidden: 'true' })
  button.after(picker)
  button.hidden = false
  button.addEventListener('click', () => {
    const [day, month, year] = field.value.split(/\D+/)
    if (year) picker.value = `${year}-${month}-${day}`
    picker.showPicker()
  })
  picker.addEventListener('change', () => {
    if (!picker.value) return
    const [year, month, day] = picker.value.split('-')
    field.value = [day, month, year].join(field.dataset.date === 'lv' ? '.' : '/')
    field.dispatchEvent(new Event('change', { bubbles: true }))
  })
}

/** A form that can say what it will do keeps saying it while the person types. */
for (const form of document.querySelectorAll('form[data-preview]')) {
  let latest = 0
  const show = async () => {
    const mine = ++latest
    const body = new URLSearchParams(new FormData(form))
    body.set('step', 'preview')
    const answer = await fetch(form.action, { method: 'POST', body })
    if (mine !== latest || !answer.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.getElementById('preview')
    if (fresh) document.getElementById('preview').replaceChildren(...fresh.childNodes)
  }
  form.addEventListener('change', show)
  form.addEventListener('input', (event) => event.target.inputMode === 'numeric' && show())
}

/** A row of a round is saved in place, while the person is already at the next field. */
async function saveRow(form) {
  const row = form.closest('.round-row')
  if (row.getAttribute('aria-busy')) return
  const fields = [...document.querySelectorAll('.round-value')]
  fields[fields.indexOf(form.querySelector('.round-value')) + 1]?.focus()
  row.setAttribute('aria-busy', 'true')
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.getElementById(row.id)
    const isHere = row.contains(document.activeElement)
    row.replaceWith(fresh)
    document.getElementById('round-progress').replaceWith(page.getElementById('round-progress'))
    if (isHere) (fresh.querySelector('.round-value') ?? fresh.querySelector('a')).focus()
  } catch {
    row.removeAttribute('aria-busy')
    row.querySelector('.round-offline').hidden = false
  }
}

document.addEventListener('submit', (event) => {
  if (!event.target.matches('form[data-round]')) return
  event.preventDefault()
  saveRow(event.target)
})

for (const button of document.querySelectorAll('button[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}

/** Where the browser lets a page write to the clipboard. */
for (const button of navigator.clipboard ? document.querySelectorAll('button[data-copy]') : []) {
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value)
    document.getElementById(button.dataset.says).textContent = button.dataset.done
  })
}

/** A page that shows how far something has come looks again by itself. */
if (document.querySelector('[data-reload]')) setTimeout(() => location.reload(), 2000)

/** The time that is left runs down by the server's word, and the page is looked up anew when it is over. */
for (const left of document.querySelectorAll('[data-countdown]')) {
  const end = performance.now() + Number(left.dataset.countdown) * 1000
  const ticking = setInterval(() => {
    const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000))
    left.textContent = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')
    if (seconds > 0) return
    clearInterval(ticking)
    location.reload()
  }, 250)
}

/** Writing a name of one's own chooses it. */
for (const field of document.querySelectorAll('.revealed input')) {
  const choice = field.closest('.revealed').previousElementSibling?.querySelector('input[type=radio]')
  field.addEventListener('input', () => field.value && (choice.checked = true))
}

document.getElementById('problems')?.focus()
