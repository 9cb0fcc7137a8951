import { Alert, Anchor, Button, Card, Code, Group, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { get, type Listing, type Me, type Plan, post } from '../api.ts'
import { Page } from '../parts/page.tsx'
import { count, Rows } from '../parts/rows.tsx'
import { ScoreLine, Seal } from '../parts/seal.tsx'
import { ProblemNote, StateOf } from '../parts/state-of.tsx'
import { useWords } from '../words.tsx'

/** A data set on offer: sheet, checklist, plans, and how each client loads it. */
export function EntryPage({ me }: { readonly me: Me }) {
  const { organisation = '', listing = '' } = useParams()
  const { say } = useWords()
  const address = `${organisation}/${listing}`
  const query = useQuery({ queryKey: ['entry', address], queryFn: () => get<Listing>(`/api/catalogue/${address}`) })
  return (
    <StateOf query={query}>
      {(found) => (
        <Page title={say(found.title)} note={<span className="hash">{found.address}</span>}>
          <Text>{say(found.summary)}</Text>
          <Plans listing={found} canOrder={me.permissions.includes('orders:write') && me.handle !== organisation} />
          <Sheet listing={found} />
          <HowToLoad address={address} />
        </Page>
      )}
    </StateOf>
  )
}

function Plans({ listing, canOrder }: { readonly listing: Listing; readonly canOrder: boolean }) {
  const { t, say } = useWords()
  const client = useQueryClient()
  const [organisation = '', handle = ''] = listing.address.split('/')
  const order = useMutation({
    mutationFn: (planId: string) => post<{ entitlementId: string; paid: string }>('/api/orders', { organisation, listing: handle, planId }),
    onSuccess: () => client.invalidateQueries(),
  })
  return (
    <Stack gap="sm">
      <Title order={2}>{t('plans')}</Title>
      <ProblemNote error={order.error} />
      {order.data ? (
        <Alert color="teal" variant="light" role="status">
          {t('ordered')} {order.data.paid} ·{' '}
          <Anchor component={Link} to={`/orders/${order.data.entitlementId}`}>
            {t('usage')}
          </Anchor>
        </Alert>
      ) : null}
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {listing.plans.map((plan) => (
          <Card key={plan.id} withBorder padding="sm">
            <Text fw={600}>{say(plan.title)}</Text>
            <Terms plan={plan} />
            {canOrder ? (
              <Button mt="sm" loading={order.isPending && order.variables === plan.id} onClick={() => order.mutate(plan.id)}>
                {t('order')}
              </Button>
            ) : null}
          </Card>
        ))}
      </SimpleGrid>
    </Stack>
  )
}

export function Terms({ plan }: { readonly plan: Pick<Plan, 'terms'> }) {
  return (
    <Table fz="sm">
      <Table.Tbody>
        {Object.entries(plan.terms).map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Td c="dimmed">{name}</Table.Td>
            <Table.Td className="number">{String(value)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** Specification sheet and compliance checklist. */
export function Sheet({ listing }: { readonly listing: Listing }) {
  const { t, say } = useWords()
  const { sheet } = listing
  if (!sheet) return null
  return (
    <Stack gap="sm">
      <Title order={2}>{t('sheet')}</Title>
      <Group wrap="nowrap">
        <Seal scores={sheet.grade} root={sheet.root} size={56} />
        <div>
          <ScoreLine scores={sheet.grade} />
          <Text size="sm" c="dimmed">
            {sheet.version} · {count(sheet.records)} {t('records')} · {(sheet.bytes / 1e6).toFixed(1)} MB · {t('license')}{' '}
            {sheet.license ?? '–'} · {t('tokens')}{' '}
            {Object.entries(listing.tokens)
              .map(([name, n]) => `${count(n)} (${name})`)
              .join(', ')}
          </Text>
          <Text size="xs" c="dimmed">
            {t('root')} <span className="hash">{sheet.root}</span>
          </Text>
        </div>
      </Group>
      {sheet.tables.map((table) => (
        <div key={table.name}>
          <Title order={3}>
            {table.name} · {table.modality} · {count(table.records)} {t('records')}
          </Title>
          <Rows
            label={`${t('fields')} ${table.name}`}
            rows={table.fields}
            keyOf={({ name }) => name}
            columns={[
              { title: t('fields'), cell: ({ name }) => <Code>{name}</Code> },
              { title: t('kind'), cell: ({ type }) => type },
              { title: t('unit'), cell: ({ unit }) => unit ?? '' },
              { title: t('meaning'), cell: ({ meaning }) => (meaning ? say(meaning) : '') },
            ]}
          />
        </div>
      ))}
      <Title order={2}>{t('checklist')}</Title>
      <Rows
        label={t('checklist')}
        rows={listing.checklist}
        keyOf={({ code }) => code}
        columns={[
          { title: t('checklist'), cell: ({ words }) => say(words) },
          { title: t('state'), cell: ({ holds }) => (holds ? `✓ ${t('holds')}` : `○ ${t('open')}`) },
          { title: t('protocol'), cell: ({ by }) => t(by) },
        ]}
      />
    </Stack>
  )
}

function HowToLoad({ address }: { readonly address: string }) {
  const { t } = useWords()
  const { origin } = window.location
  return (
    <Stack gap="sm">
      <Title order={2}>{t('howToLoad')}</Title>
      <Code block>{`# Hugging Face
export HF_ENDPOINT=${origin}/hf HF_TOKEN=hgk_…
python -c "import datasets; print(datasets.load_dataset('${address}'))"

# pandas
pandas.read_parquet('hf://datasets/${address}/data/…')

# Delta Sharing
{"shareCredentialsVersion": 1, "endpoint": "${origin}/delta-sharing", "bearerToken": "hgk_…"}

# Croissant
mlcroissant.Dataset('${origin}/croissant/${address}/main/croissant.json')

# NDJSON
curl -H 'authorization: Bearer hgk_…' '${origin}/api/deliveries/${address}/main/records?limit=100'`}</Code>
    </Stack>
  )
}
