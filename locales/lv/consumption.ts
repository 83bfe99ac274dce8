// Patēriņš: attēli, tabulas, mājas bilance un atgādinājumi par skaitītājiem.

const of = '{type, select, WATER {ūdens} GAS {gāzes} ELECTRICITY {elektroenerģijas} HEAT {siltumenerģijas} other {}}'

export const consumption = {
  'notice.READING_DUE.name': 'Skaitītāja rādījums',
  'notice.READING_DUE.title.ahead': `Jānodod rādījums: ${of} skaitītājs {number}`,
  'notice.READING_DUE.title.passed': `Nav nodots rādījums: ${of} skaitītājs {number}`,
  'notice.READING_DUE.text.ahead': `Pienācis laiks nolasīt ${of} skaitītāju {number} ({address}). Pēdējais rādījums ir {lastReadOn}, nākamais jānodod līdz {date}. Lūdzu, ievadiet to mājas lietā {caseNumber}.`,
  'notice.READING_DUE.text.passed': `Nav nodots ${of} skaitītāja {number} rādījums ({address}). Pēdējais rādījums ir {lastReadOn}, nākamais bija jānodod līdz {date}. Lūdzu, ievadiet to mājas lietā {caseNumber} iespējami drīz.`,
  'notice.METER_VALIDITY.name': 'Skaitītāja derīguma termiņš',
  'notice.METER_VALIDITY.title.ahead': `Tuvojas derīguma termiņš: ${of} skaitītājs {number}`,
  'notice.METER_VALIDITY.title.passed': `Derīguma termiņš ir beidzies: ${of} skaitītājs {number}`,
  'notice.METER_VALIDITY.text.ahead': `Ēkas {address} ${of} skaitītāja {number} derīguma termiņš beidzas {date}. Līdz tam skaitītājs jāverificē vai jānomaina. Kad tas ir izdarīts, norādiet jauno termiņu vai nomaiņu mājas lietā {caseNumber}.`,
  'notice.METER_VALIDITY.text.passed': `Ēkas {address} ${of} skaitītāja {number} derīguma termiņš beidzās {date}. Skaitītājs jāverificē vai jānomaina iespējami drīz. Kad tas ir izdarīts, norādiet jauno termiņu vai nomaiņu mājas lietā {caseNumber}.`,
} as const
