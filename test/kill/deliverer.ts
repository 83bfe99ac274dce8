// A worker to be killed: delivers what is due at an instant through a mail server.
import { catalogue } from '../../src/app.ts'
import { deliverAll } from '../../src/notifications/delivery.ts'
import { emailChannel } from '../../src/notifications/email-channel.ts'
import { smtpTransport } from '../../src/notifications/smtp.ts'
import { commandContext, print, withDatabase } from '../../src/verbs/verb.ts'

const [smtpUrl, instant] = process.argv.slice(2)

await withDatabase(async (opened) => {
  const transport = smtpTransport(smtpUrl!, 'Nams <nams@example.test>')
  const post = { texts: catalogue, channels: { email: emailChannel({ transport, texts: catalogue, publicUrl: 'https://nams.example.test' }) } }
  print('begun')
  await deliverAll(() => ({ ...commandContext(opened), now: new Date(instant!) }), post)
  print('done')
  transport.close()
})
