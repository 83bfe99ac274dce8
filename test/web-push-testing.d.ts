// The parts of web-push-testing that tests use; it has no types of its own.
declare module 'web-push-testing/src/PushApiModel.js' {
  type Made = { endpoint: string; keys: { p256dh: string; auth: string }; clientHash: string }
  export class PushApiModel {
    notifyUrl: string
    subscribe(options: { userVisibleOnly: 'true' | 'false'; applicationServerKey: string }): Promise<Made>
    expireSubscription(clientHash: string): void
    getNotifications(body: { clientHash: string }): { messages: string[] }
  }
}

declare module 'web-push-testing/src/server.js' {
  import type { RequestListener } from 'node:http'
  import type { PushApiModel } from 'web-push-testing/src/PushApiModel.js'
  export default class WebPushTestingServer {
    constructor(model: PushApiModel, port: number)
    readonly _app: RequestListener
    setRequestHandlers(): void
  }
}
