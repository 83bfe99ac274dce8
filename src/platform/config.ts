// What the environment says: one record, read once, with every problem named.
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { parseReminder, type Reminder } from '../kernel/period.ts'
import type { DatabaseAddress } from './database.ts'
import { isKeyPair } from './vapid.ts'

const text = z.string().trim().min(1)
const web = z.url({ protocol: /^https?$/, error: 'expected an address such as https://nams.example.lv' })

const domain = text.regex(/^[^\s@:/]+\.[^\s@:/]+$/, 'expected a domain such as nams.example.lv')

const whole = (least: number, most: number) => {
  const error = `expected a whole number from ${least} to ${most}`
  return z.coerce.number(error).int(error).min(least, error).max(most, error)
}

const vapid = 'expected a key as `nams push-keys` makes it'

const hours = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/

const environment = z.object({
  NAMS_MODE: z.enum(['demo', 'production']).default('demo'),
  NAMS_DATA: text.default('data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'expected postgres://user:password@host/name' }).optional(),
  HOST: text.default('127.0.0.1'),
  PORT: whole(0, 65535).default(3000),
  NAMS_PUBLIC_URL: web.optional(),
  NAMS_SESSION_SECRET: z.string().min(32, 'expected at least 32 characters').optional(),
  NAMS_OIDC_ISSUER: web.optional(),
  NAMS_OIDC_CLIENT_ID: text.optional(),
  NAMS_OIDC_CLIENT_SECRET: text.optional(),
  NAMS_OIDC_SCOPE: text.default('openid profile'),
  NAMS_OIDC_CLAIM_CODE: text.default('personal_code'),
  NAMS_OIDC_CLAIM_GIVEN_NAME: text.default('given_name'),
  NAMS_OIDC_CLAIM_SURNAME: text.default('family_name'),
  NAMS_SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'expected smtp://host:25 or smtps://user:password@host:465' }).optional(),
  NAMS_MAIL_FROM: text.optional(),
  NAMS_DKIM_DOMAIN: domain.optional(),
  NAMS_DKIM_SELECTOR: text.regex(/^[\w.-]+$/, 'expected a selector such as nams2027').optional(),
  NAMS_DKIM_KEY_FILE: text.optional(),
  NAMS_BOUNCE_DOMAIN: domain.optional(),
  NAMS_MAIL_LISTEN: z.string().regex(/^(\[[\da-f:]+\]|[\w.-]+):\d{1,5}$/i, 'expected an address and a port such as 127.0.0.1:2525').optional(),
  NAMS_EADDRESS_URL: z.url({ protocol: /^https$/, error: 'expected an address such as https://div.vraa.gov.lv/…/UnifiedService.svc' }).optional(),
  NAMS_EADDRESS_TO: text.optional(),
  NAMS_EADDRESS_SENDER: z.string().regex(/^[A-Za-z0-9._-]+@\d{11}$/, 'expected an e-address such as _DEFAULT@90000068977').optional(),
  NAMS_EADDRESS_SENDER_TITLE: text.optional(),
  NAMS_EADDRESS_CERT_FILE: text.optional(),
  NAMS_EADDRESS_KEY_FILE: text.optional(),
  NAMS_EADDRESS_CA_FILE: text.optional(),
  NAMS_EADDRESS_HASH: z.enum(['sha1', 'sha256']).default('sha1'),
  NAMS_VAPID_PUBLIC_KEY: z.string().regex(/^[\w-]{87}$/, vapid).optional(),
  NAMS_VAPID_PRIVATE_KEY: z.string().regex(/^[\w-]{43}$/, vapid).optional(),
  NAMS_VAPID_SUBJECT: z.string().regex(/^(mailto:\S+@|https:\/\/)\S+$/, 'expected mailto:name@example.lv or https://…').optional(),
  NAMS_PUSH_SERVICES: z.string().regex(/^[\w.\s,-]*$/, 'expected names of hosts, separated by commas').optional(),
  NAMS_OPERATORS: z.string().default(''),
  NAMS_SUPPORT: z.string().default(''),
  NAMS_SUPPORT_PHONE: text.optional(),
  NAMS_SUPPORT_EMAIL: z.email('expected an address such as atbalsts@example.lv').optional(),
  NAMS_SUPPORT_HOURS: z.string().regex(hours, 'expected hours such as 08:30-17:00').refine((given) => given.slice(0, 5) < given.slice(6), 'expected the end after the beginning').default('08:30-17:00'),
  NAMS_SUPPORT_ANSWER_HOURS: whole(1, 1000).default(4),
  NAMS_SUPPORT_SOLUTION_HOURS: whole(1, 10_000).default(40),
  NAMS_SUPPORT_MAIL_DOMAIN: domain.optional(),
  NAMS_AUTHORITIES: z.string().default(''),
  NAMS_SWEEP_HOUR: whole(0, 23).default(6),
  NAMS_POLICY_INSPECTION_TYPES: z.enum(['strict', 'withManager']).default('strict'),
  NAMS_POLICY_METERS: z.enum(['strict', 'withManager']).default('strict'),
  NAMS_METER_VALIDITY_LEAD: z.string().refine((lead) => parseReminder(lead), 'expected a length of time such as P1M or P10D').default('P1M'),
  NAMS_METRICS_TOKEN: z.string().min(16, 'expected at least 16 characters').optional(),
  NAMS_TRUST_PROXY: z.enum(['0', '1']).default('0'),
})

