import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startLoop, type Job } from './loop.ts'

/** A log that keeps which jobs failed. */
function failures() {
  const failed: string[] = []
  return { failed, log: { info() {}, warn() {}, error: (details: object) => void failed.push((details as { job: string }).job) } }
}

/** A job that says when it has run so many times. */
function counted(name: string, times: number, result: () => unknown = () => true) {
  const { promise, resolve } = Promise.withResolvers<void>()
  let count = 0
  const run = async () => {
    if (++count === times) resolve()
    return result()
  }
  return { job: { name, run } satisfies Job, reached: promise, count: () => count }
}

const fails = () => {
  throw new Error('no')
}

test('jobs run in turn, again and again, until they are stopped', async () => {
  const { log } = failures()
  const [one, other] = [counted('one', 1), counted('other', 3)]
  const loop = startLoop([one.job, other.job], log, { every: 1 })
  await other.reached
  await loop.stop()
  const ran = [one.count(), other.count()]
  assert.equal(ran[0], ran[1])
  await new Promise(setImmediate)
  assert.deepEqual([one.count(), other.count()], ran)
})

test('a job that fails is logged, does not keep the next from running, and is tried again', async () => {
  const { log, failed } = failures()
  const [bad, good] = [counted('bad', 2, fails), counted('good', 2)]
  const loop = startLoop([bad.job, good.job], log, { every: 1 })
  await Promise.all([bad.reached, good.reached])
  await loop.stop()
  assert.deepEqual(failed.slice(0, 2), ['bad', 'bad'])
})

test('stopping waits for the job that is running, tells it to end, and begins no other', async () => {
  const { log } = failures()
  const begun = Promise.withResolvers<void>()
  let isEnded = false
  const long: Job = {
    name: 'long',
    run: async (signal) => {
      const told = new Promise((resolve) => signal.addEventListener('abort', resolve))
      begun.resolve()
      await told
      await new Promise(setImmediate)
      isEnded = true
    },
  }
  const next = counted('next', 1)
  const loop = startLoop([long, next.job], log)
  await begun.promise
  await loop.stop()
  assert.equal(isEnded, true)
  assert.equal(next.count(), 0)
})

test('a loop at rest stops at once', async () => {
  const { log } = failures()
  const job = counted('one', 1)
  const loop = startLoop([job.job], log, { every: 3_600_000 })
  await job.reached
  await loop.stop()
  assert.equal(job.count(), 1)
})
