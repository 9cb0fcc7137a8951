import { Button, Popover, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { post } from '../api.ts'
import { ProblemNote } from '../parts/state-of.tsx'
import { useWords } from '../words.tsx'

/** Lists a version: its sheet is computed, a name for addresses is all that is asked. */
export function NewListing({ dataset, version }: { readonly dataset: string; readonly version: string }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const [handle, setHandle] = useState(
    dataset
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, ''),
  )
  const create = useMutation({
    mutationFn: () => post('/api/listings', { dataset, version, handle }),
    onSuccess: () => navigate('/listings'),
  })
  return (
    <Popover width={320} position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <Button>{t('newListing')}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            create.mutate()
          }}
        >
          <Stack gap="sm">
            <TextInput
              label={t('handle')}
              value={handle}
              onChange={(event) => setHandle(event.currentTarget.value)}
              pattern="[a-z0-9][a-z0-9._\-]{0,94}"
              required
            />
            <ProblemNote error={create.error} />
            <Button type="submit" loading={create.isPending}>
              {t('create')}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
