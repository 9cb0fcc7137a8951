import { Badge, Button, Card, Checkbox, Group, NativeSelect, Stack, Text, Textarea, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { get, type Listing, type Me, post } from '../api.ts'
import { Sheet, Terms } from '../catalogue/entry-page.tsx'
import { Empty, Page } from '../parts/page.tsx'
import { ProblemNote, StateOf } from '../parts/state-of.tsx'
import { type TextKey, useWords, type Words } from '../words.tsx'

const STATE: Readonly<Record<Listing['state'], TextKey>> = {
  draft: 'draft',
  'in-review': 'inReview',
  listed: 'listed',
  refused: 'refused',
  withdrawn: 'withdrawn',
}
const LOOK_MS = 3_000

/** The organisation's listings, and for the platform's reviewers those that wait. */
export function ListingsPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const query = useQuery({ queryKey: ['listings'], queryFn: () => get<{ items: Listing[] }>('/api/listings'), refetchInterval: LOOK_MS })
  return (
    <Page title={t('listings')}>
      {me.permissions.includes('listings:review') ? <Reviews /> : null}
      <StateOf query={query}>
        {({ items }) => (
          <Stack>
            {items.length === 0 ? <Empty>{t('noListings')}</Empty> : null}
            {items.map((listing) => (
              <OwnListing key={listing.id} listing={listing} />
            ))}
          </Stack>
        )}
      </StateOf>
    </Page>
  )
}

function Heading({ listing }: { readonly listing: Listing }) {
  const { t, say } = useWords()
  return (
    <Group justify="space-between">
      <div>
        <Text fw={600}>{say(listing.title)}</Text>
        <Text size="xs" c="dimmed" className="hash">
          {listing.address}
        </Text>
      </div>
      <Badge variant="default" tt="none">
        {t(STATE[listing.state])}
      </Badge>
    </Group>
  )
}

function useListingAct() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ path, body }: { path: string; body?: unknown }) => post(path, body),
    onSuccess: () => client.invalidateQueries(),
  })
}

function OwnListing({ listing }: { readonly listing: Listing }) {
  const { t, say } = useWords()
  const act = useListingAct()
  const [said, setSaid] = useState({ authorised: false, lawful: false, deidentified: false })
  const canSubmit = listing.state === 'draft' || listing.state === 'refused' || listing.state === 'withdrawn'
  return (
    <Card withBorder>
      <Stack gap="sm">
        <Heading listing={listing} />
        {listing.reviewNote ? <Text size="sm">{listing.reviewNote}</Text> : null}
        {listing.sheet ? null : <Text c="dimmed">{t('reading')}</Text>}
        <Group align="stretch">
          {listing.plans.map((plan) => (
            <Card key={plan.id} withBorder padding="xs">
              <Text size="sm" fw={600}>
                {say(plan.title)}
              </Text>
              <Terms plan={plan} />
            </Card>
          ))}
        </Group>
        <AddPlan id={listing.id} />
        <ProblemNote error={act.error} />
        {canSubmit && listing.sheet ? (
          <Stack gap="xs">
            {(['authorised', 'lawful', 'deidentified'] as const).map((point) => (
              <Checkbox
                key={point}
                label={t(point)}
                checked={said[point]}
                onChange={(event) => setSaid({ ...said, [point]: event.currentTarget.checked })}
              />
            ))}
            <Group>
              <Button
                loading={act.isPending}
                onClick={() => act.mutate({ path: `/api/listings/${listing.id}/submit`, body: { declarations: said } })}
              >
                {t('submit')}
              </Button>
            </Group>
          </Stack>
        ) : null}
        {listing.state === 'listed' ? (
          <Group>
            <Button variant="default" onClick={() => act.mutate({ path: `/api/listings/${listing.id}/withdraw` })}>
              {t('withdraw')}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Card>
  )
}

interface PlanKind {
  readonly kind: string
  readonly title: Words
  readonly doc: Words
  readonly example: unknown
}

function AddPlan({ id }: { readonly id: string }) {
  const { t, say } = useWords()
  const kinds = useQuery({ queryKey: ['plans'], queryFn: () => get<{ items: PlanKind[] }>('/api/plans') })
  const act = useListingAct()
  const [kind, setKind] = useState('')
  const [terms, setTerms] = useState('')
  const chosen = kinds.data?.items.find((one) => one.kind === kind)
  const add = (): void => {
    try {
      act.mutate({ path: `/api/listings/${id}/plans`, body: { kind, terms: JSON.parse(terms) as unknown } })
    } catch {
      setTerms(terms)
    }
  }
  return (
    <Stack gap="xs">
      <NativeSelect
        label={t('addPlan')}
        value={kind}
        data={[{ value: '', label: '–' }, ...(kinds.data?.items ?? []).map((one) => ({ value: one.kind, label: say(one.title) }))]}
        onChange={(event) => {
          const next = event.currentTarget.value
          setKind(next)
          setTerms(JSON.stringify(kinds.data?.items.find((one) => one.kind === next)?.example ?? {}, null, 2))
        }}
        maw={320}
      />
      {chosen ? (
        <>
          <Text size="sm" c="dimmed">
            {say(chosen.doc)}
          </Text>
          <Textarea
            label={t('terms')}
            value={terms}
            onChange={(event) => setTerms(event.currentTarget.value)}
            autosize
            minRows={3}
            ff="monospace"
            maw={480}
          />
          <ProblemNote error={act.error} />
          <Group>
            <Button variant="default" loading={act.isPending} onClick={add}>
              {t('addPlan')}
            </Button>
          </Group>
        </>
      ) : null}
    </Stack>
  )
}

function Reviews() {
  const { t } = useWords()
  const query = useQuery({ queryKey: ['reviews'], queryFn: () => get<{ items: Listing[] }>('/api/reviews'), refetchInterval: LOOK_MS })
  const act = useListingAct()
  return (
    <StateOf query={query}>
      {({ items }) =>
        items.length === 0 ? null : (
          <Stack>
            <Title order={2}>{t('reviews')}</Title>
            <ProblemNote error={act.error} />
            {items.map((listing) => (
              <Card key={listing.id} withBorder>
                <Stack gap="sm">
                  <Heading listing={listing} />
                  <Sheet listing={listing} />
                  <Group>
                    <Button onClick={() => act.mutate({ path: `/api/reviews/${listing.id}`, body: { decision: 'list' } })}>
                      {t('list')}
                    </Button>
                    <Button
                      variant="default"
                      onClick={() => act.mutate({ path: `/api/reviews/${listing.id}`, body: { decision: 'refuse' } })}
                    >
                      {t('refuse')}
                    </Button>
                  </Group>
                </Stack>
              </Card>
            ))}
          </Stack>
        )
      }
    </StateOf>
  )
}
