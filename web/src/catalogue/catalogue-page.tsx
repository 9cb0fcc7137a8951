import { Anchor, Badge, Button, Card, Grid, Group, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { Link, useSearchParams } from 'react-router'
import { type CatalogueEntry, type Found, get } from '../api.ts'
import { Empty, Page } from '../parts/page.tsx'
import { count } from '../parts/rows.tsx'
import { ScoreLine, Seal } from '../parts/seal.tsx'
import { StateOf } from '../parts/state-of.tsx'
import { useWords } from '../words.tsx'

const FACETS = ['sector', 'modality', 'license', 'plan', 'passes'] as const
const PAGE = 20

/** What is on offer: words in either language, facets, all of it in the address. */
export function CataloguePage() {
  const { t } = useWords()
  const [search, setSearch] = useSearchParams()
  const asked = new URLSearchParams(search)
  asked.set('limit', String(PAGE))
  const query = useQuery({ queryKey: ['catalogue', String(asked)], queryFn: () => get<Found>(`/api/catalogue?${asked}`) })
  const offset = Number(search.get('offset') ?? 0)
  const change = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(search)
    next.delete('offset')
    if (value === undefined || value === '') next.delete(name)
    else next.set(name, value)
    setSearch(next)
  }
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    change('q', String(new FormData(event.currentTarget).get('q') ?? ''))
  }
  return (
    <Page title={t('catalogue')}>
      <form onSubmit={submit}>
        <Group align="flex-end">
          <TextInput
            key={search.get('q')}
            name="q"
            label={t('search')}
            placeholder={t('searchHint')}
            defaultValue={search.get('q') ?? ''}
            flex={1}
            maw={520}
          />
          <Button type="submit">{t('search')}</Button>
        </Group>
      </form>
      <StateOf query={query}>
        {({ items, total, facets, isFuzzy }) => (
          <Grid>
            <Grid.Col span={{ base: 12, sm: 3 }}>
              <Stack gap="sm">
                {FACETS.map((facet) => (
                  <div key={facet}>
                    <Text size="xs" fw={600} c="dimmed">
                      {t(facet)}
                    </Text>
                    {facets[facet]?.map(({ value, n }) => (
                      <UnstyledButton
                        key={value}
                        display="block"
                        fz="sm"
                        fw={search.get(facet) === value ? 600 : 400}
                        aria-pressed={search.get(facet) === value}
                        onClick={() => change(facet, search.get(facet) === value ? undefined : value)}
                      >
                        {facet === 'passes' ? (value === 'true' ? t('passed') : t('notPassed')) : value}{' '}
                        <span className="number">{count(n)}</span>
                      </UnstyledButton>
                    ))}
                  </div>
                ))}
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, sm: 9 }}>
              <Stack gap="sm">
                <Text size="sm" c="dimmed" aria-live="polite">
                  {count(total)} {t('found')} {isFuzzy ? t('fuzzy') : ''}
                </Text>
                {items.length === 0 ? <Empty>{search.size === 0 ? t('emptyCatalogue') : t('nothingFound')}</Empty> : null}
                {items.map((entry) => (
                  <EntryCard key={entry.id} entry={entry} />
                ))}
                {offset + items.length < total ? (
                  <Button variant="default" onClick={() => setSearch(withOffset(search, offset + PAGE))}>
                    {t('next')}
                  </Button>
                ) : null}
              </Stack>
            </Grid.Col>
          </Grid>
        )}
      </StateOf>
    </Page>
  )
}

function withOffset(search: URLSearchParams, offset: number): URLSearchParams {
  const next = new URLSearchParams(search)
  next.set('offset', String(offset))
  return next
}

function EntryCard({ entry }: { readonly entry: CatalogueEntry }) {
  const { t, say } = useWords()
  const scores = { ...entry.scores, passes: entry.passes }
  return (
    <Card withBorder padding="sm">
      <Group wrap="nowrap" align="flex-start">
        <Seal scores={scores} />
        <Stack gap={2}>
          <Anchor component={Link} to={`/catalogue/${entry.address}`} fw={600}>
            {say(entry.title)}
          </Anchor>
          <Text size="xs" c="dimmed">
            <span className="hash">{entry.address}</span> · {t('publisherOf')} {entry.organisation} · {entry.version} ·{' '}
            {count(entry.nRecords)} {t('records')}
          </Text>
          <Text size="sm" lineClamp={2}>
            {say(entry.summary)}
          </Text>
          <Text size="xs" c="dimmed">
            <ScoreLine scores={scores} />
          </Text>
          <Group gap={4}>
            {[...(entry.sector ? [entry.sector] : []), ...entry.modalities, ...entry.keywords].map((word) => (
              <Badge key={word} variant="default" tt="none" size="sm">
                {word}
              </Badge>
            ))}
          </Group>
        </Stack>
      </Group>
    </Card>
  )
}
