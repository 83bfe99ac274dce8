// `nams token`: lets a program act through the API as a person in one profile.
import { Command } from 'commander'
import { personalCode, registrationNumber } from '../kernel/identifier.ts'
import type { Party } from '../people/actor.ts'
import { organisationByCode, personByCode, profilesOf } from '../people/people.ts'
import { issueToken } from '../people/token.ts'
import type { Context } from '../people/context.ts'
import { commandContext, exit, note, print, Stop, verb, withInstallation } from './verb.ts'

type Options = { person: string; as?: string; name: string; json?: boolean }

/** Personal codes stay out of sentences: they end in logs. */
async function personOf({ db }: Context, code: string): Promise<Party> {
  const person = await personByCode(db, personalCode(code) ?? code)
  if (!person) throw new Stop('No person with this personal code is registered.', exit.refused)
  return person
}

async function profileOf({ db, today }: Context, person: Party, number: string | undefined): Promise<Party> {
  if (number === undefined) return person
  const organisation = await organisationByCode(db, registrationNumber(number) ?? number)
  if (!organisation) throw new Stop(`No organisation with the registration number ${number} is registered.`, exit.refused)
  const profiles = await profilesOf(db, person.id, today)
  if (!profiles.some(({ party }) => party.id === organisation.id))
    throw new Stop(`${person.name} does not represent ${organisation.name} today.`, exit.refused)
  return organisation
}

const run = ({ person: code, as, name, json }: Options): Promise<void> =>
  withInstallation(async (opened) => {
    if (name.trim() === '' || name.length > 100) throw new Stop('A token needs a name of 1 to 100 characters.', exit.usage)
    const ctx = commandContext(opened)
    const person = await personOf(ctx, code)
    const profile = await profileOf(ctx, person, as)
    const token = await issueToken(ctx, person, profile, name)
    print(json ? JSON.stringify({ token, person: person.name, profile: profile.name, name: name.trim() }) : token)
    note(`A token of ${person.name}${profile === person ? '' : ` for ${profile.name}`}. It is shown this once; it can be revoked on the profile page.`)
  })

export const tokenVerb = new Command('token')
  .description('Issue a token with which a program acts as a person through the API.')
  .requiredOption('--person <code>', 'personal code of the person')
  .option('--as <registration-number>', 'act for this organisation, which the person represents')
  .option('--name <text>', 'what the token is for, as lists of tokens show it', 'nams token')
  .option('--json', 'print {"token","person","profile","name"}')
  .addHelpText(
    'after',
    `
Only the token is printed on standard output. It is kept nowhere: who loses it issues another.

Examples:
  nams token --person 320047-89193
  TOKEN=$(nams token --person 32004789193 --as 49999910010 --name 'Accounting')`,
  )
  .action(verb(run))
