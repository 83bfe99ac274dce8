// Exact amounts: whole thousandths as safe integers, never a float (A-45: fifteen digits, three of them decimals).

/** Whole thousandths of a unit. */
export type Quantity = number & { readonly __quantity: unique symbol }

export const zero = 0 as Quantity
const most = 999_999_999_999_999

export const quantity = (thousandths: number): Quantity => thousandths as Quantity

/**
 * `1234,567`, `1 234.5`, `-3`: comma or dot, spaces between thousands, at most three decimals; undefined for anything else.
 * A sign is taken only where `signed`.
 */
export function parseQuantity(text: string, { signed = false } = {}): Quantity | undefined {
  const match = /^([+-]?)(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,15})(?:[.,](\d{1,3}))?$/.exec(text.trim().replace('−', '-'))
  if (!match) return undefined
  const [, sign = '', whole = '', decimals = ''] = match
  if (sign !== '' && !signed) return undefined
  const thousandths = Number(whole.replace(/\D/g, '')) * 1000 + Number(decimals.padEnd(3, '0'))
  if (thousandths > most) return undefined
  return quantity(sign === '-' ? 0 - thousandths : thousandths)
}

/** `1234.567`: for machines, always three decimals. */
export function quantityText(value: Quantity): string {
  const digits = String(Math.abs(value)).padStart(4, '0')
  return `${value < 0 ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`
}

export const plus = (a: Quantity, b: Quantity): Quantity => quantity(a + b)
export const minus = (a: Quantity, b: Quantity): Quantity => quantity(a - b)
export const sum = (values: readonly Quantity[]): Quantity => quantity(values.reduce<number>((total, value) => total + value, 0))
