import { Anchor, Card, SimpleGrid, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { type Dataset, type Found, get, type Me } from '../api.ts'
import { BuildPanel } from '../datasets/build-panel.tsx'
import { Page } from '../parts/page.tsx'
import { count } from '../parts/rows.tsx'
import { StateOf } from '../parts/state-of.tsx'
import { useWords } from '../words.tsx'

/** Where things stand, each figure a way to what is behind it. */
export function OverviewPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const may = (permission: string): boolean => me.permissions.includes(permission)
  return (
    <Page title={t('overview')} note={me.organisation}>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {may('datasets:read') ? <DatasetsFigure /> : null}
        <CatalogueFigure />
        {may('orders:read') ? <WalletFigure /> : null}
      </SimpleGrid>
      {may('builds:write') ? <BuildPanel /> : null}
    </Page>
  )
}

function Figure({ title, value, to }: { readonly title: string; readonly value: string; readonly to: string }) {
  return (
    <Card withBorder>
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      <Anchor component={Link} to={to} fz={28} fw={600} className="number" style={{ textAlign: 'left' }}>
        {value}
      </Anchor>
    </Card>
  )
}

function DatasetsFigure() {
  const { t } = useWords()
  const query = useQuery({ queryKey: ['datasets'], queryFn: () => get<{ items: Dataset[] }>('/api/datasets?limit=200') })
  return <StateOf query={query}>{({ items }) => <Figure title={t('datasets')} value={count(items.length)} to="/datasets" />}</StateOf>
}

function CatalogueFigure() {
  const { t } = useWords()
  const query = useQuery({ queryKey: ['catalogue', ''], queryFn: () => get<Found>('/api/catalogue?limit=1') })
  return <StateOf query={query}>{({ total }) => <Figure title={t('catalogue')} value={count(total)} to="/catalogue" />}</StateOf>
}

function WalletFigure() {
  const { t } = useWords()
  const query = useQuery({ queryKey: ['wallet'], queryFn: () => get<{ items: { account: string; balance: string }[] }>('/api/wallet') })
  return (
    <StateOf query={query}>
      {({ items }) => (
        <Figure title={t('wallet')} value={items.find(({ account }) => account === 'wallet')?.balance ?? '0.00 CNY'} to="/ledger" />
      )}
    </StateOf>
  )
}
