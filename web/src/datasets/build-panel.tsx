import { Button, Card, Group, Select, Stack, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { get, post } from '../api.ts'
import { ProblemNote, StateOf } from '../parts/state-of.tsx'
import { useWords } from '../words.tsx'

interface Inputs {
  readonly examples: readonly string[]
  readonly raw: readonly { readonly path: string; readonly name: string }[]
}

/** Starts a build of an example or of raw data that lie on the server. */
export function BuildPanel() {
  const { t } = useWords()
  const inputs = useQuery({ queryKey: ['inputs'], queryFn: () => get<Inputs>('/api/inputs') })
  const [chosen, setChosen] = useState<string | null>(null)
  const client = useQueryClient()
  const navigate = useNavigate()
  const build = useMutation({
    mutationFn: (value: string) =>
      post<{ job: string }>('/api/builds', { input: value.startsWith('example:') ? { example: value.slice(8) } : { path: value } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['jobs'] })
      navigate('/jobs')
    },
  })
  return (
    <Card withBorder>
      <Stack gap="sm">
        <Title order={2}>{t('startBuild')}</Title>
        <StateOf query={inputs}>
          {({ examples, raw }) => (
            <Group align="flex-end">
              <Select
                label={`${t('example')} / ${t('rawFolder')}`}
                searchable
                data={[
                  { group: t('example'), items: examples.map((name) => ({ value: `example:${name}`, label: name })) },
                  { group: t('rawFolder'), items: raw.map(({ path, name }) => ({ value: path, label: name })) },
                ]}
                value={chosen}
                onChange={setChosen}
                w={340}
                maw="100%"
              />
              <Button disabled={chosen === null} loading={build.isPending} onClick={() => chosen !== null && build.mutate(chosen)}>
                {t('startBuild')}
              </Button>
            </Group>
          )}
        </StateOf>
        <ProblemNote error={build.error} />
      </Stack>
    </Card>
  )
}
