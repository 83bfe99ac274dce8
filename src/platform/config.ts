// What the environment says: one record, read once, with every problem named.
import { join, resolve } from 'node:path'
import { parseReminder, type Reminder } from '../kernel/period.ts'
import type { DatabaseAddress } from './database.ts'
import type { S3Config } from './blob-s3.ts'
import { environment, type Environment } from './environment.ts'
import { isKeyPair } from './vapid.ts'

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
  /** How many files may be attached to one thing, and of how many bytes each. */
  attachments: { largest: number; most: number }
  /** Where their content is kept; undefined: in the data directory. */
  s3: S3Config | undefined
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

const s3Needs = ['NAMS_S3_URL', 'NAMS_S3_BUCKET', 'NAMS_S3_ACCESS_KEY', 'NAMS_S3_SECRET_KEY'] as const

const s3Of = ({ NAMS_S3_URL: url, NAMS_S3_BUCKET: bucket, NAMS_S3_ACCESS_KEY: accessKey, NAMS_S3_SECRET_KEY: secretKey, NAMS_S3_REGION: region }: Environment): S3Config | undefined =>
  url && bucket && accessKey && secretKey ? { url: url.replace(/\/$/, ''), bucket, accessKey, secretKey, region } : undefined

/** All of it or nothing: a part of it must not leave files in a directory where nobody looks for them. */
const missingForS3 = (env: Environment, isWrong: (name: string) => boolean): string[] => {
  const absent = s3Needs.filter((name) => env[name] === undefined && !isWrong(name))
  return absent.length > 0 && absent.length < s3Needs.length ? [`a store of files needs all of its settings: set ${absent.join(', ')}`] : []
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
  problems.push(...missingForEAddress(values, isWrong), ...missingForMail(values, isWrong), ...missingForS3(values, isWrong))
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
    attachments: { largest: values.NAMS_ATTACHMENT_MB * 1024 * 1024, most: values.NAMS_ATTACHMENTS },
    s3: s3Of(values),
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
