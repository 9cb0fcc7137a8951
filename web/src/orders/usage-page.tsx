import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { type Entitlement, get, type UsageEvent } from '../api.ts'
import { Terms } from '../catalogue/entry-page.tsx'
import { Empty, Page } from '../parts/page.tsx'
import { count, Rows, When } from '../parts/rows.tsx'
import { StateOf } from '../parts/state-of.tsx'
import { useWords } from '../words.tsx'

/** Every use of an entitlement with its charge; the receipts verify without us. */
export function UsagePage() {
  const { id = '' } = useParams()
  const { t } = useWords()
  const query = useQuery({
    queryKey: ['usage', id],
    queryFn: () =>
      get<{ entitlement: Entitlement & { terms: Record<string, unknown> }; items: UsageEvent[] }>(
        `/api/entitlements/${id}/usage?limit=1000`,
      ),
  })
  return (
    <StateOf query={query}>
      {({ entitlement, items }) => (
        <Page
          title={t('usage')}
          note={
            <Anchor component={Link} to={`/catalogue/${entitlement.address}`} size="sm">
              {entitlement.address}
            </Anchor>
          }
          action={
            <Button component="a" href={`/api/entitlements/${id}/receipts.json`} download variant="default">
              {t('receipts')}
            </Button>
          }
        >
          <Terms plan={entitlement} />
          {items.length === 0 ? (
            <Empty>{t('noUsage')}</Empty>
          ) : (
            <Rows
              label={t('usage')}
              rows={items}
              keyOf={(event) => event.id}
              columns={[
                { title: '#', isNumber: true, cell: ({ sequence }) => sequence },
                { title: t('created'), cell: ({ at }) => <When at={at} /> },
                { title: t('protocol'), cell: ({ protocol }) => protocol },
                {
                  title: t('subject'),
                  cell: ({ subject }) => (
                    <div className="cell" title={subject}>
                      {subject}
                    </div>
                  ),
                },
                { title: t('records'), isNumber: true, cell: ({ records }) => count(records) },
                { title: t('tokens'), isNumber: true, cell: ({ tokens }) => count(tokens) },
                { title: t('charged'), isNumber: true, cell: ({ charge }) => charge },
              ]}
            />
          )}
        </Page>
      )}
    </StateOf>
  )
}
