import { Alert, Button, Card, Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { get, type Me, post } from '../api.ts'
import { Empty, Page } from '../parts/page.tsx'
import { Rows, When } from '../parts/rows.tsx'
import { ProblemNote, StateOf } from '../parts/state-of.tsx'
import { useWords, type Words } from '../words.tsx'

interface Payment {
  readonly id: string
  readonly organisation: string
  readonly amount: string
  readonly reference: string
  readonly state: 'announced' | 'confirmed' | 'refused'
  readonly announcedAt: string
}

interface Line {
  readonly transactionId: string
  readonly kind: string
  readonly at: string
  readonly account: string
  readonly amount: string
}

/** Balances, money on its way, and every posting behind them. */
export function LedgerPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const mayRead = me.permissions.includes('ledger:read')
  return (
    <Page
      title={t('ledger')}
      action={
        mayRead ? (
          <Button component="a" href="/api/statement.csv" download variant="default">
            {t('statement')}
          </Button>
        ) : null
      }
    >
      <Balances />
      {me.permissions.includes('payments:write') ? <PayIn /> : null}
      <Payments canSettle={me.permissions.includes('payments:settle')} />
      {mayRead ? <Postings /> : null}
    </Page>
  )
}

function Balances() {
  const { t } = useWords()
  const query = useQuery({ queryKey: ['wallet'], queryFn: () => get<{ items: { account: string; balance: string }[] }>('/api/wallet') })
  return (
    <StateOf query={query}>
      {({ items }) => (
        <SimpleGrid cols={{ base: 1, sm: 4 }} aria-label={t('wallet')}>
          {items.map(({ account, balance }) => (
            <Card key={`${account} ${balance}`} withBorder padding="sm">
              <Text size="sm" c="dimmed">
                {account}
              </Text>
              <Text fz={20} fw={600}>
                {balance}
              </Text>
            </Card>
          ))}
        </SimpleGrid>
      )}
    </StateOf>
  )
}

function PayIn() {
  const { t, say } = useWords()
  const [amount, setAmount] = useState('')
  const client = useQueryClient()
  const pay = useMutation({
    mutationFn: () => post<{ instructions: Words }>('/api/payments', { amount, currency: 'CNY' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['payments'] }),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        pay.mutate()
      }}
    >
      <Stack gap="sm">
        <Group align="flex-end">
          <TextInput
            label={`${t('amount')} (CNY)`}
            value={amount}
            onChange={(event) => setAmount(event.currentTarget.value)}
            inputMode="decimal"
            pattern="\d+(\.\d{1,2})?"
            required
          />
          <Button type="submit" loading={pay.isPending}>
            {t('payIn')}
          </Button>
        </Group>
        <ProblemNote error={pay.error} />
        {pay.data ? <Alert role="status">{say(pay.data.instructions)}</Alert> : null}
      </Stack>
    </form>
  )
}

function Payments({ canSettle }: { readonly canSettle: boolean }) {
  const { t } = useWords()
  const client = useQueryClient()
  const query = useQuery({ queryKey: ['payments'], queryFn: () => get<{ items: Payment[] }>('/api/payments') })
  const settle = useMutation({
    mutationFn: ({ id, decision }: { id: string; decision: 'confirm' | 'refuse' }) => post(`/api/payments/${id}/settle`, { decision }),
    onSuccess: () => client.invalidateQueries(),
  })
  return (
    <StateOf query={query}>
      {({ items }) =>
        items.length === 0 ? null : (
          <Stack gap="sm">
            <Title order={2}>{t('payments')}</Title>
            <ProblemNote error={settle.error} />
            <Rows
              label={t('payments')}
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                { title: t('created'), cell: ({ announcedAt }) => <When at={announcedAt} /> },
                { title: t('organisation'), cell: ({ organisation }) => organisation },
                { title: t('reference'), cell: ({ reference }) => <span className="hash">{reference}</span> },
                { title: t('amount'), isNumber: true, cell: ({ amount }) => amount },
                { title: t('state'), cell: ({ state }) => t(state) },
                ...(canSettle
                  ? [
                      {
                        title: t('confirm'),
                        cell: ({ id, state }: Payment) =>
                          state === 'announced' ? (
                            <Group gap="xs" wrap="nowrap">
                              <Button size="compact-sm" onClick={() => settle.mutate({ id, decision: 'confirm' })}>
                                {t('confirm')}
                              </Button>
                              <Button size="compact-sm" variant="default" onClick={() => settle.mutate({ id, decision: 'refuse' })}>
                                {t('refuse')}
                              </Button>
                            </Group>
                          ) : null,
                      },
                    ]
                  : []),
              ]}
            />
          </Stack>
        )
      }
    </StateOf>
  )
}

function Postings() {
  const { t } = useWords()
  const query = useQuery({ queryKey: ['postings'], queryFn: () => get<{ items: Line[] }>('/api/ledger?limit=500') })
  return (
    <Stack gap="sm">
      <Title order={2}>{t('postings')}</Title>
      <StateOf query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('noPostings')}</Empty>
          ) : (
            <Rows
              label={t('postings')}
              rows={items}
              keyOf={({ transactionId, account, amount }) => `${transactionId} ${account} ${amount}`}
              columns={[
                { title: t('created'), cell: ({ at }) => <When at={at} /> },
                { title: t('kind'), cell: ({ kind }) => kind },
                { title: t('account'), cell: ({ account }) => <span className="hash">{account}</span> },
                { title: t('amount'), isNumber: true, cell: ({ amount }) => amount },
              ]}
            />
          )
        }
      </StateOf>
    </Stack>
  )
}
