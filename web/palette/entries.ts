import { useMantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Language } from '../client.ts'
import { companiesQuery } from '../companies.ts'
import { customersQuery } from '../customers.ts'
import { inventoryQuery } from '../inventory.ts'
import { languages } from '../languages.ts'
import { chooseOwnLanguage } from '../own-language.ts'
import { showInInventory } from '../pages/inventory/looked.ts'
import { pathOf, treeOf } from '../pages/inventory/tree-model.ts'
import { navigationOf, paths } from '../paths.ts'
import { useSession } from '../session.ts'
import { useSignOut } from '../sign-out.ts'
import { typeText } from '../texts/devices.ts'
import { paletteTexts as texts } from '../texts/palette.ts'
import { portalTexts } from '../texts/portal.ts'

/** What can be found or done, by its words. */
export interface Entry {
  id: string
  kind: keyof typeof texts.kinds
  label: string
  /** Where it is, or what it is. */
  hint?: string | undefined
  /** In lower case. */
  text: string
  act: () => void
}

const resultsMax = 50

/** Those that hold every word, first where the label begins so; at most as many as anybody looks through. */
export function matching(entries: readonly Entry[], search: string): Entry[] {
  const words = search.trim().toLocaleLowerCase().split(/\s+/)
  const found = entries.filter(({ text }) => words.every((word) => text.includes(word)))
  const first = words[0] ?? ''
  const begins = found.filter(({ text }) => text.startsWith(first))
  return [...begins, ...found.filter(({ text }) => !text.startsWith(first))].slice(0, resultsMax)
}

const entry = (made: Omit<Entry, 'text'>, more = ''): Entry => ({ ...made, text: `${made.label} ${more}`.toLocaleLowerCase() })

/** All that there is for who is signed in. Null: it is not known yet. */
export function useEntries(onInvite: () => void): Entry[] {
  const pages = usePages(onInvite)
  const things = useThings()
  return useMemo(() => [...pages, ...things], [pages, things])
}

function usePages(onInvite: () => void): Entry[] {
  const session = useSession()
  const navigate = useNavigate()
  const { setColorScheme } = useMantineColorScheme()
  const signOut = useSignOut()
  const { sections, administration } = navigationOf(session)
  return [
    ...[...sections, ...administration].map((path) =>
      entry(
        {
          id: path,
          kind: 'page',
          label: portalTexts.pages[path],
          hint: texts.pageHints[path],
          act: () => void navigate({ to: path }),
        },
        texts.pageHints[path],
      ),
    ),
    // Whoever views another company has neither an account nor co-workers there.
    ...(session.visit
      ? []
      : [
          entry({ id: paths.account, kind: 'page', label: texts.account, act: () => void navigate({ to: paths.account }) }),
          entry({ id: 'invite', kind: 'action', label: texts.invite, act: onInvite }),
        ]),
    ...(['light', 'dark', 'auto'] as const).map((scheme) =>
      entry({ id: `scheme ${scheme}`, kind: 'action', label: texts.scheme[scheme], act: () => setColorScheme(scheme) }),
    ),
    // The one that is shown too: mails may come in another.
    ...Object.entries(languages).map(([code, name]) =>
      entry({
        id: `language ${code}`,
        kind: 'action',
        label: texts.language(name),
        act: () => void chooseOwnLanguage(code as Language),
      }),
    ),
    entry({ id: 'sign out', kind: 'action', label: texts.signOut, act: () => signOut.mutate() }),
  ]
}

/** For a customer, the way to its sensors that are called so: the page looks for them itself, for there may be many times as many as devices. */
export function useSensorSearch(words: string): Entry[] {
  const session = useSession()
  const navigate = useNavigate()
  if (words === '' || !navigationOf(session).sections.includes(paths.sensors)) return []
  const act = () => void navigate({ to: paths.sensors, search: { search: words } })
  return [entry({ id: 'sensors', kind: 'action', label: texts.findSensor(words), act })]
}

/** Devices and locations of a customer, customers of a partner, companies of the vendor. */
function useThings(): Entry[] {
  const { company, visit } = useSession()
  const navigate = useNavigate()
  const inventory = useQuery({ ...inventoryQuery(company.id), enabled: company.kind === 'customer' && !visit })
  const customers = useQuery({ ...customersQuery, enabled: company.kind === 'partner' })
  const companies = useQuery({ ...companiesQuery, enabled: company.kind === 'vendor' })
  return useMemo(() => {
    const tree = inventory.data && treeOf(inventory.data)
    return [
      ...[...(tree?.byId.values() ?? [])].map((node) =>
        entry(
          {
            id: node.id,
            kind: node.device ? 'device' : 'location',
            label: node.label,
            hint: [node.parent && pathOf(node.parent).join(' › '), typeText(node.type)].filter(Boolean).join(' · '),
            act: () => {
              if (tree && node.location) showInInventory(company.id, node)
              void (node.device
                ? navigate({ to: paths.device, params: { deviceId: node.id } })
                : navigate({ to: paths.inventory }))
            },
          },
          node.text,
        ),
      ),
      ...(customers.data?.customers ?? []).map(({ organizationId, label }) =>
        entry({
          id: organizationId,
          kind: 'customer',
          label,
          act: () => void navigate({ to: paths.customer, params: { organizationId } }),
        }),
      ),
      ...(companies.data?.companies ?? []).map(({ id, name }) =>
        entry({
          id,
          kind: 'company',
          label: name,
          act: () => void navigate({ to: paths.company, params: { companyId: id } }),
        }),
      ),
    ]
  }, [inventory.data, customers.data, companies.data, company.id, navigate])
}
