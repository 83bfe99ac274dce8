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

document.getElementById('problems')?.focus()
