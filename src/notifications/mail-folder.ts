// Without a mail server a demo keeps its mails in a folder: each as an `.eml` file for a mail program, and as values for a page.
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { messageOf, type Mail, type MailTransport } from './mail.ts'

export type KeptMail = { id: string; to: string; subject: string; date: Date; text: string; html: string }

/** Whole or not at all, and the same mail again takes the same place. */
async function keep(path: string, content: string | Buffer): Promise<void> {
  await writeFile(`${path}.part`, content)
  await rename(`${path}.part`, path)
}

const nameOf = ({ messageId }: Mail): string => messageId.replace(/[<>]/g, '').replace(/[^\w.@-]/g, '_')

export function folderTransport(directory: string, from: string): MailTransport {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const ready = async () => void (await mkdir(directory, { recursive: true }))
  return {
    send: async (mail) => {
      await ready()
      const place = join(directory, nameOf(mail))
      const { message } = await composer.sendMail(messageOf(mail, from))
      const { to, subject, date, text, html } = mail
      await keep(`${place}.json`, JSON.stringify({ to: to.address, subject, date, text, html }))
      await keep(`${place}.eml`, message as Buffer)
      return 'kept'
    },
    check: ready,
    close: () => {},
  }
}

async function keptMail(directory: string, id: string): Promise<KeptMail> {
  const { date, ...mail } = JSON.parse(await readFile(join(directory, `${id}.json`), 'utf8'))
  return { id, ...mail, date: new Date(date) }
}

const isAbsent = (error: unknown) => (error as { code?: string }).code === 'ENOENT'

/** The mails of a folder, of the latest notice first. */
export async function keptMails(directory: string, limit = 100): Promise<KeptMail[]> {
  const names = await readdir(directory).catch((error) => {
    if (isAbsent(error)) return []
    throw error
  })
  const ids = names.filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -'.eml'.length))
  const latest = ids.sort((a, b) => b.localeCompare(a, 'en', { numeric: true })).slice(0, limit)
  return Promise.all(latest.map((id) => keptMail(directory, id)))
}
