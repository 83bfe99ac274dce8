// The doors of help, open to everyone: contents, chapters, search, the whole as a page and as a PDF, and the pictures.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refuse } from '../kernel/refusal.ts'
import { sendHtml, signedIn, viewOf, type Installation } from '../people/door.ts'
import { openDoor } from '../people/sign-in.ts'
import { isLocale, locales, type Locale } from '../ui/locale.ts'
import type { View } from '../ui/view.ts'
import { accessibilityPath, helpPath, isChapter } from './chapters.ts'
import { manualIn, type Manual } from './manual.ts'
import { pdfOf, pdfPath } from './pdf.ts'
import { searchIn } from './search.ts'
import { chapterPage, contentsPage, searchPage, searchPath, wholePath } from './views.ts'
import { wholePage } from './whole.ts'

const searches = new Map<Locale, ReturnType<typeof searchIn>>()

function searchOf(locale: Locale): ReturnType<typeof searchIn> {
  const search = searches.get(locale) ?? searchIn(manualIn(locale))
  searches.set(locale, search)
  return search
}

export function openHelp(server: FastifyInstance, installation: Installation): void {
  const config = openDoor

  const seen = async (request: FastifyRequest): Promise<{ view: View; manual: Manual }> => {
    const now = installation.clock()
    const view = await viewOf(installation, request, now, await signedIn(installation, request, now))
    return { view, manual: manualIn(view.locale) }
  }

  server.get(helpPath, { config }, async (request, reply) => {
    const { view, manual } = await seen(request)
    return sendHtml(reply, contentsPage(view, manual))
  })
  server.get(searchPath, { config }, async (request, reply) => {
    const { view, manual } = await seen(request)
    const query = String((request.query as { q?: unknown }).q ?? '').trim().slice(0, 200)
    return sendHtml(reply, searchPage(view, manual, query, query === '' ? [] : searchOf(view.locale)(query)))
  })
  server.get(wholePath, { config }, async (request, reply) => {
    const { view, manual } = await seen(request)
    return sendHtml(reply, wholePage(view, manual))
  })
  server.get(`${helpPath}/:chapter`, { config }, async (request, reply) => {
    const { chapter } = request.params as { chapter: string }
    if (!isChapter(chapter) || chapter === 'accessibility') return refuse.missing()
    const { view, manual } = await seen(request)
    return sendHtml(reply, chapterPage(view, manual, chapter))
  })
  server.get(accessibilityPath, { config }, async (request, reply) => {
    const { view, manual } = await seen(request)
    return sendHtml(reply, chapterPage(view, manual, 'accessibility'))
  })

  for (const locale of locales)
    server.get(pdfPath(locale), { config }, async (_request, reply) => reply.type('application/pdf').header('cache-control', 'public, max-age=300').send(pdfOf(locale)))

  server.get(`${helpPath}/pictures/:locale/:name`, async ({ url, params }, reply) => {
    const { locale } = params as { locale: string }
    const picture = isLocale(locale) ? [...manualIn(locale).pictures.values()].find(({ path }) => path === url) : undefined
    if (!picture) return refuse.missing()
    return reply.type('image/webp').header('cache-control', 'public, max-age=31536000, immutable').send(picture.content)
  })
}
