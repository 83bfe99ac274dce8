import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openDatabase } from './database.ts'
import { DirectoryInUse } from './embedded.ts'

test('a directory is held until the database in it is closed, whether or not anything was read', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'nams-held-'))
  after(() => rmSync(directory, { recursive: true, force: true }))
  const first = await openDatabase({ directory })
  await assert.rejects(openDatabase({ directory }), DirectoryInUse)
  await first.close()
  const second = await openDatabase({ directory })
  await second.close()
})
