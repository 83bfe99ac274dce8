// A notice as an e-mail in its recipient's language: the same words as text and as HTML.
import { html } from '../ui/html.ts'
import { say, type Locale, type MessageKey, type Params } from '../ui/locale.ts'
import type { Mail } from './mail.ts'
import { noticePath, noticeText, type Catalogue, type Notice } from './notice.ts'

/** A notice on its way to one recipient. */
export type Letter = Pick<Notice, 'id' | 'kind' | 'data' | 'createdOn'> & {
  createdAt: Date
  partyId: number
  profile: string
  address: string
  language: Locale
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

const asHtml = ({ t, language, title, description, url, profile }: Words) => html`<!doctype html>
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
<p style="margin:0 0 32px"><a href="${url}"
style="display:inline-block;padding:12px 22px;border-radius:4px;background:#12463a;color:#ffffff;font-weight:bold;text-decoration:none"
>${t('mail.open')}</a></p>
<p style="margin:0 0 8px;padding-top:16px;border-top:1px solid #d5ddd8;color:#55635d;font-size:15px">${t('mail.why', { profile })}</p>
<p style="margin:0;color:#55635d;font-size:15px">${t('mail.automatic')}</p>
</div>
</body>
</html>
`.text

export function mailOf(letter: Letter, { texts, publicUrl }: Sender, now: Date): Mail {
  const { language, profile, address } = letter
  const host = new URL(publicUrl).hostname
  const { title, about, description } = noticeText(texts, language, letter)
  const t = (key: MessageKey, params?: Params) => say(language, key, params)
  const words = { t, language, title, description, profile, url: `${publicUrl}${noticePath(letter)}` }
  return {
    messageId: messageId(letter, host),
    to: { name: oneLine(profile), address },
    subject: oneLine(t('mail.subject', { title, about })),
    text: asText(words),
    html: asHtml(words),
    language,
    date: now,
    host,
  }
}
