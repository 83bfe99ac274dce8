// The body of every mail of the program: the same words as text and as HTML.
import { html, type Html } from '../ui/html.ts'
import { say, type Locale } from '../ui/locale.ts'

export type Linked = { text: string; url: string }

/** `items`: a list below the description. `small`: what stands below the button, such as why the mail was sent. */
export type Body = {
  language: Locale
  title: string
  description: string
  items?: readonly (Linked & { about: string })[]
  button: Linked
  small: readonly (string | Linked)[]
  /** Answers to it are read. */
  isAnswered?: boolean
}

const last = ({ language, isAnswered }: Body) => (isAnswered ? [] : [say(language, 'mail.automatic')])

const asText = (body: Body) => {
  const { language, title, description, items = [], button, small } = body
  const list = items.map(({ text, about, url }) => `• ${text} – ${about}\n  ${url}`).join('\n')
  const notes = small.map((note) => (typeof note === 'string' ? note : `${note.text}: ${note.url}`))
  return [say(language, 'mail.greeting'), title, description, list, `${button.text}: ${button.url}`, ...notes, ...last(body)].filter((part) => part !== '').join('\n\n') + '\n'
}

const itemsHtml = (items: Body['items']): Html | false =>
  items !== undefined &&
  html`<ul style="margin:0 0 28px;padding-left:20px">${items.map(
    ({ text, url, about }) => html`<li style="margin:0 0 12px"><a href="${url}" style="color:#12463a">${text}</a><br>${about}</li>`,
  )}</ul>`

const asHtml = (body: Body) => {
  const { language, title, description, items, button, small } = body
  return html`<!doctype html>
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
<p style="margin:0 0 16px">${say(language, 'mail.greeting')}</p>
<h1 style="margin:0 0 16px;font-size:24px;line-height:1.25">${title}</h1>
<p style="margin:0 0 28px;white-space:pre-line">${description}</p>
${itemsHtml(items)}<p style="margin:0 0 32px"><a href="${button.url}"
style="display:inline-block;padding:12px 22px;border-radius:4px;background:#12463a;color:#ffffff;font-weight:bold;text-decoration:none"
>${button.text}</a></p>
<div style="padding-top:16px;border-top:1px solid #d5ddd8;color:#55635d;font-size:15px">
${small.map((note) => html`<p style="margin:0 0 8px">${typeof note === 'string' ? note : html`<a href="${note.url}" style="color:#55635d">${note.text}</a>`}</p>\n`)}${last(body).map((words) => html`<p style="margin:0">${words}</p>`)}
</div>
</div>
</body>
</html>
`.text
}

export const bodyOf = (body: Body): { text: string; html: string } => ({ text: asText(body), html: asHtml(body) })
