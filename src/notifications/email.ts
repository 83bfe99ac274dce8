// A notice as an e-mail in its recipient's language, alone or in a digest.
import { say, type Locale, type MessageKey, type Params } from '../ui/locale.ts'
import { bounceAddress } from './bounces/bounce-address.ts'
import { bodyOf } from './mail-body.ts'
import type { Mail } from './mail.ts'
import { noticePath, noticeText, type Catalogue, type Notice } from './notice.ts'
import { mutableCategories, subscriptionPath } from './unsubscribe.ts'

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
  /** An e-address has it: the mail says only that. */
  isCourtesy: boolean
}

export type Addressed = Letter & { address: string }

/**
 * `secret`: of the installation; it seals the links that act without signing in and the addresses that mails come back to, and
 * without it there are none. `bounceDomain`: where they come back to. `repliesTo`: where answers to a mail are read.
 */
export type Sender = { texts: Catalogue; publicUrl: string; secret?: string; bounceDomain?: string | undefined; repliesTo?: ((letter: Letter) => string | undefined) | undefined }

/** One line: a line break in a name cannot begin another header. */
export const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()

/** The time of the notice keeps it apart from one with the same number in a database begun anew. */
const messageId = ({ id, partyId, createdAt }: Pick<Letter, 'id' | 'partyId' | 'createdAt'>, host: string) => `<${id}.${partyId}.${createdAt.getTime().toString(36)}@${host}>`

type Teller = (key: MessageKey, params?: Params) => string

const tellerIn =
  (language: Locale): Teller =>
  (key, params) =>
    say(language, key, params)

/** What the mail says of it; where an e-address has a decision, only that it is there. */
function wordsOf(letter: Letter, { texts, publicUrl }: Sender, t: Teller) {
  const words = letter.isCourtesy
    ? { title: t('mail.courtesy.title'), about: letter.profile, description: t('mail.courtesy.text') }
    : noticeText(texts, letter.language, letter)
  const besides = letter.isCourtesy ? null : texts[letter.kind].onlyOnPage?.(letter.language, letter)
  return { ...words, description: besides ? `${words.description}\n\n${besides}` : words.description, url: `${publicUrl}${noticePath(letter)}` }
}

/** What a mail to this recipient is, whatever it says. */
const envelopeOf = ({ language, profile, address, ...letter }: Addressed, { publicUrl, secret, bounceDomain }: Sender, now: Date) => {
  const host = new URL(publicUrl).hostname
  const back = secret && bounceDomain ? { envelopeFrom: bounceAddress({ secret, bounceDomain }, { noticeId: letter.id, partyId: letter.partyId, address }) } : {}
  return { messageId: messageId(letter, host), to: { name: oneLine(profile), address }, language, date: now, host, ...back }
}

/** Where the mails of these letters are switched off; null where they may not be. */
function unsubscribeUrl(letters: readonly Addressed[], { publicUrl, secret }: Sender): string | null {
  const categories = mutableCategories(letters.map(({ kind }) => kind))
  return secret && categories.length > 0 ? `${publicUrl}${subscriptionPath(secret, { partyId: letters[0]!.partyId, categories })}` : null
}

const notesOf = (t: Teller, profile: string, url: string | null) => [t('mail.why', { profile }), ...(url ? [{ text: t('mail.unsubscribe'), url }] : [])]

export function mailOf(letter: Addressed, sender: Sender, now: Date): Mail {
  const { language, profile } = letter
  const t = tellerIn(language)
  const { title, about, description, url } = wordsOf(letter, sender, t)
  const unsubscribe = unsubscribeUrl([letter], sender)
  const replyTo = sender.repliesTo?.(letter)
  const answered = replyTo ? [t('mail.answer')] : []
  const body = bodyOf({ language, title, description, button: { text: t('mail.open'), url }, small: [...answered, ...notesOf(t, profile, unsubscribe)], isAnswered: replyTo !== undefined })
  return { ...(replyTo && { replyTo }), ...envelopeOf(letter, sender, now), subject: oneLine(t('mail.subject', { title, about })), ...body, unsubscribe }
}

/** A day's notices to one profile as one mail; its Message-ID is that of the first, for the day's digest. */
export function digestOf(letters: readonly Addressed[], sender: Sender, now: Date): Mail {
  const [first] = letters as readonly [Addressed]
  const { language, profile } = first
  const t = tellerIn(language)
  const envelope = envelopeOf(first, sender, now)
  const items = letters.map((letter) => wordsOf(letter, sender, t)).map(({ title, about, url }) => ({ text: title, about, url }))
  const title = t('mail.digest.title', { count: letters.length })
  const button = { text: t('mail.open'), url: `${sender.publicUrl}/notices` }
  const unsubscribe = unsubscribeUrl(letters, sender)
  const body = bodyOf({ language, title, description: t('mail.digest.text'), items, button, small: notesOf(t, profile, unsubscribe) })
  return { ...envelope, messageId: envelope.messageId.replace('<', '<digest.'), subject: oneLine(title), ...body, unsubscribe }
}