type Environment = z.infer<typeof environment>

/** What production will not start without, by what each is for. */
const mandatory: Record<string, readonly (keyof Environment)[]> = {
  'a database': ['DATABASE_URL'],
  'its public address': ['NAMS_PUBLIC_URL'],
  'a session secret of at least 32 characters': ['NAMS_SESSION_SECRET'],
  'a sign-in provider': ['NAMS_OIDC_ISSUER', 'NAMS_OIDC_CLIENT_ID', 'NAMS_OIDC_CLIENT_SECRET'],
  'a mail server': ['NAMS_SMTP_URL', 'NAMS_MAIL_FROM'],
}

/** What an e-address channel needs besides its URL. */
const eaddressNeeds = ['NAMS_EADDRESS_SENDER', 'NAMS_EADDRESS_SENDER_TITLE', 'NAMS_EADDRESS_CERT_FILE', 'NAMS_EADDRESS_KEY_FILE'] as const

export class ConfigurationError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The configuration is not complete:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

export type OidcConfig = {
  issuer: string
  clientId: string
  clientSecret: string
  scope: string
  claims: { code: string; givenName: string; surname: string }
}

/** The official e-address: where the service is, who sends, and the certificate with which it knows us. */
export type EAddressConfig = {
  url: string
  to: string
  sender: string
  senderTitle: string
  certificateFile: string
  keyFile: string
  /** PEM of the authority that signed the service's own certificate, where the system does not know it. */
  caFile: string | undefined
  hash: 'sha1' | 'sha256'
}

/** The signature on each mail: whose, under which selector, and the file of its private key. */
export type DkimConfig = { domain: string; selector: string; keyFile: string }

export type Config = {
  mode: 'demo' | 'production'
  dataDirectory: string
  database: DatabaseAddress
  host: string
  port: number
  /** Where people reach it; in a demo, where it listens. */
  publicUrl: string | undefined
  sessionSecret: string | undefined
  oidc: OidcConfig | undefined
  smtpUrl: string | undefined
  mailFrom: string
  dkim: DkimConfig | undefined
  /** The domain that undelivered mails come back to. */
  bounceDomain: string | undefined
  /** Where the program itself takes them. */
  mailListen: { host: string; port: number } | undefined
  eaddress: EAddressConfig | undefined
  /** How push services know this installation (VAPID); undefined: nothing is pushed, or a demo makes its own. */
  pushKeys: { publicKey: string; privateKey: string; subject: string } | undefined
  /** Hosts that messages may be pushed to; undefined: those of the usual browsers. */
  pushServices: readonly string[] | undefined
  /** Personal codes. */
  staff: { operators: ReadonlySet<string>; support: ReadonlySet<string> }
  /** How support is reached, the domain at which it takes answers to its mails, and what it promises. */
  support: { phone: string | undefined; email: string | undefined; mailDomain: string | undefined; targets: { from: string; to: string; answerMinutes: number; solutionMinutes: number } }
  /** Registration numbers of authorities. */
  authorityCodes: ReadonlySet<string>
  sweepHour: number
  inspectionPolicy: Environment['NAMS_POLICY_INSPECTION_TYPES']
  meterPolicy: Environment['NAMS_POLICY_METERS']
  /** How long before a meter's validity term its people are reminded. */
  meterValidityLead: Reminder
  trustProxy: boolean
  metricsToken: string | undefined
}

