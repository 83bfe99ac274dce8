// The page of a profile's e-mail addresses, and the question before a verified one is removed.
import { refuse } from '../../kernel/refusal.ts'
import type { Page, PageRequest, SeeOther } from '../../people/page.ts'
import { addAddress, addresses, askForLink, chooseMainAddress, mayChangeAddresses, removeAddress, setMainAddress } from './actions.ts'
import { addressesPath } from './mail.ts'
import { addressesPage, removalPage } from './view.ts'

const idOf = (text: string | undefined): number => (text && /^\d{1,15}$/.test(text) ? Number(text) : refuse.missing())

const to = (said: string): SeeOther => ({ to: addressesPath, said })

type Deed = (request: PageRequest) => Promise<SeeOther>

/** What the buttons and forms of the page do, by the name that each sends. */
const deeds: Record<string, Deed> = {
  set: async ({ ctx, form }) => (await setMainAddress(ctx, form?.['address'] ?? ''), to('address-link-asked')),
  add: async ({ ctx, form }) => (await addAddress(ctx, form?.['address'] ?? ''), to('address-link-asked')),
  verify: async ({ ctx, form }) => (await askForLink(ctx, idOf(form?.['id'])), to('address-link-asked')),
  choose: async ({ ctx, form }) => (await chooseMainAddress(ctx, idOf(form?.['id'])), to('address-chosen')),
  remove: async ({ ctx, form }) => (await removeAddress(ctx, idOf(form?.['id']), { isConfirmed: false }), to('address-removed')),
}

const list: Page = {
  path: addressesPath,
  show: async (request, problems) => addressesPage(request, problems, await addresses(request.ctx), mayChangeAddresses(request.ctx)),
  submit: async (request) => (deeds[request.form?.['do'] ?? ''] ?? refuse.missing)(request),
}

const removal: Page = {
  path: `${addressesPath}/:id/remove`,
  show: async (request, problems) => {
    const { main, others } = await addresses(request.ctx)
    const id = idOf(request.params['id'])
    return removalPage(request, problems, [main, ...others].find((address) => address?.id === id) ?? refuse.missing())
  },
  submit: async ({ ctx, params }) => (await removeAddress(ctx, idOf(params['id']), { isConfirmed: true }), to('address-removed')),
}

export const addressPages: readonly Page[] = [list, removal]
