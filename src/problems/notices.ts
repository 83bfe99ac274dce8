// How a notice reads that support has answered.
import type { Catalogue } from '../notifications/notice.ts'
import { say } from '../ui/locale.ts'
import { problemsPath } from './paths.ts'

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
