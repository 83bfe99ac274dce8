// A form with files, read as it arrives: each file into a folder for a while, its memory flat however much is sent.
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'

/** A file as it was sent; whole in `path`, unless it is larger than may be or one too many: then it was let pass by. */
export type Upload = { field: string; name: string; path: string; size: number; state: 'whole' | 'too-large' | 'too-many' }

export type UploadLimits = { incoming: string; largest: number; most: number }

export type ReceivedForm = { form: Record<string, string>; uploads: Upload[]; discard: () => Promise<void> }

/** Beyond these a form is not read to its end, and is not answered beside its fields. */
const hardest = { bytes: 1024 ** 3, files: 200, fields: 3000, field: 100_000, text: 1024 ** 2 }

const tooMuch = () => Object.assign(new Error('The form is larger than any form may be.'), { statusCode: 413 })

const letPass = (file: Readable) => finished(file.resume())

async function keepFile({ fieldname, filename, file }: MultipartFile, path: string): Promise<Upload> {
  await pipeline(file, createWriteStream(path))
  const state = file.truncated ? 'too-large' : 'whole'
  const { size } = await stat(path)
  if (state === 'too-large') await rm(path)
  return { field: fieldname, name: filename, path, size, state }
}

/** Throws what answers 413 where more is sent than any form may have. The caller discards what was received. */
export async function receiveForm(request: FastifyRequest, { incoming, largest, most }: UploadLimits): Promise<ReceivedForm> {
  if (!(Number(request.headers['content-length']) <= hardest.bytes)) throw tooMuch()
  await mkdir(incoming, { recursive: true })
  const folder = await mkdtemp(join(incoming, 'form-'))
  const discard = () => rm(folder, { recursive: true, force: true })
  const form: Record<string, string> = {}
  const uploads: Upload[] = []
  let text = 0
  const limits = { fileSize: largest, files: hardest.files, fields: hardest.fields, fieldSize: hardest.field, parts: hardest.files + hardest.fields }
  const options = { limits, throwFileSizeLimit: false }
  try {
    for await (const part of request.parts(options)) {
      if (part.type === 'field') {
        form[part.fieldname] = String(part.value)
        text += part.fieldname.length + form[part.fieldname]!.length
        if (text > hardest.text || part.valueTruncated) throw tooMuch()
      } else if (uploads.length >= most) {
        await letPass(part.file)
        uploads.push({ field: part.fieldname, name: part.filename, path: '', size: 0, state: 'too-many' })
      } else {
        const upload = await keepFile(part, join(folder, String(uploads.length)))
        // A field in which nothing was chosen is sent too.
        if (upload.name !== '' || upload.size > 0) uploads.push(upload)
      }
    }
  } catch (error) {
    await discard()
    throw error
  }
  return { form, uploads, discard }
}
