// Stands behind the pages: shows a page where there is no connection, and notices that were pushed. `nams` comes before this, from the server.
// It keeps nothing that belongs to a person.

const { version, kept, offline, icon, badge } = self.nams
const name = `nams-${version}`
const language = new URL(location).searchParams.get('language') === 'en' ? 'en' : 'lv'

addEventListener('install', (event) => {
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(kept)))
  skipWaiting()
})

async function begin() {
  for (const other of await caches.keys()) if (other !== name) await caches.delete(other)
  await registration.navigationPreload?.enable()
  await clients.claim()
}

addEventListener('activate', (event) => event.waitUntil(begin()))

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request))
  } catch {
    return caches.match(offline[language])
  }
}

addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET') return
  if (request.mode === 'navigate') event.respondWith(page(event))
  else if (kept.includes(new URL(request.url).pathname)) event.respondWith(caches.match(request).then((found) => found ?? fetch(request)))
})

/** A browser shows something for each push, or takes the permission away: what cannot be read is a notice without words. */
function readPush(data) {
  try {
    return data.json()
  } catch {
    return {}
  }
}

addEventListener('push', (event) => {
  const { id, text, language: lang } = readPush(event.data)
  const options = { body: text, lang, icon, badge, tag: id && `notice-${id}`, data: { path: id ? `/notices/${id}` : '/notices' } }
  event.waitUntil(registration.showNotification('Nams', options))
})

/** Never in place of a page on which something may be half typed. */
async function open(path) {
  const windows = await clients.matchAll({ type: 'window' })
  const there = windows.find(({ url }) => new URL(url).pathname === path)
  return there ? there.focus() : clients.openWindow(path)
}

addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data.path))
})
