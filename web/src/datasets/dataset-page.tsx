import { Anchor, Button, Card, Code, Drawer, Group, NativeSelect, Stack, Table, Tabs, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { type Dataset, get, type Me, type RecordPage, type Version } from '../api.ts'
import { NewListing } from '../listings/new-listing.tsx'
import { Page } from '../parts/page.tsx'
import { count, Rows, When } from '../parts/rows.tsx'
import { ScoreLine, Seal } from '../parts/seal.tsx'
import { ProblemNote, StateOf } from '../parts/state-of.tsx'
import { type TextKey, useWords } from '../words.tsx'

const TABS = ['records', 'grade', 'versions'] as const

/** A data set at one of its versions: records, grade, versions; which of them, and every condition, is in the address. */
export function DatasetPage({ me }: { readonly me: Me }) {
  const { name = '', version: asked } = useParams()
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  const { t } = useWords()
  const query = useQuery({
    queryKey: ['dataset', name],
    queryFn: () => get<Dataset & { versions: Version[] }>(`/api/datasets/${encodeURIComponent(name)}`),
  })
  return (
    <StateOf query={query}>
      {(dataset) => {
        const version = dataset.versions.find((one) => one.version === asked) ?? dataset.versions[0]
        if (!version) return null
        const tab = TABS.find((one) => one === search.get('tab')) ?? 'records'
        const base = `/api/datasets/${encodeURIComponent(name)}/versions/${version.version}`
        return (
          <Page
            title={`${name} ${version.version}`}
            note={
              <Group gap="sm" mt={4} wrap="nowrap">
                <Seal scores={version.grade} root={version.root} />
                <div>
                  <ScoreLine scores={version.grade} />
                  <Text size="xs" c="dimmed">
                    {t('root')} <span className="hash">{version.root.slice(0, 16)}</span> · <Code>highgrade verify</Code>
                  </Text>
                  <Text size="xs" c="dimmed">
                    {count(version.counts.in)} = {count(version.counts.out)} + {count(version.counts.merged)} +{' '}
                    {count(version.counts.quarantined)} ({t('countsLine')})
                  </Text>
                </div>
              </Group>
            }
            action={me.permissions.includes('listings:write') ? <NewListing dataset={name} version={version.version} /> : null}
          >
            <Tabs value={tab} onChange={(next) => next && setSearch({ tab: next })} keepMounted={false}>
              <Tabs.List>
                {TABS.map((one) => (
                  <Tabs.Tab key={one} value={one}>
                    {t(one)}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value="records" pt="md">
                <Records base={base} version={version} />
              </Tabs.Panel>
              <Tabs.Panel value="grade" pt="md">
                <iframe className="report" title={t('report')} src={`${base}/grade.html`} sandbox="allow-scripts" />
                <Anchor href={`${base}/grade.html`} target="_blank" size="sm">
                  {t('report')}
                </Anchor>
              </Tabs.Panel>
              <Tabs.Panel value="versions" pt="md">
                <Rows
                  label={t('versions')}
                  rows={dataset.versions}
                  keyOf={(one) => one.version}
                  onOpen={(one) => navigate(`/datasets/${encodeURIComponent(name)}/${one.version}`)}
                  columns={[
                    { title: t('version'), cell: (one) => one.version },
                    { title: t('records'), isNumber: true, cell: (one) => count(one.nRecords) },
                    { title: t('grade'), cell: (one) => <ScoreLine scores={one.grade} /> },
                    { title: t('root'), cell: (one) => <span className="hash">{one.root.slice(0, 12)}</span> },
                    { title: t('created'), cell: (one) => <When at={one.createdAt} /> },
                  ]}
                />
              </Tabs.Panel>
            </Tabs>
          </Page>
        )
      }}
    </StateOf>
  )
}

const CONDITIONS: readonly TextKey[] = ['equals', 'contains', 'atLeast', 'atMost', 'missing']
const PAGE = 50

const shown = (value: unknown): string => (value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value))

function Records({ base, version }: { readonly base: string; readonly version: Version }) {
  const { t } = useWords()
  const [search, setSearch] = useSearchParams()
  const [opened, setOpened] = useState<string | null>(null)
  const table = search.get('table') ?? version.tables[0]?.name ?? ''
  const where = search.get('where')
  const after = search.get('after')
  const asked = new URLSearchParams({ limit: String(PAGE), table, ...(where ? { where } : {}), ...(after ? { after } : {}) })
  const query = useQuery({ queryKey: ['records', base, String(asked)], queryFn: () => get<RecordPage>(`${base}/records?${asked}`) })
  const go = (changes: Readonly<Record<string, string | undefined>>): void => {
    const next = new URLSearchParams(search)
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) next.delete(name)
      else next.set(name, value)
    }
    setSearch(next)
  }
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        {version.tables.length > 1 ? (
          <NativeSelect
            label={t('table')}
            data={version.tables.map(({ name }) => name)}
            value={table}
            onChange={(event) => go({ table: event.currentTarget.value, where: undefined, after: undefined })}
          />
        ) : null}
        <Filter
          fields={query.data?.fields.map(({ name }) => name) ?? []}
          where={where}
          onApply={(text) => go({ where: text, after: undefined })}
        />
      </Group>
      <StateOf query={query}>
        {({ fields, items, total, next }) => (
          <>
            <Text size="sm" c="dimmed" aria-live="polite">
              {count(total)} {t('found')}
            </Text>
            <Rows
              label={t('records')}
              rows={items}
              keyOf={(row) => String(row['id'])}
              onOpen={(row) => setOpened(String(row['id']))}
              columns={fields.map(({ name, type }) => ({
                title: name,
                isNumber: type === 'integer' || type === 'number',
                cell: (row: Readonly<Record<string, unknown>>) => (
                  <div className="cell" title={shown(row[name])}>
                    {shown(row[name])}
                  </div>
                ),
              }))}
            />
            <Group>
              {after ? (
                <Button variant="default" onClick={() => go({ after: undefined })}>
                  {t('first')}
                </Button>
              ) : null}
              {next ? (
                <Button variant="default" onClick={() => go({ after: next })}>
                  {t('next')}
                </Button>
              ) : null}
            </Group>
          </>
        )}
      </StateOf>
      <Drawer
        opened={opened !== null}
        onClose={() => setOpened(null)}
        position="right"
        size={480}
        title={opened}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {opened === null ? null : (
          <RecordDetail base={base} id={opened} row={query.data?.items.find((row) => row['id'] === opened) ?? {}} />
        )}
      </Drawer>
    </Stack>
  )
}

