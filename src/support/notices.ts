// How a notice of an announcement reads.
import type { Catalogue } from '../notifications/notice.ts'
import { say } from '../ui/locale.ts'
import type { News } from './following.ts'

export const announcementNotices: Pick<Catalogue, 'ANNOUNCEMENT'> = {
  ANNOUNCEMENT: {
    name: (locale) => say(locale, 'notice.ANNOUNCEMENT.name'),
    text: (locale, { data }) => {
      const own = (name: string) => data[`${name}${locale === 'lv' ? 'Lv' : 'En'}`] ?? ''
      return { title: say(locale, `notice.ANNOUNCEMENT.${data['news'] as News}`, { title: own('title') }), about: own('when'), description: own('text') }
    },
  },
}
