// One inspection that comes next, as a line of the calendar.
import { casePath } from '../cases/frame.ts'
import { html, type Html } from '../ui/html.ts'
import type { View } from '../ui/view.ts'
import type { Planned } from './calendar-store.ts'
import { statusOf } from './inspection-type.ts'
import { typeTitle } from './names.ts'
import { leaf, reminderWords } from './overview.ts'
import { everyWords, statusTag } from './words.ts'

export function plannedItem(view: View, planned: Planned): Html {
  return html`<li class="is-${statusOf(planned, view.today)}">${leaf(view, planned.nextOn)}
    <div><a href="${casePath(planned.caseNumber)}">${typeTitle(view.locale, planned)}</a>
    <p class="where">${planned.address}</p><p>${everyWords(view.locale, planned.period)} · ${reminderWords(view, planned)}</p></div>
    ${statusTag(view.locale, planned, view.today)}</li>`
}
