// The files of a report's form: chosen, and with scripts pasted or taken of the screen, and blacked out before they are sent.
import { filesInput } from '../attachments/view.ts'
import type { PersonContext } from '../people/context.ts'
import { assetPath } from '../platform/assets.ts'
import type { Problems } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { teller, type View } from '../ui/view.ts'

export function picturesField(view: View, problems: Problems, settings: PersonContext['settings']): Html | null {
  const { t } = teller(view)
  const field = filesInput(problems, settings)
  return field && html`${field}<div class="pictures" hidden data-for="files" data-name="${t('pictures.name')}" data-added="${t('pictures.added')}" data-remove="${t('pictures.remove')}" data-cover="${t('pictures.cover')}"
    data-cover-hint="${t('pictures.cover.hint')}" data-add-box="${t('pictures.add-box')}" data-box="${t('pictures.box')}" data-done="${t('pictures.done')}" data-cancel="${t('action.cancel')}" data-covered-now="${t('pictures.covered')}"
    data-paste="${t('pictures.paste')}" data-capture="${t('pictures.capture')}" data-nothing="${t('pictures.nothing')}" data-too-many="${t('pictures.too-many')}">
    <p class="govuk-hint">${t('pictures.hint')}</p><div class="acts above"></div><p role="status" class="meta"></p><ul></ul></div><script type="module" src="${assetPath('pictures.js')}"></script>`
}
