// Notices and their e-mails.
import type { notices as lv } from '../lv/notices.ts'

export const notices: Record<keyof typeof lv, string> = {
  'notice.INSPECTION_DUE.name': 'Inspection deadline',
  'notice.INSPECTION_DUE.title.ahead': 'Inspection deadline is approaching: {type}',
  'notice.INSPECTION_DUE.title.passed': 'Inspection deadline has passed: {type}',
  'notice.INSPECTION_DUE.text.ahead':
    '{type} of the building at {address} (cadastral designation {designation}) is due by {date}. Please arrange it in good time. Once it is done, record it in operation case {caseNumber}, and the next date will be worked out for you.',
  'notice.INSPECTION_DUE.text.passed':
    '{type} of the building at {address} (cadastral designation {designation}) was due by {date}. Please arrange it as soon as you can. If it is done already, record it in operation case {caseNumber}, and the next date will be worked out for you.',
  'notice.LIMIT_EXCEEDED.name': 'Inspection period over the limit',
  'notice.LIMIT_EXCEEDED.title': 'Inspection period is longer than allowed: {type}',
  'notice.LIMIT_EXCEEDED.text':
    'The building at {address} (cadastral designation {designation}) is marked as a public building, so “{type}” must be done at least once every {years, plural, one {year} other {# years}}. The period set is longer. Please shorten it in operation case {caseNumber}.',
  'mail.subject': '{title} – {about}',
  'mail.greeting': 'Hello,',
  'mail.open': 'Open the notice',
  'mail.why': 'You receive this e-mail because the notice is addressed to the profile “{profile}”. It is also kept in that profile’s list of notices in Nams.',
  'mail.automatic': 'This e-mail was sent automatically; replies to it are not read.',
}
