// The nine files of a register folder: their names, their columns and the order in which they are read.

export const columns = {
  'persons.csv': ['personal_code', 'given_name', 'surname', 'email', 'email_verified_on'],
  'organisations.csv': ['registration_number', 'name', 'email', 'email_verified_on'],
  'representatives.csv': ['registration_number', 'personal_code', 'kind', 'from', 'to'],
  'buildings.csv': ['designation', 'address', 'main_use_code', 'main_use', 'public'],
  'house_cases.csv': ['number', 'property_number', 'property_kind', 'designations'],
  'holders.csv': ['designation', 'premises', 'right', 'holder_kind', 'holder_code', 'from', 'to'],
  'managers.csv': [
    'designation',
    'manager_kind',
    'manager_code',
    'from',
    'to',
    'responsible_code',
    'responsible_from',
    'responsible_to',
  ],
  'inspection_types.csv': ['designation', 'type', 'label', 'first_on', 'every', 'remind_before'],
  'inspections.csv': ['designation', 'type', 'label', 'performed_on', 'periodic', 'status', 'number'],
} as const

export type RegisterName = keyof typeof columns

export const registerNames = Object.keys(columns) as RegisterName[]

export const isRegisterName = (name: string): name is RegisterName => Object.hasOwn(columns, name)

/** A file by its name in the folder: its text, or where it lies. */
export type RegisterFile = { name: string; content: string | Uint8Array } | { name: string; path: string }

/** A row below the header: the line where it begins (1 is the header) and its cells by column. */
export type Row = { line: number; cells: Record<string, string> }

export type Counts = { rows: number; created: number; changed: number; unchanged: number }

export type Progress = { file: RegisterName; step: 'reading' | 'writing'; rows: number; total: number }
