// The program's verbs.
import { Command } from 'commander'
import { serve } from './verbs/serve.ts'
import { exit, verb } from './verbs/verb.ts'

const program = new Command('nams')
  .description('Looks after buildings: inspections, reminders and who changed what.')
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exit.ok : exit.usage))

program
  .command('serve')
  .description('Serve the pages and the API, and run the jobs beside them.')
  .option('--no-jobs', 'leave the jobs to `nams work`')
  .action(verb(serve))

await program.parseAsync()
