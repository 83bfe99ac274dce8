// The program's verbs.
import { Command } from 'commander'
import { bounceVerb } from './verbs/bounce.ts'
import { doctorVerb } from './verbs/doctor.ts'
import { importVerb } from './verbs/import.ts'
import { migrateVerb } from './verbs/migrate.ts'
import { pushKeysVerb } from './verbs/push-keys.ts'
import { runsVerb } from './verbs/runs.ts'
import { serveVerb } from './verbs/serve.ts'
import { sweepVerb } from './verbs/sweep.ts'
import { tokenVerb } from './verbs/token.ts'
import { exit, verbHelp } from './verbs/verb.ts'
import { workVerb } from './verbs/work.ts'

const program = new Command('nams')
  .description('Looks after buildings: inspections, reminders and who changed what.')
  .addHelpText('after', verbHelp)
  .showHelpAfterError('Run `nams --help`, or `nams VERB --help`, to see what can be written.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exit.ok : exit.usage))

for (const verb of [serveVerb, workVerb, migrateVerb, importVerb, sweepVerb, runsVerb, tokenVerb, bounceVerb, pushKeysVerb, doctorVerb])
  program.addCommand(verb.copyInheritedSettings(program))

// Whoever reads the results may stop reading: `nams sweep --json | head`.
process.stdout.on('error', () => process.exit(exit.failed))

await program.parseAsync()
