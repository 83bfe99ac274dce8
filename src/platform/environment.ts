// What may be set in the environment, each with the form that it must have.
import { z } from 'zod'
import { parseReminder } from '../kernel/period.ts'

const text = z.string().trim().min(1)
const web = z.url({ protocol: /^https?$/, error: 'expected an address such as https://nams.example.lv' })

const domain = text.regex(/^[^\s@:/]+\.[^\s@:/]+$/, 'expected a domain such as nams.example.lv')

const whole = (least: number, most: number) => {
  const error = `expected a whole number from ${least} to ${most}`
  return z.coerce.number(error).int(error).min(least, error).max(most, error)
}

const vapid = 'expected a key as `nams push-keys` makes it'

const hours = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/

export const environment = z.object({
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
  NAMS_ATTACHMENT_MB: whole(1, 100).default(10),
  NAMS_ATTACHMENTS: whole(1, 50).default(10),
  NAMS_S3_URL: web.optional(),
  NAMS_S3_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'expected the name of a bucket').optional(),
  NAMS_S3_ACCESS_KEY: text.optional(),
  NAMS_S3_SECRET_KEY: text.optional(),
  NAMS_S3_REGION: z.string().regex(/^[\w-]+$/, 'expected a region such as eu-north-1').default('us-east-1'),
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

export type Environment = z.infer<typeof environment>
