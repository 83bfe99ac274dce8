// What keeps a form from being saved: sentences beside fields. `problem.<field>.<code>` comes before `problem.<code>`.
import type { problems as lv } from '../lv/problems.ts'

export const problems: Record<keyof typeof lv, string> = {
  'problem.title': 'There is a problem',
  'problem.prefix': 'Error:',
  'problem.unknown': 'This value cannot be accepted',
  'problem.required': 'Fill in this field',
  'problem.too-long': 'At most {max} characters',
  'problem.date-format': 'Enter a real date, such as 31.03.2027',
  'problem.justification.required': 'Say why you are doing this',
  'problem.type.required': 'Choose an inspection type or write your own',
  'problem.type.system-name': 'This is the name of a system inspection type: choose it from the list',
  'problem.type.fixed': 'The inspection type can no longer be changed, because the first inspection date has passed',
  'problem.label.already-there': 'The building already has this inspection type. Add a label that tells them apart, such as “Lift 2”',
  'problem.firstOn.required': 'Enter the first inspection date',
  'problem.firstOn.date-not-future': 'The first inspection date must be in the future',
  'problem.firstOn.fixed': 'The first inspection date can no longer be changed, because it has passed',
  'problem.every.required': 'Enter the inspection period',
  'problem.every.period-format': 'The period is a whole number, at least 1',
  'problem.every.period-too-long': 'The period may not exceed 100 years',
  'problem.every.period-over-limit': 'A technical survey of a public building is due at least every {years, plural, one {# year} other {# years}}',
  'problem.remindBefore.reminder-format': 'The reminder period is a whole number, 0 or more',
  'problem.remindBefore.reminder-not-shorter': 'The reminder period must be shorter than the inspection period',
  'problem.performedOn.required': 'Enter the date of the inspection',
  'problem.performedOn.date-in-future': 'An inspection that was done cannot be in the future',
  'problem.performedOn.already-there': 'An inspection with this date and number is recorded already',
  'problem.status.already-annulled': 'The inspection is annulled already',
}
