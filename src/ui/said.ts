// The sentence of what was just done, above the page that shows it.
import { html, type Html } from './html.ts'
import { icon } from './icon.ts'
import { say } from './locale.ts'
import type { View } from './view.ts'

export const said = ({ locale, said: key }: Pick<View, 'locale' | 'said'>): Html | null =>
  key && html`<div class="said" role="status">${icon('check')}<p>${say(locale, key)}</p></div>`
