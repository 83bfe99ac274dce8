// `nams migrate`: brings the database's schema up to date, as every other verb does before it begins.
import { Command } from 'commander'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { migrate } from '../platform/migrate.ts'
import { counted, note, outageOf, print, verb } from './verb.ts'

async function run({ json }: { json?: boolean }): Promise<void> {
  const config = readConfig()
  const database = await openDatabase(config.database)
  try {
    const applied = await migrate(database).catch((error) => {
      throw outageOf(config, error)
    })
    if (json) print(JSON.stringify({ applied }))
    else for (const name of applied) print(name)
    note(applied.length === 0 ? 'The database is up to date.' : `Applied ${counted(applied.length, 'migration')}.`)
  } finally {
    await database.close()
  }
}

export const migrateVerb = new Command('migrate')
  .description("Bring the database's schema up to date and print what was applied.")
  .option('--json', 'print {"applied":[…]}')
  .addHelpText('after', '\nSafe to repeat, and from several processes. `serve` and the other verbs do the same before they begin.\n\nExample:\n  nams migrate')
  .action(verb(run))
