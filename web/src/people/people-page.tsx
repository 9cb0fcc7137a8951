import { Alert, Button, Code, Group, MultiSelect, PasswordInput, Stack, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { get, type Me, post, remove } from '../api.ts'
import { formValues } from '../parts/form-values.ts'
import { Page } from '../parts/page.tsx'
import { Rows, When } from '../parts/rows.tsx'
import { ProblemNote, StateOf } from '../parts/state-of.tsx'
import { useWords } from '../words.tsx'

const ROLES = ['owner', 'engineer', 'annotator', 'reviewer', 'expert', 'buyer', 'coordinator', 'auditor', 'finance']

interface Member {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly string[]
}

interface Key {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly createdAt: string
  readonly revokedAt: string | null
}

/** Who belongs to the organisation, and the keys of one's own programs. */
export function PeoplePage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const may = (permission: string): boolean => me.permissions.includes(permission)
  return (
    <Page title={t('people')} note={me.organisation}>
      {may('members:read') ? <Members /> : null}
      {may('members:write') ? <AddMember /> : null}
      {may('keys:write') ? <Keys me={me} /> : null}
    </Page>
  )
}

function Members() {
  const { t } = useWords()
  const query = useQuery({ queryKey: ['members'], queryFn: () => get<{ items: Member[] }>('/api/members') })
  return (
    <StateOf query={query}>
      {({ items }) => (
        <Rows
          label={t('members')}
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            { title: t('name'), cell: ({ name }) => name },
            { title: t('email'), cell: ({ email }) => email },
            { title: t('roles'), cell: ({ roles }) => roles.join(', ') },
          ]}
        />
      )}
    </StateOf>
  )
}

function AddMember() {
  const { t, language } = useWords()
  const client = useQueryClient()
  const [roles, setRoles] = useState<string[]>(['annotator'])
  const add = useMutation({
    mutationFn: (form: Partial<Record<string, string>>) => post('/api/members', { ...form, roles, language }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['members'] }),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate(formValues(event.currentTarget, ['name', 'email', 'password']))
      }}
    >
      <Stack gap="sm" maw={420}>
        <Title order={2}>{t('addMember')}</Title>
        <TextInput name="name" label={t('name')} required />
        <TextInput name="email" type="email" label={t('email')} required />
        <PasswordInput
          name="password"
          label={t('password')}
          description={t('passwordHint')}
          minLength={10}
          required
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('password') }}
        />
        <MultiSelect label={t('roles')} data={ROLES} value={roles} onChange={setRoles} />
        <ProblemNote error={add.error} />
        <Button type="submit" loading={add.isPending}>
          {t('addMember')}
        </Button>
      </Stack>
    </form>
  )
}

function Keys({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<string[]>(me.permissions.includes('delivery:read') ? ['delivery:read'] : [])
  const query = useQuery({ queryKey: ['keys'], queryFn: () => get<{ items: Key[] }>('/api/keys') })
  const again = () => client.invalidateQueries({ queryKey: ['keys'] })
  const create = useMutation({ mutationFn: () => post<{ secret: string }>('/api/keys', { name, scopes }), onSuccess: again })
  const revoke = useMutation({ mutationFn: (id: string) => remove(`/api/keys/${id}`), onSuccess: again })
  return (
    <Stack gap="sm">
      <Title order={2}>{t('keys')}</Title>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
      >
        <Group align="flex-end">
          <TextInput label={t('keyName')} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={100} />
          <MultiSelect label={t('scopes')} data={[...me.permissions]} value={scopes} onChange={setScopes} miw={220} />
          <Button type="submit" loading={create.isPending} disabled={scopes.length === 0}>
            {t('newKey')}
          </Button>
        </Group>
      </form>
      <ProblemNote error={create.error ?? revoke.error} />
      {create.data ? (
        <Alert role="status">
          {t('keyOnce')} <Code>{create.data.secret}</Code>
        </Alert>
      ) : null}
      <StateOf query={query}>
        {({ items }) => (
          <Rows
            label={t('keys')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { title: t('keyName'), cell: (key) => key.name },
              { title: t('scopes'), cell: (key) => key.scopes.join(', ') },
              { title: t('created'), cell: ({ createdAt }) => <When at={createdAt} /> },
              {
                title: t('revoke'),
                cell: ({ id, revokedAt }) =>
                  revokedAt ? (
                    t('revoked')
                  ) : (
                    <Button size="compact-sm" variant="default" onClick={() => revoke.mutate(id)}>
                      {t('revoke')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </StateOf>
    </Stack>
  )
}