const missing = (env: Environment, isWrong: (name: string) => boolean): string[] =>
  Object.entries(mandatory).flatMap(([what, names]) => {
    const absent = names.filter((name) => env[name] === undefined && !isWrong(name))
    return absent.length > 0 ? [`production needs ${what}: set ${absent.join(', ')}`] : []
  })

const pushKeysOf = ({ NAMS_VAPID_PUBLIC_KEY: publicKey, NAMS_VAPID_PRIVATE_KEY: privateKey, NAMS_VAPID_SUBJECT: subject }: Environment): Config['pushKeys'] =>
  publicKey && privateKey && subject ? { publicKey, privateKey, subject } : undefined

const hostsOf = (text: string | undefined) => text?.toLowerCase().split(/[\s,]+/).filter(Boolean)

/** Push is all or nothing; and what only this machine may reach, a person's browser may not name. */
function pushProblems(env: Environment, isWrong: (name: string) => boolean): string[] {
  const names = ['NAMS_VAPID_PUBLIC_KEY', 'NAMS_VAPID_PRIVATE_KEY', 'NAMS_VAPID_SUBJECT'] as const
  const absent = names.filter((name) => env[name] === undefined && !isWrong(name))
  const partly = absent.length > 0 && absent.length < names.length ? [`push needs all of its settings: set ${absent.join(', ')}`] : []
  const isPair = absent.length > 0 || names.some(isWrong) || isKeyPair(env.NAMS_VAPID_PUBLIC_KEY!, env.NAMS_VAPID_PRIVATE_KEY!)
  const apart = isPair ? [] : ['NAMS_VAPID_PUBLIC_KEY does not belong to NAMS_VAPID_PRIVATE_KEY: `nams push-keys` makes a pair']
  const local = env.NAMS_MODE === 'production' ? hostsOf(env.NAMS_PUSH_SERVICES)?.filter((host) => host === 'localhost' || /^[\d.]+$/.test(host)) : []
  return [...partly, ...apart, ...(local?.length ? [`NAMS_PUSH_SERVICES: in production not ${local.join(', ')}, but names of hosts`] : [])]
}

const oidcOf = (env: Environment): OidcConfig | undefined =>
  env.NAMS_OIDC_ISSUER && env.NAMS_OIDC_CLIENT_ID && env.NAMS_OIDC_CLIENT_SECRET
    ? {
        issuer: env.NAMS_OIDC_ISSUER,
        clientId: env.NAMS_OIDC_CLIENT_ID,
        clientSecret: env.NAMS_OIDC_CLIENT_SECRET,
        scope: env.NAMS_OIDC_SCOPE,
        claims: { code: env.NAMS_OIDC_CLAIM_CODE, givenName: env.NAMS_OIDC_CLAIM_GIVEN_NAME, surname: env.NAMS_OIDC_CLAIM_SURNAME },
      }
    : undefined

const eaddressOf = ({
  NAMS_EADDRESS_URL: url,
  NAMS_EADDRESS_TO: to,
  NAMS_EADDRESS_SENDER: sender,
  NAMS_EADDRESS_SENDER_TITLE: senderTitle,
  NAMS_EADDRESS_CERT_FILE: certificateFile,
  NAMS_EADDRESS_KEY_FILE: keyFile,
  NAMS_EADDRESS_CA_FILE: caFile,
  NAMS_EADDRESS_HASH: hash,
}: Environment): EAddressConfig | undefined =>
  url && sender && senderTitle && certificateFile && keyFile ? { url, to: to ?? url, sender, senderTitle, certificateFile, keyFile, caFile, hash } : undefined

const missingForEAddress = (env: Environment, isWrong: (name: string) => boolean): string[] => {
  const absent = env.NAMS_EADDRESS_URL === undefined ? [] : eaddressNeeds.filter((name) => env[name] === undefined && !isWrong(name))
  return absent.length > 0 ? [`e-addresses need a sender and its certificate: set ${absent.join(', ')}`] : []
}

const dkimOf = ({ NAMS_DKIM_DOMAIN: domain, NAMS_DKIM_SELECTOR: selector, NAMS_DKIM_KEY_FILE: keyFile }: Environment): DkimConfig | undefined =>
  domain && selector && keyFile ? { domain, selector, keyFile } : undefined

const listenOf = (text: string | undefined): Config['mailListen'] => {
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(text ?? '') ?? []
  return host ? { host, port: Number(port) } : undefined
}

const dkimNeeds = ['NAMS_DKIM_DOMAIN', 'NAMS_DKIM_SELECTOR', 'NAMS_DKIM_KEY_FILE'] as const

