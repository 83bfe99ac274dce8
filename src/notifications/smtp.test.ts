import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mustEncrypt, obstacleOf } from './smtp.ts'

const error = (facts: object) => Object.assign(new Error('said'), facts)

test('an answer about a mail concerns that mail; one about the sender or the connection concerns all', () => {
  const answers: [number, string, ReturnType<typeof obstacleOf>][] = [
    [550, 'RCPT TO', 'refused'],
    [552, 'DATA', 'refused'],
    [452, 'RCPT TO', 'delayed'],
    [451, 'DATA', 'delayed'],
    [503, 'DATA', 'delayed'],
    [450, 'MAIL FROM', 'delayed'],
    [550, 'MAIL FROM', 'misconfigured'],
    [530, 'RCPT TO', 'misconfigured'],
    [535, 'AUTH PLAIN', 'misconfigured'],
    [502, 'STARTTLS', 'misconfigured'],
    [554, 'CONN', 'misconfigured'],
    [454, 'AUTH PLAIN', 'unreachable'],
    [421, 'CONN', 'unreachable'],
  ]
  for (const [responseCode, command, obstacle] of answers)
    assert.equal(obstacleOf(error({ code: 'EANY', responseCode, command })), obstacle, `${responseCode} to ${command}`)
})

test('without an answer, what is set wrongly stops the mail, an address that is none is refused, and the rest is the network', () => {
  assert.equal(obstacleOf(error({ code: 'EAUTH' })), 'misconfigured')
  assert.equal(obstacleOf(error({ code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' })), 'misconfigured')
  assert.equal(obstacleOf(error({ code: 'EENVELOPE' })), 'refused')
  for (const code of ['ESOCKET', 'ETIMEDOUT', 'EDNS', 'ECONNECTION', 'EABORT']) assert.equal(obstacleOf(error({ code })), 'unreachable')
})

test('a password goes to another machine over an encrypted connection only', () => {
  assert.equal(mustEncrypt('smtp://nams:secret@mail.example.test:587'), true)
  for (const url of ['smtp://mail.example.test:25', 'smtp://nams:secret@127.0.0.1:2525', 'smtp://nams:secret@[::1]:2525'])
    assert.equal(mustEncrypt(url), false)
})
