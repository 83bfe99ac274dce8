// The style sheet, typeface and browser modules, each under a name that changes with its content.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname } from 'node:path'

const require = createRequire(import.meta.url)
const mine = (name: string) => readFileSync(new URL(`../../public/${name}`, import.meta.url))
const packaged = (path: string) => readFileSync(require.resolve(path))

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

export type Asset = { path: string; type: string; content: Buffer }

const named = (name: string, content: Buffer | string): Asset => {
  const bytes = Buffer.from(content)
  const extension = extname(name)
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 10)
  return { path: `/assets/${name.slice(0, -extension.length)}.${hash}${extension}`, type: types[extension]!, content: bytes }
}

/** The two parts of the typeface that Latvian and English need. */
const fonts = [
  { part: 'latin-ext', range: 'U+0100-02BA,U+02BD-02C5,U+1E00-1E9F,U+20A0-20AB' },
  { part: 'latin', range: 'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+2000-206F,U+20AC,U+2122,U+2191-2193,U+2212' },
].map(({ part, range }) => ({ range, asset: named(`inter-${part}.woff2`, packaged(`@fontsource-variable/inter/files/inter-${part}-wght-normal.woff2`)) }))

const fontFaces = fonts.map(
  ({ range, asset }) =>
    `@font-face{font-family:Inter;font-weight:100 900;font-display:swap;src:url(${asset.path}) format('woff2');unicode-range:${range}}`,
)

/** govuk-frontend under our own typeface: GDS Transport is licensed to gov.uk alone. */
const components = packaged('govuk-frontend/dist/govuk/govuk-frontend.min.css')
  .toString()
  .replace(/@font-face\{[^}]*\}/g, '')
  .replaceAll('GDS Transport,arial,sans-serif', 'Inter,system-ui,sans-serif')

const all = {
  'nams.css': named('nams.css', [...fontFaces, components, mine('nams.css')].join('\n')),
  'nams.js': named('nams.js', mine('nams.js')),
  'pictures.js': named('pictures.js', mine('pictures.js')),
  'icon.svg': named('icon.svg', mine('icon.svg')),
  'icon-192.png': named('icon-192.png', mine('icon-192.png')),
  'icon-512.png': named('icon-512.png', mine('icon-512.png')),
  'icon-maskable-512.png': named('icon-maskable-512.png', mine('icon-maskable-512.png')),
  'badge-96.png': named('badge-96.png', mine('badge-96.png')),
}

/** The service worker, which must have an address without a folder to be in charge of all pages. */
export const serviceWorker: string = mine('service-worker.js').toString()

export const fontPaths: readonly string[] = fonts.map(({ asset }) => asset.path)

/** Where a page finds an asset. */
export const assetPath = (name: keyof typeof all): string => all[name].path

export const assets: readonly Asset[] = [...Object.values(all), ...fonts.map(({ asset }) => asset)]
