// What comes back undelivered, and answers to support's mails: heard by the program itself, or piped to `nams bounce` by a mail server.
import { buffer } from 'node:stream/consumers'
import { Command } from 'commander'
import { configuredOf } from '../notifications/delivery.ts'
import { isTaken, listenForBounces, receive, type Desk, type Listener } from '../notifications/bounces/listener.ts'
import { readReturned } from '../notifications/bounces/report.ts'
import { replyDoor } from '../problems/take-reply.ts'
import { contextNow, type Working } from './jobs.ts'
import { postOf } from './post.ts'
import { counted, exit, logOf, print, Stop, verb, withInstallation } from './verb.ts'

/** undefined: nothing is to come back. */
function deskOf(working: Working): Desk | undefined {
  const { bounceDomain, support: { mailDomain } } = working.opened.config
  const { office } = working.post
  return bounceDomain && office ? { fresh: () => contextNow(working), sealing: { secret: office.secret, bounceDomain }, configured: configuredOf(working.post), also: mailDomain === undefined ? undefined : replyDoor({ secret: office.secret, domain: mailDomain }) } : undefined
}

/** Listens where NAMS_MAIL_LISTEN says; undefined where it is not set. */
export async function hearBounces(working: Working): Promise<Listener | undefined> {
  const { mailListen } = working.opened.config
  const desk = deskOf(working)
  if (!mailListen || !desk) return undefined
  return listenForBounces(desk, mailListen).catch((error: Error) => {
    throw new Stop(`It cannot listen for mail on ${mailListen.host}, port ${mailListen.port}: ${error.message}`, exit.inUse)
  })
}

const run = ({ to }: { to?: string }): Promise<void> =>
  withInstallation(async (opened) => {
    const { config } = opened
    const working = { opened, clock: () => new Date(), log: logOf(config), post: postOf(config) }
    const desk = deskOf(working)
    if (!desk) throw new Stop('Nothing is to come back: set NAMS_BOUNCE_DOMAIN.', exit.configuration)
    const message = await buffer(process.stdin)
    const recipients = to === undefined ? (await readReturned(message)).recipients : [to]
    const [ours] = recipients.filter((recipient) => isTaken(desk, recipient))
    if (!ours) throw new Stop('The message is to none of the addresses that mails of this installation come back to.', exit.refused)
    print(`${counted(await receive(desk, [ours], message), 'report')} taken.`)
  })

export const bounceVerb = new Command('bounce')
  .description('Take a mail that came back undelivered, from standard input.')
  .option('--to <address>', 'the recipient of the message, where its headers do not name it')
  .addHelpText(
    'after',
    `
For a mail server's pipe; NAMS_MAIL_LISTEN makes the program listen for such mail itself. A message that reports nothing, such
as an answer that somebody is on leave, is taken and changes nothing. One that is not for this installation ends with 5.

Examples:
  nams bounce < message.eml
  nams bounce --to "$RECIPIENT"`,
  )
  .action(verb(run))
