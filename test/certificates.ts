// Certificates made with openssl for one test file: an authority, a server of this machine, and clients.
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'

export type Certificate = { certFile: string; keyFile: string; cert: string; key: string }

/** A folder that is gone with the test file. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nams-test-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] })

/** Making a key costs most: each of these is taken again only when all others were. */
const keys: string[] = []
const fewKeys = 8
let taken = 0

function nextKey(): string {
  const at = taken++ % fewKeys
  return (keys[at] ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string)
}

export function openAuthority() {
  const folder = scratch()
  const files = (name: string) => ({ certFile: join(folder, `${name}.pem`), keyFile: join(folder, `${name}-key.pem`) })
  const read = ({ certFile, keyFile }: { certFile: string; keyFile: string }): Certificate => ({
    certFile,
    keyFile,
    cert: readFileSync(certFile, 'utf8'),
    key: readFileSync(keyFile, 'utf8'),
  })
  const own = files('authority')
  writeFileSync(own.keyFile, nextKey())
  openssl('req', '-x509', '-key', own.keyFile, '-out', own.certFile, '-days', '3650', '-subj', '/C=LV/O=Test/CN=authority')

  /** `subject` such as `/C=LV/O=Būvvalde/CN=nams`. */
  const issue = (name: string, subject: string, { days = 365, extension = '' } = {}): Certificate => {
    const { certFile, keyFile } = files(name)
    const [request, extensions] = [join(folder, `${name}.csr`), join(folder, `${name}.ext`)]
    writeFileSync(keyFile, nextKey())
    openssl('req', '-new', '-key', keyFile, '-utf8', '-out', request, '-subj', subject)
    writeFileSync(extensions, extension)
    const authority = ['-CA', own.certFile, '-CAkey', own.keyFile, '-CAcreateserial']
    openssl('x509', '-req', '-in', request, ...authority, '-days', String(days), '-extfile', extensions, '-out', certFile)
    return read({ certFile, keyFile })
  }

  return { ...read(own), folder, issue, server: () => issue('server', '/CN=127.0.0.1', { extension: 'subjectAltName=IP:127.0.0.1,DNS:localhost' }) }
}