function Filter({
  fields,
  where,
  onApply,
}: {
  readonly fields: readonly string[]
  readonly where: string | null
  readonly onApply: (where: string | undefined) => void
}) {
  const { t } = useWords()
  const [column, setColumn] = useState('')
  const [is, setIs] = useState('contains')
  const [value, setValue] = useState('')
  const chosen = column === '' ? (fields[0] ?? '') : column
  const apply = (): void => {
    const isBound = is === 'atLeast' || is === 'atMost'
    onApply(JSON.stringify([{ column: chosen, is, ...(is === 'missing' ? {} : { value: isBound ? Number(value) : value }) }]))
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <Group align="flex-end" gap="xs">
        <NativeSelect label={t('column')} data={[...fields]} value={chosen} onChange={(event) => setColumn(event.currentTarget.value)} />
        <NativeSelect
          label={t('condition')}
          data={CONDITIONS.map((key) => ({ value: key, label: t(key) }))}
          value={is}
          onChange={(event) => setIs(event.currentTarget.value)}
        />
        {is === 'missing' ? null : <TextInput label={t('value')} value={value} onChange={(event) => setValue(event.currentTarget.value)} />}
        <Button type="submit" variant="default">
          {t('apply')}
        </Button>
        {where ? (
          <Button variant="subtle" onClick={() => onApply(undefined)}>
            {t('clear')}
          </Button>
        ) : null}
      </Group>
    </form>
  )
}

/** A record whole, and its way from the raw file to here. */
function RecordDetail({ base, id, row }: { readonly base: string; readonly id: string; readonly row: Readonly<Record<string, unknown>> }) {
  const { t } = useWords()
  const way = useQuery({
    queryKey: ['explanation', base, id],
    queryFn: () => get<unknown>(`${base}/records/${encodeURIComponent(id)}/explanation`),
  })
  return (
    <Stack>
      <Table>
        <Table.Tbody>
          {Object.entries(row).map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th>{name}</Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{shown(value)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Card withBorder>
        <Text fw={600} size="sm">
          {t('explanation')}
        </Text>
        <ProblemNote error={way.error} />
        <StateOf query={way}>{(told) => <Code block>{JSON.stringify(told, null, 2)}</Code>}</StateOf>
      </Card>
    </Stack>
  )
}
