// The files of a register folder.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isRegisterName, type RegisterFile } from './register.ts'
import { ImportRefused, problemAt } from './refusal.ts'

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch {
    throw new ImportRefused([problemAt(dir, 0, '', 'folder-missing')])
  }
}

/**
 * Refuses a folder that is not there, has none of the files, or has a table of another name: most likely a misspelt one.
 * `others` are tables that are no registers and may lie beside them.
 */
export function readFolder(dir: string, others: readonly string[] = []): RegisterFile[] {
  const tables = namesIn(dir).filter((name) => name.toLowerCase().endsWith('.csv')).sort()
  if (tables.length === 0) throw new ImportRefused([problemAt(dir, 0, '', 'no-files')])
  const strange = tables.filter((name) => !isRegisterName(name) && !others.includes(name))
  if (strange.length > 0) throw new ImportRefused(strange.map((name) => problemAt(name, 0, '', 'unknown-file')))
  return tables.map((name) => ({ name, path: join(dir, name) }))
}
