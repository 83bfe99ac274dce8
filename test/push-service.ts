// A push service on this machine, for tests: independent code that checks what a real one checks, and decrypts what a browser gets.
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import webPush from 'web-push'
import { PushApiModel } from 'web-push-testing/src/PushApiModel.js'
import WebPushTestingServer from 'web-push-testing/src/server.js'
import type { ServerKeys } from '../src/notifications/push/subscription.ts'

export type PushService = Awaited<ReturnType<typeof openPushService>>

export const newKeys = (): ServerKeys => ({ ...webPush.generateVAPIDKeys(), subject: 'mailto:nams@example.test' })

/** `answers`: given to messages instead, each once. `headers`: of every message that came. */
export async function openPushService(keys: ServerKeys) {
  const answers: { status: number; headers?: Record<string, string>; body?: string }[] = []
  const headers: IncomingHttpHeaders[] = []
  const model = new PushApiModel()
  const double = new WebPushTestingServer(model, 0)
  double.setRequestHandlers()
  const server = createServer((request, response) => {
    headers.push({ ...request.headers })
    const answer = answers.shift()
    if (answer) response.writeHead(answer.status, answer.headers).end(answer.body)
    else double._app(request, response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  after(close)
  model.notifyUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify/`
  return {
    answers,
    headers,
    close,
    /** A browser that may be told with these keys: what it gives to a site, what it was shown, and the end of its permission. */
    browser: async (serverKey = keys.publicKey) => {
      const made = await model.subscribe({ userVisibleOnly: 'true', applicationServerKey: serverKey })
      return {
        subscription: { endpoint: made.endpoint, ...made.keys },
        shown: () => model.getNotifications(made).messages.map((text): any => JSON.parse(text)),
        expire: () => model.expireSubscription(made.clientHash),
      }
    },
  }
}
