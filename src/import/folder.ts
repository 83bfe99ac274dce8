// The files of a register folder.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RegisterFile } from './register.ts'
import { ImportRefused, problemAt } from './refusal.ts'

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch {
    throw new ImportRefused([problemAt(dir, 0, '', 'folder-missing')])
  }
}

/** All tables of a folder, also of names that no register has. Refuses a folder that is not there or has no table at all. */
export function readFolder(dir: string): RegisterFile[] {
  const tables = namesIn(dir).filter((name) => name.toLowerCase().endsWith('.csv')).sort()
  if (tables.length === 0) throw new ImportRefused([problemAt(dir, 0, '', 'no-files')])
  return tables.map((name) => ({ name, path: join(dir, name) }))
}
