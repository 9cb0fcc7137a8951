import { Alert, Code, Loader, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Refusal } from '../api.ts'
import { useWords } from '../words.tsx'

/** What went wrong and what to do, in the reader's language, with the id for support. */
export function ProblemNote({ error }: { readonly error: unknown }) {
  const { say, t } = useWords()
  if (!error) return null
  const refusal =
    error instanceof Refusal ? error : new Refusal(0, { message: { zh: '连不上服务器。', en: 'The server cannot be reached.' } })
  return (
    <Alert color="red" variant="light" role="alert" title={say(refusal.words)}>
      <Text size="sm">{say(refusal.advice)}</Text>
      {refusal.id === '' ? null : (
        <Text size="xs" c="dimmed">
          {t('support')}: <Code>{refusal.id}</Code>
        </Text>
      )}
    </Alert>
  )
}

/** The data of a query once it is there; until then that it loads, or why it does not. */
export function StateOf<T>({ query, children }: { readonly query: UseQueryResult<T>; readonly children: (data: T) => ReactNode }) {
  const { t } = useWords()
  if (query.isPending) return <Loader size="sm" aria-label={t('loading')} />
  if (query.isError) return <ProblemNote error={query.error} />
  return <>{children(query.data)}</>
}
