// A browser without scripts, for journeys: it keeps cookies, follows where it is sent and submits forms.

type Cookie = { value: string; path: string }
export type Seen = { url: URL; status: number; text: string; headers: Headers }

/** Where a response sends the browser on: a redirect, or a page that leads on by itself. */
function onward({ url, status, headers }: Seen): URL | undefined {
  const to = status >= 300 && status < 400 ? headers.get('location') : /^0; url=(.*)$/.exec(headers.get('refresh') ?? '')?.[1]
  return to ? new URL(to, url) : undefined
}

export type Visitor = ReturnType<typeof openVisitor>

export function openVisitor(userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0') {
  const cookies = new Map<string, Cookie>()
  const trail: string[] = []

  const keep = (line: string) => {
    const [pair = '', ...attributes] = line.split(/;\s*/)
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    const said = Object.fromEntries(attributes.map((text) => [text.split('=')[0]!.toLowerCase(), text.split('=')[1] ?? '']))
    const isGone = said['max-age'] === '0' || (said['expires'] !== undefined && Date.parse(said['expires']) <= 0)
    if (isGone) cookies.delete(name)
    else cookies.set(name, { value, path: said['path'] ?? '/' })
  }

  const step = async (url: URL, init: RequestInit = {}): Promise<Seen> => {
    const cookie = [...cookies].filter(([, { path }]) => url.pathname.startsWith(path)).map(([name, { value }]) => `${name}=${value}`)
    const headers = { 'user-agent': userAgent, 'accept-language': 'lv', ...(cookie.length > 0 && { cookie: cookie.join('; ') }) }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    response.headers.getSetCookie().forEach(keep)
    trail.push(url.href)
    return { url, status: response.status, text: await response.text(), headers: response.headers }
  }

  /** Goes where it is sent until a page stays, or until it would go to a place that the test wants to see first. */
  const follow = async (seen: Seen, until: (next: URL) => boolean = () => false): Promise<Seen> => {
    const next = onward(seen)
    return next && !until(next) ? follow(await step(next), until) : seen
  }

  return {
    cookies,
    /** Every address that was asked for. */
    trail,
    onward,
    follow,
    visit: async (address: string | URL, until?: (next: URL) => boolean) => follow(await step(new URL(address)), until),
    submit: async (address: string | URL, fields: Record<string, string> = {}, until?: (next: URL) => boolean) =>
      follow(await step(new URL(address), { method: 'POST', body: new URLSearchParams(fields) }), until),
  }
}
