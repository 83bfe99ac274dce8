// The form of an announcement: what was typed, as a draft and as fields.
import type { Values } from '../people/page.ts'
import { checkbox, dateInput, input, radios, select, textarea, type Problems } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { typedDate, typedTime } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import { audiences, categories, longest, type Announcement, type AnnouncementDraft } from './announcement.ts'

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

export function announcementDraftOf(form: Values): AnnouncementDraft {
  const value = (name: string) => form[name] ?? ''
  return {
    category: value('category'),
    audience: value('audience'),
    isUrgent: value('isUrgent') === 'yes',
    titleLv: value('titleLv'),
    titleEn: value('titleEn'),
    textLv: value('textLv'),
    textEn: value('textEn'),
    startsOn: typedDate(value('startsOn')),
    fromTime: typedTime(value('fromTime')),
    endsOn: typedDate(value('endsOn')),
    toTime: typedTime(value('toTime')),
    weekdays: weekdays.filter((day) => value(`day${day}`) === 'yes'),
    leadHours: value('leadHours').trim(),
  }
}

/** An announcement as its form has it. */
export const formOf = ({ title, text, weekdays: days, isUrgent, leadHours, category, audience, startsOn, fromTime, endsOn, toTime }: Announcement): Values => ({
  ...{ category, audience, startsOn, fromTime, endsOn, toTime, leadHours: String(leadHours), isUrgent: isUrgent ? 'yes' : '' },
  ...{ titleLv: title.lv, titleEn: title.en, textLv: text.lv, textEn: text.en },
  ...Object.fromEntries(days.map((day) => [`day${day}`, 'yes'])),
})

export const emptyForm: Values = { audience: 'everyone', leadHours: '24' }

function weekdayFields(view: View, value: (name: string) => string, problems: Problems): Html {
  const { t } = teller(view)
  const [problem] = problems.list.filter(({ field }) => field === 'weekdays')
  const error = problem && html`<p class="govuk-error-message" id="weekdays-error">${t('problem.weekdays.none-within')}</p>`
  const days = weekdays.map((day) => checkbox({ name: `day${day}`, label: t(`weekday.${day}`), value: value(`day${day}`), problems }))
  return html`<div class="govuk-form-group${problem && ' govuk-form-group--error'}" id="weekdays"><fieldset class="govuk-fieldset" aria-describedby="weekdays-hint${problem && ' weekdays-error'}">
    <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${t('announcement.weekdays')}</legend><div class="govuk-hint" id="weekdays-hint">${t('announcement.weekdays.hint')}</div>${error}
    <div class="choices weekdays">${days}</div></fieldset></div>`
}

export function announcementFields(view: View, form: Values, problems: Problems): Html {
  const { t } = teller(view)
  const value = (name: string) => form[name] ?? ''
  const options = (names: readonly string[], words: (name: string) => string) => names.map((name) => ({ value: name, text: words(name) }))
  const kinds = [{ value: '', text: t('announcement.choose') }, ...options(categories, (name) => t(`announcement.category.${name as 'general'}`))]
  const field = (name: 'titleLv' | 'titleEn' | 'textLv' | 'textEn') => ({ name, label: t(`announcement.${name}`), value: value(name), problems })
  const time = (name: 'fromTime' | 'toTime') => input({ name, label: t(`announcement.${name}`), hint: t('announcement.time.hint'), value: value(name), width: '4', problems })
  return html`${select({ name: 'category', label: t('announcement.category'), value: value('category'), options: kinds, problems })}
    ${radios({ name: 'audience', label: t('announcement.audience'), value: value('audience'), options: options(audiences, (name) => t(`announcement.audience.${name as 'everyone'}`)), problems })}
    ${input(field('titleLv'))}${input({ ...field('titleEn'), hint: t('announcement.title.hint', { max: longest.title }) })}${textarea(field('textLv'))}${textarea(field('textEn'))}
    <div class="pair">${dateInput({ name: 'startsOn', label: t('announcement.startsOn'), value: value('startsOn'), problems })}${time('fromTime')}</div>
    <div class="pair">${dateInput({ name: 'endsOn', label: t('announcement.endsOn'), value: value('endsOn'), problems })}${time('toTime')}</div>
    ${weekdayFields(view, value, problems)}
    ${input({ name: 'leadHours', label: t('announcement.leadHours'), hint: t('announcement.leadHours.hint'), value: value('leadHours'), width: '4', inputmode: 'numeric', problems })}
    ${checkbox({ name: 'isUrgent', label: t('announcement.isUrgent'), hint: t('announcement.isUrgent.hint'), value: value('isUrgent'), problems })}`
}
