// What the program and its tests use of mailparser, which ships no types.
declare module 'mailparser' {
  type Address = { text: string; value: { address?: string; name: string }[] }
  export type ParsedMail = {
    subject?: string
    messageId?: string
    date?: Date
    from?: Address
    to?: Address
    text?: string
    html: string | false
    headers: Map<string, unknown>
    headerLines: { key: string; line: string }[]
    attachments?: { contentType: string; content: Buffer }[]
  }
  export function simpleParser(source: unknown, options?: Record<string, boolean>): Promise<ParsedMail>
}
