// HTML as values: everything interpolated is escaped unless it is HTML already.

export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

export type Piece = Html | string | number | null | undefined | false | readonly Piece[]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character]!)

function render(piece: Piece): string {
  if (piece instanceof Html) return piece.text
  if (piece === null || piece === undefined || piece === false) return ''
  if (typeof piece === 'object') return piece.map(render).join('')
  return escape(String(piece))
}

/** Never interpolate into a script, a style or an `on…` attribute. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  let text = strings[0]!
  pieces.forEach((piece, place) => (text += render(piece) + strings[place + 1]))
  return new Html(text)
}

const characters = new Map(Object.entries(entities).map(([character, entity]) => [entity, character]))

/** The text of an element that holds nothing but text; undefined where there is none. */
export const textIn = ({ text }: Html, element: 'title'): string | undefined =>
  new RegExp(`<${element}>([^<]*)</${element}>`).exec(text)?.[1]?.replace(/&[a-z#\d]+;/g, (entity) => characters.get(entity) ?? entity)

/** For markup that this program holds itself, such as an icon's file. */
export const trusted = (text: string): Html => new Html(text)
