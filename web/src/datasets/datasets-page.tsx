import { useQuery } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { type Dataset, get, type Me } from '../api.ts'
import { Empty, Page } from '../parts/page.tsx'
import { count, Rows, When } from '../parts/rows.tsx'
import { StateOf } from '../parts/state-of.tsx'
import { useWords } from '../words.tsx'
import { BuildPanel } from './build-panel.tsx'

export function DatasetsPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const query = useQuery({ queryKey: ['datasets'], queryFn: () => get<{ items: Dataset[] }>('/api/datasets?limit=200') })
  return (
    <Page title={t('datasets')}>
      <StateOf query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>
              {t('noDatasets')} {t('noDatasetsHint')}
            </Empty>
          ) : (
            <Rows
              label={t('datasets')}
              rows={items}
              keyOf={({ id }) => id}
              onOpen={({ name, version }) => navigate(`/datasets/${encodeURIComponent(name)}/${version}`)}
              columns={[
                { title: t('name'), cell: ({ name }) => name },
                { title: t('version'), cell: ({ version }) => version },
                { title: t('records'), isNumber: true, cell: ({ nRecords }) => count(nRecords) },
                { title: t('grade'), cell: ({ passes }) => (passes ? t('passed') : t('notPassed')) },
                { title: t('root'), cell: ({ root }) => <span className="hash">{root.slice(0, 12)}</span> },
                { title: t('created'), cell: ({ createdAt }) => <When at={createdAt} /> },
              ]}
            />
          )
        }
      </StateOf>
      {me.permissions.includes('builds:write') ? <BuildPanel /> : null}
    </Page>
  )
}
