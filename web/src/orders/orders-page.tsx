import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearchParams } from 'react-router'
import { type Entitlement, get } from '../api.ts'
import { Empty, Page } from '../parts/page.tsx'
import { count, Rows, When } from '../parts/rows.tsx'
import { StateOf } from '../parts/state-of.tsx'
import { useWords } from '../words.tsx'

/** What was bought and what was sold, with what was used of it. */
export function OrdersPage() {
  const { t } = useWords()
  const [search, setSearch] = useSearchParams()
  const side = search.get('side') === 'seller' ? 'seller' : 'buyer'
  return (
    <Page title={t('orders')}>
      <Tabs value={side} onChange={(next) => next && setSearch({ side: next })}>
        <Tabs.List>
          <Tabs.Tab value="buyer">{t('bought')}</Tabs.Tab>
          <Tabs.Tab value="seller">{t('sold')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={side} pt="md">
          <Entitlements side={side} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function Entitlements({ side }: { readonly side: 'buyer' | 'seller' }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const query = useQuery({
    queryKey: ['entitlements', side],
    queryFn: () => get<{ items: Entitlement[] }>(`/api/entitlements?side=${side}`),
  })
  return (
    <StateOf query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty>{t('noOrders')}</Empty>
        ) : (
          <Rows
            label={t('orders')}
            rows={items}
            keyOf={({ id }) => id}
            onOpen={({ id }) => navigate(`/orders/${id}`)}
            columns={[
              { title: t('datasets'), cell: ({ address, version }) => `${address}${version ? ` ${version}` : ''}` },
              { title: t('buyer'), cell: ({ buyer }) => buyer },
              { title: t('plan'), cell: ({ kind }) => kind },
              { title: t('records'), isNumber: true, cell: ({ used }) => count(used.records) },
              { title: t('tokens'), isNumber: true, cell: ({ used }) => count(used.tokens) },
              { title: t('calls'), isNumber: true, cell: ({ used }) => count(used.calls) },
              { title: t('charged'), isNumber: true, cell: ({ charged }) => charged },
              { title: t('ends'), cell: ({ endsAt, revokedAt }) => (revokedAt ? t('revoked') : endsAt ? <When at={endsAt} /> : '–') },
            ]}
          />
        )
      }
    </StateOf>
  )
}
