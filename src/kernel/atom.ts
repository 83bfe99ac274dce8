// Feeds as other programs read them: Atom, RFC 4287, of plain text. Pure.

export type AtomEntry = { id: string; title: string; publishedAt: Date; updatedAt: Date; category: { term: string; label: string }; link: string; text: string }

/** `self`: the feed's own address; `link`: the page that shows the same. */
export type AtomFeed = { id: string; language: string; title: string; author: string; self: string; link: string; updatedAt: Date; entries: readonly AtomEntry[] }

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** XML takes no other control character than these three. */
const escaped = (text: string) =>
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (character) => entities[character]!)

const entry = ({ id, title, publishedAt, updatedAt, category, link, text }: AtomEntry) => `  <entry>
    <id>${escaped(id)}</id>
    <title>${escaped(title)}</title>
    <published>${publishedAt.toISOString()}</published>
    <updated>${updatedAt.toISOString()}</updated>
    <category term="${escaped(category.term)}" label="${escaped(category.label)}"/>
    <link rel="alternate" type="text/html" href="${escaped(link)}"/>
    <content type="text">${escaped(text)}</content>
  </entry>
`

export const atom = ({ id, language, title, author, self, link, updatedAt, entries }: AtomFeed): string => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escaped(language)}">
  <id>${escaped(id)}</id>
  <title>${escaped(title)}</title>
  <updated>${updatedAt.toISOString()}</updated>
  <author><name>${escaped(author)}</name></author>
  <link rel="self" type="application/atom+xml" href="${escaped(self)}"/>
  <link rel="alternate" type="text/html" href="${escaped(link)}"/>
${entries.map(entry).join('')}</feed>
`
