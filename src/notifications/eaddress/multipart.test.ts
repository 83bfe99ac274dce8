import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerXml } from './multipart.ts'
import { allNamed, firstNamed, readXml, xmlText } from './xml.ts'

const include = (id: string) => `<x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="cid:${id}"/>`
const lines = (...parts: (string | Buffer)[]) => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part.replaceAll('\n', '\r\n')) : part)))

test('an answer is the same whether its bytes stand in it or come as parts', () => {
  const binary = Buffer.from([0, 13, 10, 45, 45, 99, 13, 10, 255])
  const bytes = lines(
    'preamble\n--b\nContent-ID: <second@x>\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: binary\n\n',
    binary,
    `\n--b  \ncontent-id: <root>\nContent-Type: application/xop+xml;\n  charset=utf-8\n\n<a><b>${include('second%40x')}</b><c>${include('third').replace('/>', '></x:Include>')}</c>ā</a>`,
    '\n--b\nContent-ID: <third>\nContent-Transfer-Encoding: BASE64\n\naGVs\nbG8=\n--b--\nepilogue',
  )
  const type = 'Multipart/Related; start="<root>"; type="application/xop+xml"; boundary=b'
  assert.equal(answerXml(type, bytes), `<a><b>${binary.toString('base64')}</b><c>aGVsbG8=</c>ā</a>`)
  assert.equal(answerXml('application/soap+xml; charset=utf-8', Buffer.from('\ufeff<a/>')), '<a/>')
})

test('an answer that is cut off, lacks a part or its root is refused', () => {
  const whole = lines(`--b\nContent-ID: <root>\n\n<a>${include('x')}</a>\n--b\nContent-ID: <x>\n\n1\n--b--`)
  const type = 'multipart/related; boundary="b"'
  assert.equal(answerXml(type, whole), '<a>MQ==</a>')
  assert.throws(() => answerXml(type, whole.subarray(0, -4)), /ends before/)
  assert.throws(() => answerXml(`${type}; start="<other>"`, whole), /no root/)
  assert.throws(() => answerXml(type, lines(`--b\nContent-ID: <root>\n\n<a>${include('y')}</a>\n--b--`)), /lacks/)
})

test('XML is read by local names; entities and document types are refused', () => {
  const root = readXml('<?xml version="1.0"?><s:a xmlns:s="urn:s"><b>1 &lt; 2</b><s:c><b><![CDATA[<3>]]></b></s:c></s:a>')
  assert.equal(root.namespace, 'urn:s')
  assert.deepEqual(allNamed(root, 'b').map(({ text }) => text), ['1 < 2', '<3>'])
  assert.equal(firstNamed(root, 'd'), undefined)
  assert.throws(() => readXml('<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'), /document type/)
  assert.throws(() => readXml('<a>&e;</a>'))
  assert.throws(() => readXml('<a><b></a>'))
  assert.throws(() => readXml(''))
})

test('text is written so that any reader gets it back', () => {
  assert.equal(xmlText('a\r\nb\rc & <d> "e" ]]>\u0000\ud800'), 'a\nb\nc &amp; &lt;d&gt; &quot;e&quot; ]]&gt;')
})
