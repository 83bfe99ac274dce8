// Writes text into XML, and reads a small XML document into a tree of local names; entities and document types are refused.
import { SaxesParser } from 'saxes'

export type Element = { name: string; namespace: string; attributes: Record<string, string>; children: Element[]; text: string }

const forbidden = /[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for an element or an attribute; line ends are made one and what XML cannot hold is left out. */
export const xmlText = (text: string): string =>
  text.replace(/\r\n?|[\u0085\u2028]/g, '\n').replace(forbidden, '').replace(/[&<>"]/g, (character) => entities[character]!)

/** Throws where the text is not one well-formed document, or has a document type. */
export function readXml(text: string): Element {
  const root: Element = { name: '', namespace: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser({ xmlns: true })
  const here = () => open.at(-1)!
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('a document type is not allowed')
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    const own = Object.fromEntries(Object.values(attributes).map((one) => [one.local, one.value]))
    const element: Element = { name: local, namespace: uri, attributes: own, children: [], text: '' }
    here().children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  parser.on('text', (part) => void (here().text += part))
  parser.on('cdata', (part) => void (here().text += part))
  parser.write(text).close()
  return root.children[0]!
}

/** Every element of that local name below, in document order. */
export const allNamed = (element: Element, name: string): Element[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...allNamed(child, name)])

/** Every element below that has a child of that local name: the items of a list, however they are called. */
export const allWith = (element: Element, name: string): Element[] =>
  element.children.flatMap((child) => [...(child.children.some((one) => one.name === name) ? [child] : []), ...allWith(child, name)])

export const firstNamed = (element: Element, name: string): Element | undefined => {
  for (const child of element.children) {
    const found = child.name === name ? child : firstNamed(child, name)
    if (found) return found
  }
  return undefined
}

/** The text of the child of that local name; empty where there is none. */
export const childText = (element: Element, name: string): string => element.children.find((child) => child.name === name)?.text.trim() ?? ''
