// What the environment says: one record, read once, with every problem named.
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { DatabaseAddress } from './database.ts'

const text = z.string().trim().min(1)
const optional = z.preprocess((value) => (value === '' ? undefined : value), text.optional())
const url = z.preprocess((value) => (value === '' ? undefined : value), z.url().optional())

const environment = z.object({
  NAMS_MODE: z.enum(['demo', 'production']).default('demo'),
  NAMS_DATA: text.default('data'),
  DATABASE_URL: url,
  HOST: text.default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  NAMS_PUBLIC_URL: url,
  NAMS_SESSION_SECRET: z.preprocess((value) => (value === '' ? undefined : value), z.string().min(32).optional()),
  NAMS_OIDC_ISSUER: url,
  NAMS_OIDC_CLIENT_ID: optional,
  NAMS_OIDC_CLIENT_SECRET: optional,
  NAMS_OIDC_SCOPE: text.default('openid profile'),
  NAMS_OIDC_CLAIM_CODE: text.default('personal_code'),
  NAMS_OIDC_CLAIM_GIVEN_NAME: text.default('given_name'),
  NAMS_OIDC_CLAIM_SURNAME: text.default('family_name'),
  NAMS_SMTP_URL: url,
  NAMS_MAIL_FROM: optional,
  NAMS_OPERATORS: z.string().default(''),
  NAMS_SWEEP_HOUR: z.coerce.number().int().min(0).max(23).default(6),
  NAMS_POLICY_INSPECTION_TYPES: z.enum(['strict', 'withManager']).default('strict'),
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
  operatorCodes: ReadonlySet<string>
  sweepHour: number
  inspectionPolicy: Environment['NAMS_POLICY_INSPECTION_TYPES']
  trustProxy: boolean
}

const missing = (env: Environment): string[] =>
  Object.entries(mandatory).flatMap(([what, names]) => {
    const absent = names.filter((name) => env[name] === undefined)
    return absent.length > 0 ? [`production needs ${what}: set ${absent.join(', ')}`] : []
  })

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

/** Throws `ConfigurationError` with every problem; production says which of its needs are not met. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const read = environment.safeParse(env)
  if (!read.success) throw new ConfigurationError(read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  const values = read.data
  const problems = values.NAMS_MODE === 'production' ? missing(values) : []
  if (problems.length > 0) throw new ConfigurationError(problems)
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
    operatorCodes: new Set(values.NAMS_OPERATORS.split(/[\s,]+/).filter(Boolean)),
    sweepHour: values.NAMS_SWEEP_HOUR,
    inspectionPolicy: values.NAMS_POLICY_INSPECTION_TYPES,
    trustProxy: values.NAMS_TRUST_PROXY === '1',
  }
}
