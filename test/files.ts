// Files as people send them, sound and bad ones: made byte by byte where no honest program would make them.
import { crc32, deflateRawSync, deflateSync } from 'node:zlib'
import sharp from 'sharp'

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

const chunk = (type: string, data: Buffer) => {
  const typed = Buffer.concat([Buffer.from(type), data])
  return Buffer.concat([uint32(data.length), typed, uint32(crc32(typed))])
}

/** A PNG that says of itself how large it is; its data is short. */
export const pngOf = (width: number, height: number): Buffer =>
  Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.concat([uint32(width), uint32(height), Buffer.from([8, 2, 0, 0, 0])])),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ])

export const picture = (kind: 'png' | 'webp' | 'jpeg' = 'png'): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#12463a' } })[kind]().toBuffer()

/** A photograph lying on its side, with the place and the device by which it was taken. */
export const photograph = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#12463a' } })
    .withMetadata({ orientation: 6 })
    .withExifMerge({ IFD0: { Model: 'Telefons 9' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '57/1 18/1 0/1' } })
    .jpeg()
    .toBuffer()

export const pdf = (within = ''): Buffer => Buffer.from(`%PDF-1.4\n${within}\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`)

/** `declared`: the size that the archive claims. */
export type Packed = { name: string; content: Buffer; store?: boolean; declared?: number }

/** A ZIP archive (APPNOTE 6.3). */
export function zip(files: readonly Packed[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, store = false, declared = content.length } of files) {
    const data = store ? content : deflateRawSync(content)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(0x0800, 2)
    facts.writeUInt16LE(store ? 0 : 8, 4)
    facts.writeUInt32LE(crc32(content), 10)
    facts.writeUInt32LE(data.length, 14)
    facts.writeUInt32LE(declared, 18)
    facts.writeUInt16LE(Buffer.byteLength(name), 22)
    const end = Buffer.alloc(14)
    end.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), facts, end, Buffer.from(name))
    const local = [Buffer.from('PK\x03\x04', 'latin1'), facts, Buffer.from(name), data]
    parts.push(...local)
    at += local.reduce((length, part) => length + part.length, 0)
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, central, end])
}

/** A container of signed files (ASiC-E) with these in it. */
export const edoc = (files: readonly Packed[]): Buffer =>
  zip([{ name: 'mimetype', content: Buffer.from('application/vnd.etsi.asic-e+zip'), store: true }, ...files, { name: 'META-INF/signatures0.xml', content: Buffer.from('<signatures/>') }])
