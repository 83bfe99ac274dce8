// A mail server that fails on demand, written on bare sockets: at each point of the conversation it may refuse, hang or drop.
import { after } from 'node:test'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** `taken`: the mail is kept, and only the answer is still to be given. */
export const points = ['greeting', 'sender', 'recipient', 'data', 'taken'] as const
export type Point = (typeof points)[number]

/** What it does at a point: goes on, says nothing any more, drops the connection, or answers with a code. */
export type Fault = 'go' | 'hang' | 'drop' | number

export type Kept = { to: string; messageId: string }

const replies: Record<Point, string> = { greeting: '220 ready', sender: '250 OK', recipient: '250 OK', data: '354 go on', taken: '250 2.0.0 OK' }

const pointOf = (line: string): Point | undefined =>
  /^MAIL FROM/i.test(line) ? 'sender' : /^RCPT TO/i.test(line) ? 'recipient' : /^DATA$/i.test(line) ? 'data' : undefined

/** `fault` may be exchanged at any time; `mails` holds what it took, also where the sender was never told. */
export async function openFaultyMailServer({ fault = (_point: Point): Fault => 'go', port = 0 } = {}) {
  const control = { fault }
  const mails: Kept[] = []
  const sockets = new Set<Socket>()

  const reach = (socket: Socket, point: Point): boolean => {
    const what = control.fault(point)
    if (what === 'drop') socket.destroy()
    else if (what === 'go') socket.write(`${replies[point]}\r\n`)
    else if (typeof what === 'number') socket.write(`${what} not now\r\n`)
    return what === 'go'
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    let [rest, to, isData] = ['', '', false]
    const line = (text: string) => {
      if (/^(EHLO|HELO|RSET|NOOP)/i.test(text)) return void socket.write('250 here\r\n')
      if (/^QUIT/i.test(text)) return void socket.end('221 bye\r\n')
      const point = pointOf(text)
      if (!point) return void socket.write('502 what\r\n')
      if (point === 'recipient') to = /<(.*)>/.exec(text)?.[1] ?? ''
      isData = reach(socket, point) && point === 'data'
    }
    const content = (text: string) => {
      mails.push({ to, messageId: /^Message-ID:\s*(\S+)/im.exec(text)?.[1] ?? '' })
      isData = false
      reach(socket, 'taken')
    }
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1')
      for (let end; (end = rest.indexOf(isData ? '\r\n.\r\n' : '\r\n')) >= 0; ) {
        const text = rest.slice(0, end)
        const wasData = isData
        rest = rest.slice(end + (wasData ? 5 : 2))
        if (wasData) content(text)
        else line(text)
      }
    })
    reach(socket, 'greeting')
  })
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  const close = () =>
    new Promise<void>((ready) => {
      server.close(() => ready())
      for (const socket of sockets) socket.destroy()
    })
  after(close)
  const listening = (server.address() as AddressInfo).port
  return { control, mails, close, port: listening, url: `smtp://127.0.0.1:${listening}` }
}

/** How often each recipient was sent each mail. */
export const timesTaken = (mails: readonly Kept[]): Map<string, number> => {
  const times = new Map<string, number>()
  for (const { to, messageId } of mails) times.set(`${to} ${messageId}`, (times.get(`${to} ${messageId}`) ?? 0) + 1)
  return times
}
