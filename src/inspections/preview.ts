// What a setting will do, told before it is saved: the next date, the reminder and whom it goes to.
import { addDays, type PlainDate } from '../kernel/date.ts'
import { plusPeriod } from '../kernel/period.ts'
import type { Parties } from '../buildings/building.ts'
import { html, type Html } from '../ui/html.ts'
import { teller, type View } from '../ui/view.ts'
import { recipientsOf, reminderDue, scheduled, type TypeSetting } from './inspection-type.ts'
import { addressedWords } from './words.ts'

export type Effect = { lastPerformedOn: PlainDate | null; nextOn: PlainDate; remindOn: PlainDate | null; lastNotifiedOn: PlainDate | null; thenOn: PlainDate }

export const effectOf = (setting: TypeSetting, lastPerformedOn: PlainDate | null, lastNotifiedOn: PlainDate | null): Effect => {
  const dates = scheduled(setting, lastPerformedOn)
  return { ...dates, lastNotifiedOn, thenOn: plusPeriod(dates.nextOn, setting.period) }
}

function reminderSentence(view: View, effect: Effect, parties: Parties): string {
  const { t, long, short } = teller(view)
  if (effect.remindOn === null) return t('preview.no-reminder')
  const { to, recipients } = recipientsOf(parties)
  if (recipients.length === 0) return t('preview.nobody')
  const who = addressedWords(view.locale, to, recipients.map((party) => party.name))
  if (effect.lastNotifiedOn !== null && effect.lastNotifiedOn >= effect.remindOn) return t('preview.told', { date: short(effect.lastNotifiedOn) })
  const isPast = reminderDue(effect, addDays(view.today, -1))
  return isPast ? t('preview.remind-tomorrow', { who, date: short(effect.remindOn) }) : t('preview.remind', { who, date: long(effect.remindOn) })
}

/** `effect` null: there is not enough to say yet. */
export function previewWords(view: View, effect: Effect | null, parties: Parties): Html {
  const { t, long } = teller(view)
  if (!effect) return html`<h2>${t('preview.title')}</h2><p>${t('preview.empty')}</p>`
  return html`<h2>${t('preview.title')}</h2>
    ${effect.lastPerformedOn && html`<p>${t('preview.found', { date: long(effect.lastPerformedOn) })}</p>`}
    <p>${t('preview.next', { date: long(effect.nextOn) })} ${t('preview.then', { date: long(effect.thenOn) })}</p>
    <p>${reminderSentence(view, effect, parties)}</p>`
}
