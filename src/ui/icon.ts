// Icons drawn in the text's colour; they repeat what words say, so readers of screens skip them.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { trusted, type Html } from './html.ts'

const require = createRequire(import.meta.url)
const drawn = new Map<string, Html>()

const draw = (name: string) =>
  trusted(
    readFileSync(require.resolve(`lucide-static/icons/${name}.svg`), 'utf8')
      .replace(/<!--.*?-->/gs, '')
      .replace(/<svg[^>]*>/s, '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'),
  )

export type IconName =
  'house' | 'calendar' | 'bell' | 'history' | 'plus' | 'pencil' | 'trash-2' | 'folder' | 'mail' | 'building' | 'log-out' | 'key-round' | 'user' | 'triangle-alert' | 'info' | 'check' | 'chevron-right' | 'arrow-up' | 'arrow-down' | 'megaphone' | 'x' | 'rss' | 'paperclip' | 'circle-question-mark' | 'download' | 'eye'

export function icon(name: IconName): Html {
  const known = drawn.get(name) ?? draw(name)
  drawn.set(name, known)
  return known
}
