// A sweep to be killed: says how many notices it told as soon as they are told.
import { sweep } from '../../src/inspections/sweep.ts'
import { commandContext, day, print, withDatabase } from '../../src/verbs/verb.ts'

await withDatabase(async (opened) => {
  print('begun')
  await sweep(commandContext(opened), { asOf: day(process.argv[2]!), onNotices: (notices) => print(String(notices.length)) })
  print('done')
})
