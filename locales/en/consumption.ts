// Consumption: pictures, tables, the balance of a house, and reminders of meters.
import type { consumption as lv } from '../lv/consumption.ts'

const of = '{type, select, WATER {water} GAS {gas} ELECTRICITY {electricity} HEAT {heat} other {}}'

export const consumption: Record<keyof typeof lv, string> = {
  'notice.READING_DUE.name': 'Meter reading',
  'notice.READING_DUE.title.ahead': `A reading is due: ${of} meter {number}`,
  'notice.READING_DUE.title.passed': `A reading is missing: ${of} meter {number}`,
  'notice.READING_DUE.text.ahead': `It is time to read ${of} meter {number} ({address}). The last reading is of {lastReadOn}; the next one is due by {date}. Please enter it in house case {caseNumber}.`,
  'notice.READING_DUE.text.passed': `The reading of ${of} meter {number} ({address}) is missing. The last reading is of {lastReadOn}; the next one was due by {date}. Please enter it in house case {caseNumber} as soon as possible.`,
  'notice.METER_VALIDITY.name': 'Validity term of a meter',
  'notice.METER_VALIDITY.title.ahead': `A validity term is near: ${of} meter {number}`,
  'notice.METER_VALIDITY.title.passed': `A validity term has ended: ${of} meter {number}`,
  'notice.METER_VALIDITY.text.ahead': `The validity term of ${of} meter {number} at {address} ends on {date}. By then the meter must be verified or replaced. Once that is done, enter the new term or the replacement in house case {caseNumber}.`,
  'notice.METER_VALIDITY.text.passed': `The validity term of ${of} meter {number} at {address} ended on {date}. The meter must be verified or replaced as soon as possible. Once that is done, enter the new term or the replacement in house case {caseNumber}.`,
}
