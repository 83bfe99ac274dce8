// A notice as an e-mail in its recipient's language: the same words as text and as HTML.
import { html, type Html } from '../ui/html.ts'
import { say, type Locale, type MessageKey, type Params } from '../ui/locale.ts'
import type { Mail } from './mail.ts'
import { noticePath, noticeText, type Catalogue, type Notice } from './notice.ts'

/** A notice on its way to one recipient. */
export type Letter = Pick<Notice, 'id' | 'caseId' | 'kind' | 'data' | 'createdOn'> & {
  subjectId: number
  createdAt: Date
  partyId: number
  partyKind: 'person' | 'organisation'
  /** The personal code or registration number. */
  code: string
  profile: string
  /** The verified e-mail address; null where there is none any more. */
  address: string | null
  language: Locale
  /** An e-address has it: the mail says only that (A-47). */
  isCourtesy: boolean
}

export type Sender = { texts: Catalogue; publicUrl: string }

type Words = {
  t: (key: MessageKey, params?: Params) => string
  language: Locale
  title: string
  description: string
  url: string
  profile: string
}

/** One line: a line break in a name cannot begin another header. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()

/** The time of the notice keeps it apart from one with the same number in a database begun anew. */
const messageId = ({ id, partyId, createdAt }: Letter, host: string) => `<${id}.${partyId}.${createdAt.getTime().toString(36)}@${host}>`

const asText = ({ t, title, description, url, profile }: Words) =>
  [t('mail.greeting'), title, description, `${t('mail.open')}: ${url}`, t('mail.why', { profile }), t('mail.automatic')].join('\n\n') + '\n'

const asHtml = ({ t, language, title, description, url, profile }: Words, list: Html | null = null) => html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${title}</title>
</head>
<body style="margin:0;background:#fbfcfb;color:#14201c;font-family:Inter,system-ui,Arial,sans-serif;font-size:17px;line-height:1.5">
<div style="max-width:600px;margin:0 auto;padding:24px 20px">
<p style="margin:0 0 24px;padding-top:16px;border-top:6px solid #12463a;color:#12463a;font-size:20px;font-weight:bold">Nams</p>
<p style="margin:0 0 16px">${t('mail.greeting')}</p>
<h1 style="margin:0 0 16px;font-size:24px;line-height:1.25">${title}</h1>
<p style="margin:0 0 28px">${description}</p>
${list}<p style="margin:0 0 32px"><a href="${url}"
style="display:inline-block;padding:12px 22px;border-radius:4px;background:#12463a;color:#ffffff;font-weight:bold;text-decoration:none"
>${t('mail.open')}</a></p>
<p style="margin:0 0 8px;padding-top:16px;border-top:1px solid #d5ddd8;color:#55635d;font-size:15px">${t('mail.why', { profile })}</p>
<p style="margin:0;color:#55635d;font-size:15px">${t('mail.automatic')}</p>
</div>
</body>
</html>
`.text

/** What the mail says of it; where an e-address has a decision, only that it is there (A-47). */
function wordsOf(letter: Letter, { texts, publicUrl }: Sender, t: Words['t']): Pick<Words, 'title' | 'description' | 'url'> & { about: string } {
  const words = letter.isCourtesy
    ? { title: t('mail.courtesy.title'), about: letter.profile, description: t('mail.courtesy.text') }
    : noticeText(texts, letter.language, letter)
  return { ...words, url: `${publicUrl}${noticePath(letter)}` }
}

export function mailOf(letter: Letter & { address: string }, sender: Sender, now: Date): Mail {
  const { language, profile, address } = letter
  const host = new URL(sender.publicUrl).hostname
  const t = (key: MessageKey, params?: Params) => say(language, key, params)
  const { about, ...said } = wordsOf(letter, sender, t)
  const words = { t, language, profile, ...said }
  return {
    messageId: messageId(letter, host),
    to: { name: oneLine(profile), address },
    subject: oneLine(t('mail.subject', { title: said.title, about })),
    text: asText(words),
    html: asHtml(words),
    language,
    date: now,
    host,
  }
}

/** A day's notices to one profile as one mail; its Message-ID is that of the first, for the day's digest. */
export function digestOf(letters: readonly (Letter & { address: string })[], sender: Sender, now: Date): Mail {
  const [first] = letters as readonly [Letter & { address: string }]
  const t = (key: MessageKey, params?: Params) => say(first.language, key, params)
  const single = mailOf(first, sender, now)
  const items = letters.map((letter) => wordsOf(letter, sender, t))
  const title = t('mail.digest.title', { count: letters.length })
  const words = { t, language: first.language, profile: first.profile, title, description: t('mail.digest.text'), url: `${sender.publicUrl}/notices` }
  const listed = items.map((item) => `• ${item.title} – ${item.about}\n  ${item.url}`).join('\n')
  return {
    ...single,
    messageId: single.messageId.replace('<', '<digest.'),
    subject: oneLine(title),
    text: asText({ ...words, description: `${words.description}\n\n${listed}` }),
    html: asHtml(words, html`<ul style="margin:0 0 28px;padding-left:20px">${items.map((item) => html`<li style="margin:0 0 12px"><a href="${item.url}" style="color:#12463a">${item.title}</a><br>${item.about}</li>`)}</ul>`),
  }
}
