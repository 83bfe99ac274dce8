// The web app that a phone can install: its manifest, the worker that stands behind its pages, and the page without a connection.
import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { assetPath, fontPaths, serviceWorker } from '../platform/assets.ts'
import { html, type Html } from './html.ts'
import { icon } from './icon.ts'
import { locales, say, type Locale } from './locale.ts'

export const manifestPath = (locale: Locale): string => `/nams.${locale}.webmanifest`

const colours = { theme: '#12463a', background: '#fbfcfb' }

/** Its identity is the same in each language, so that a phone holds one app. */
const manifest = (locale: Locale) => ({
  id: '/',
  name: say(locale, 'app.name'),
  short_name: 'Nams',
  description: say(locale, 'app.description'),
  lang: locale,
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  theme_color: colours.theme,
  background_color: colours.background,
  icons: [
    { src: assetPath('icon-192.png'), sizes: '192x192', type: 'image/png' },
    { src: assetPath('icon-512.png'), sizes: '512x512', type: 'image/png' },
    { src: assetPath('icon-maskable-512.png'), sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
})

const offlinePath = (locale: Locale) => `/offline/${locale}`

/** Its link is to the address that could not be opened. */
const offlinePage = (locale: Locale): Html => html`<!doctype html>
<html lang="${locale}" class="govuk-template--rebranded">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="${colours.theme}">
<title>${say(locale, 'offline.title')} – Nams</title>
<link rel="icon" href="${assetPath('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${assetPath('nams.css')}">
</head>
<body>
<header class="top"><div class="wrap"><a class="brand" href="/">${icon('house')}Nams</a></div></header>
<div class="wrap page"><main id="main"><h1>${say(locale, 'offline.title')}</h1><p class="govuk-body-l">${say(locale, 'offline.text')}</p>
<p class="acts"><a class="govuk-button" href="">${say(locale, 'offline.again')}</a></p></main></div>
</body>
</html>`

/** All that the worker keeps: what is the same for everyone. */
const kept = [...locales.map(offlinePath), assetPath('nams.css'), assetPath('icon.svg'), assetPath('icon-192.png'), assetPath('badge-96.png'), ...fontPaths]

/** The worker begins with what it keeps, under a name that changes with it: a new one takes the place of the old one by that. */
function worker(): string {
  const version = createHash('sha256').update(JSON.stringify([kept, locales.map((locale) => offlinePage(locale).text)])).digest('base64url').slice(0, 10)
  const offline = Object.fromEntries(locales.map((locale) => [locale, offlinePath(locale)]))
  const nams = { version, kept, offline, icon: assetPath('icon-192.png'), badge: assetPath('badge-96.png') }
  return `self.nams = ${JSON.stringify(nams)}\n${serviceWorker}`
}

export function openWebApp(server: FastifyInstance): void {
  const serve = (path: string, type: string, content: string) =>
    server.get(path, (_request, reply) => reply.type(type).header('cache-control', 'no-cache').send(content))
  serve('/service-worker.js', 'text/javascript; charset=utf-8', worker())
  for (const locale of locales) {
    serve(manifestPath(locale), 'application/manifest+json; charset=utf-8', JSON.stringify(manifest(locale)))
    serve(offlinePath(locale), 'text/html; charset=utf-8', offlinePage(locale).text)
  }
}
