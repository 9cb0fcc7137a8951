import { Anchor, Card, Group, Progress, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { get, type Job, type StageProgress } from '../api.ts'
import { Empty, Page } from '../parts/page.tsx'
import { When } from '../parts/rows.tsx'
import { StateOf } from '../parts/state-of.tsx'
import { useWords } from '../words.tsx'

const LOOK_MS = 1_000

/** Builds and other work that outlives a page: stage, rate, time left. */
export function JobsPage() {
  const { t } = useWords()
  const query = useQuery({ queryKey: ['jobs'], queryFn: () => get<{ items: Job[] }>('/api/jobs'), refetchInterval: LOOK_MS })
  return (
    <Page title={t('jobs')}>
      <StateOf query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('noJobs')}</Empty>
          ) : (
            <Stack>
              {items.map((job) => (
                <JobCard key={job.id} job={job} />
              ))}
            </Stack>
          )
        }
      </StateOf>
    </Page>
  )
}

function JobCard({ job }: { readonly job: Job }) {
  const { t, say } = useWords()
  const { dataset, version } = job.result ?? {}
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between">
        <Text fw={600}>
          {job.kind} · {t(job.state)}
        </Text>
        <Text size="xs" c="dimmed">
          <When at={job.createdAt} />
        </Text>
      </Group>
      {job.state === 'running' ? job.progress.map((stage) => <StageLine key={stage.stage} stage={stage} />) : null}
      {dataset !== undefined && version !== undefined ? (
        <Anchor component={Link} to={`/datasets/${encodeURIComponent(dataset)}/${version}`}>
          {dataset} {version}
        </Anchor>
      ) : null}
      {job.problem ? (
        <Text size="sm" c="red">
          {say(job.problem.message)} {say(job.problem.advice)}
        </Text>
      ) : null}
    </Card>
  )
}

function StageLine({ stage: { stage, done, total, unit, atMs, startedMs } }: { readonly stage: StageProgress }) {
  const { t } = useWords()
  const percent = total > 0 ? Math.min(100, (done / total) * 100) : 0
  const left = done > 0 && total > done ? ((atMs - startedMs) / done) * (total - done) : 0
  return (
    <Group gap="sm" wrap="nowrap">
      <Text size="xs" w={80}>
        {stage}
      </Text>
      <Progress value={percent} flex={1} aria-label={`${stage} ${percent.toFixed(0)} %`} />
      <Text size="xs" c="dimmed" w={190} className="number">
        {done}/{total} {unit} · {Math.ceil(left / 1000)} s {t('timeLeft')}
      </Text>
    </Group>
  )
}
