import {
  ActionIcon,
  AppShell,
  Badge,
  Burger,
  Group,
  Loader,
  Menu,
  NavLink,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Route, Routes, useLocation } from 'react-router'
import { get, type Job, type Me, remove } from '../api.ts'
import { CataloguePage } from '../catalogue/catalogue-page.tsx'
import { EntryPage } from '../catalogue/entry-page.tsx'
import { DatasetPage } from '../datasets/dataset-page.tsx'
import { DatasetsPage } from '../datasets/datasets-page.tsx'
import { JobsPage } from '../datasets/jobs-page.tsx'
import { LedgerPage } from '../ledger/ledger-page.tsx'
import { ListingsPage } from '../listings/listings-page.tsx'
import { OrdersPage } from '../orders/orders-page.tsx'
import { UsagePage } from '../orders/usage-page.tsx'
import { OverviewPage } from '../overview/overview-page.tsx'
import { Page } from '../parts/page.tsx'
import { PeoplePage } from '../people/people-page.tsx'
import { Door } from '../session/door.tsx'
import { type TextKey, useWords } from '../words.tsx'

/** Rooms of the rail, each with the permission that opens it. */
const ROOMS: readonly { readonly path: string; readonly text: TextKey; readonly permission: string }[] = [
  { path: '/', text: 'overview', permission: 'account:self' },
  { path: '/datasets', text: 'datasets', permission: 'datasets:read' },
  { path: '/catalogue', text: 'catalogue', permission: 'catalogue:read' },
  { path: '/listings', text: 'listings', permission: 'listings:write' },
  { path: '/orders', text: 'orders', permission: 'orders:read' },
  { path: '/ledger', text: 'ledger', permission: 'orders:read' },
  { path: '/people', text: 'people', permission: 'account:self' },
]

const JOBS_MS = 2_000

/** The whole console: the door for those who are not signed in, else the rail and the page of the address. */
export function Console() {
  const me = useQuery({ queryKey: ['me'], queryFn: () => get<Me>('/api/me') })
  const { t } = useWords()
  if (me.isPending) return <Loader m="xl" aria-label={t('loading')} />
  if (me.isError) return <Door />
  return <Frame me={me.data} />
}

function Frame({ me }: { readonly me: Me }) {
  const [isOpen, { toggle, close }] = useDisclosure(false)
  const { t } = useWords()
  const { pathname } = useLocation()
  const isHere = (path: string): boolean => (path === '/' ? pathname === '/' : pathname.startsWith(path))
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 200, breakpoint: 'sm', collapsed: { mobile: !isOpen } }} padding="md">
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('menu')} />
            <Text fw={600} component={Link} to="/" style={{ textDecoration: 'none', color: 'inherit' }}>
              Highgrade
            </Text>
            <Text size="sm" c="dimmed" visibleFrom="sm">
              {me.organisation}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            {me.permissions.includes('jobs:read') ? <JobsBadge /> : null}
            <Settings me={me} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('menu')}>
        {ROOMS.filter(({ permission }) => me.permissions.includes(permission)).map(({ path, text }) => (
          <NavLink
            key={path}
            component={Link}
            to={path}
            label={t(text)}
            active={isHere(path)}
            onClick={close}
            aria-current={isHere(path) ? 'page' : undefined}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main>
        <Routes>
          <Route index element={<OverviewPage me={me} />} />
          <Route path="datasets" element={<DatasetsPage me={me} />} />
          <Route path="datasets/:name/:version?" element={<DatasetPage me={me} />} />
          <Route path="jobs" element={<JobsPage />} />
          <Route path="catalogue" element={<CataloguePage />} />
          <Route path="catalogue/:organisation/:listing" element={<EntryPage me={me} />} />
          <Route path="listings" element={<ListingsPage me={me} />} />
          <Route path="orders" element={<OrdersPage />} />
          <Route path="orders/:id" element={<UsagePage />} />
          <Route path="ledger" element={<LedgerPage me={me} />} />
          <Route path="people" element={<PeoplePage me={me} />} />
          <Route path="*" element={<Page title={t('notFound')}>{null}</Page>} />
        </Routes>
      </AppShell.Main>
    </AppShell>
  )
}

/** How many jobs run, and a way to them. */
function JobsBadge() {
  const { t } = useWords()
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: () => get<{ items: Job[] }>('/api/jobs'), refetchInterval: JOBS_MS })
  const busy = jobs.data?.items.filter(({ state }) => state === 'running' || state === 'queued').length ?? 0
  return (
    <Badge component={Link} to="/jobs" variant={busy > 0 ? 'filled' : 'default'} style={{ cursor: 'pointer' }} tt="none">
      {t('jobs')} {busy}
    </Badge>
  )
}

function Settings({ me }: { readonly me: Me }) {
  const { t, language, setLanguage } = useWords()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const client = useQueryClient()
  return (
    <>
      <ActionIcon variant="default" size="lg" aria-label={t('language')} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
        {language === 'zh' ? 'EN' : '中'}
      </ActionIcon>
      <ActionIcon variant="default" size="lg" aria-label={t('theme')} onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
        {scheme === 'dark' ? '☀' : '☾'}
      </ActionIcon>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={me.name}>
            {[...me.name][0]?.toUpperCase()}
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{me.email}</Menu.Label>
          <Menu.Item onClick={() => void remove('/api/sessions/current').then(() => client.resetQueries())}>{t('signOut')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
