// Where messages and templates of a house are.
import { casePath } from '../cases/frame.ts'
import { refuse } from '../kernel/refusal.ts'

type House = { number: string }

export const sentPath = ({ number }: House): string => casePath(number, '/sent')
export const receivedPath = ({ number }: House): string => casePath(number, '/received')
export const messagePath = ({ number }: House, id: number | 'new', rest = ''): string => casePath(number, `/messages/${id}${rest}`)
export const templatePath = ({ number }: House, rest = ''): string => casePath(number, `/templates${rest}`)

/** A number in an address; what is none leads nowhere. */
export const idOf = (text: string | undefined): number => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : refuse.missing())
