// How a notice reads that support has answered.
import type { Letter } from '../notifications/email.ts'
import type { Catalogue } from '../notifications/notice.ts'
import { say } from '../ui/locale.ts'
import { problemsPath } from './paths.ts'
import { idOfNumber } from './problem-report.ts'
import { replyAddress, type Replies } from './reply-address.ts'

export const problemNotices: Pick<Catalogue, 'PROBLEM_ANSWERED'> = {
  PROBLEM_ANSWERED: {
    name: (locale) => say(locale, 'notice.PROBLEM_ANSWERED.name'),
    text: (locale, { data }) => ({
      title: say(locale, 'notice.PROBLEM_ANSWERED.title', { number: data['number'] ?? '' }),
      about: data['subject'] ?? '',
      description: data['body'] ?? '',
    }),
    answerAt: ({ data }) => `${problemsPath}/${data['number'] ?? ''}`,
  },
}

/** Where a mail of such a notice is answered. */
export const repliesTo =
  (replies: Replies) =>
  ({ kind, data, partyId, partyKind }: Letter): string | undefined => {
    const reportId = kind === 'PROBLEM_ANSWERED' && partyKind === 'person' ? idOfNumber(data['number'] ?? '') : undefined
    return reportId === undefined ? undefined : replyAddress(replies, { reportId, personId: partyId })
  }
