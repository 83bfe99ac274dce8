// An import to be killed.
import { importFolder } from '../../src/import/import.ts'
import { commandContext, print, withDatabase } from '../../src/verbs/verb.ts'

await withDatabase(async (opened) => {
  print('begun')
  await importFolder(commandContext(opened), process.argv[2]!)
  print('done')
})
