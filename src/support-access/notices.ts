// How the notice reads that support has begun to look at what a person sees.
import type { KindTexts } from '../notifications/notice.ts'
import { say } from '../ui/locale.ts'

export const supportNotices: Record<'SUPPORT_LOOKS', KindTexts> = {
  SUPPORT_LOOKS: {
    name: (locale) => say(locale, 'notice.SUPPORT_LOOKS.name'),
    text: (locale, { data }) => {
      const report = data['report'] ?? ''
      const covers = data['case'] ? say(locale, 'access.covers-case', { number: data['case'] }) : say(locale, 'access.covers-all')
      const words = { staff: data['staff'] ?? '', report, covers }
      return { title: say(locale, 'notice.SUPPORT_LOOKS.title'), about: say(locale, 'looking.report', { report }), description: say(locale, 'notice.SUPPORT_LOOKS.text', words) }
    },
  },
}