const missingForMail = (env: Environment, isWrong: (name: string) => boolean): string[] => {
  const absent = dkimNeeds.some((name) => env[name] !== undefined) ? dkimNeeds.filter((name) => env[name] === undefined && !isWrong(name)) : []
  const isDeaf = env.NAMS_SUPPORT_MAIL_DOMAIN !== undefined && env.NAMS_MAIL_LISTEN === undefined && !isWrong('NAMS_MAIL_LISTEN')
  const hears = env.NAMS_MAIL_LISTEN !== undefined && env.NAMS_BOUNCE_DOMAIN === undefined && !isWrong('NAMS_BOUNCE_DOMAIN')
  return [
    ...(absent.length > 0 ? [`a signature on mails needs a domain, a selector and a key: set ${absent.join(', ')}`] : []),
    ...(isDeaf ? ['answers to support need somebody to take them: set NAMS_MAIL_LISTEN'] : []),
    ...(hears ? ['what comes back needs a domain to come back to: set NAMS_BOUNCE_DOMAIN'] : []),
  ]
}

/** Every problem, and a configuration to examine all the same: what is written wrongly counts as absent. */
export function examineConfig(given: NodeJS.ProcessEnv = process.env): { config: Config; problems: string[] } {
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
  const read = environment.safeParse(env)
  const wrong = read.success ? [] : read.error.issues
  const values = read.success ? read.data : environment.parse({ ...env, ...Object.fromEntries(wrong.map(({ path }) => [path[0], undefined])) })
  const problems = wrong.map(({ path, message }) => `${path.join('.')}: ${message}`)
  const isWrong = (name: string) => wrong.some(({ path }) => path[0] === name)
  problems.push(...missingForEAddress(values, isWrong), ...missingForMail(values, isWrong))
  problems.push(...pushProblems(values, isWrong))
  if (values.NAMS_MODE === 'production') problems.push(...missing(values, isWrong))
  return { config: configOf(values), problems }
}

/** Throws `ConfigurationError` with every problem; production says which of its needs are not met. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const { config, problems } = examineConfig(env)
  if (problems.length > 0) throw new ConfigurationError(problems)
  return config
}

const codesIn = (text: string): ReadonlySet<string> => new Set(text.split(/[\s,]+/).filter(Boolean))

function configOf(values: Environment): Config {
  const dataDirectory = resolve(values.NAMS_DATA)
  return {
    mode: values.NAMS_MODE,
    dataDirectory,
    database: values.DATABASE_URL ? { url: values.DATABASE_URL } : { directory: join(dataDirectory, 'database') },
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.NAMS_PUBLIC_URL?.replace(/\/$/, ''),
    sessionSecret: values.NAMS_SESSION_SECRET,
    oidc: oidcOf(values),
    smtpUrl: values.NAMS_SMTP_URL,
    mailFrom: values.NAMS_MAIL_FROM ?? 'Nams <nams@localhost>',
    dkim: dkimOf(values),
    bounceDomain: values.NAMS_BOUNCE_DOMAIN,
    mailListen: listenOf(values.NAMS_MAIL_LISTEN),
    eaddress: eaddressOf(values),
    pushKeys: pushKeysOf(values),
    pushServices: hostsOf(values.NAMS_PUSH_SERVICES),
    staff: { operators: codesIn(values.NAMS_OPERATORS), support: codesIn(values.NAMS_SUPPORT) },
    support: {
      phone: values.NAMS_SUPPORT_PHONE,
      email: values.NAMS_SUPPORT_EMAIL,
      mailDomain: values.NAMS_SUPPORT_MAIL_DOMAIN,
      targets: { from: values.NAMS_SUPPORT_HOURS.slice(0, 5), to: values.NAMS_SUPPORT_HOURS.slice(6), answerMinutes: values.NAMS_SUPPORT_ANSWER_HOURS * 60, solutionMinutes: values.NAMS_SUPPORT_SOLUTION_HOURS * 60 },
    },
    authorityCodes: codesIn(values.NAMS_AUTHORITIES),
    sweepHour: values.NAMS_SWEEP_HOUR,
    inspectionPolicy: values.NAMS_POLICY_INSPECTION_TYPES,
    meterPolicy: values.NAMS_POLICY_METERS,
    meterValidityLead: parseReminder(values.NAMS_METER_VALIDITY_LEAD)!,
    trustProxy: values.NAMS_TRUST_PROXY === '1',
    metricsToken: values.NAMS_METRICS_TOKEN,
  }
}
