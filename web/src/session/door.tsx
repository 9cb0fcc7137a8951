import { Button, Card, Center, Loader, PasswordInput, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect } from 'react'
import { get, post } from '../api.ts'
import { formValues } from '../parts/form-values.ts'
import { ProblemNote } from '../parts/state-of.tsx'
import { type Language, useWords } from '../words.tsx'

/** Signing in, or on an empty server making the first account. */
export function Door() {
  const { t, language, setLanguage } = useWords()
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => get<{ needed: boolean }>('/api/setup') })
  const client = useQueryClient()
  const isFirst = setup.data?.needed === true
  const title = isFirst ? t('firstAccount') : t('signIn')
  useEffect(() => {
    document.title = `${title} · Highgrade`
  }, [title])
  const enter = useMutation({
    mutationFn: (form: Partial<Record<string, string>>) =>
      post(isFirst ? '/api/setup' : '/api/sessions', isFirst ? { ...form, language } : form),
    onSuccess: () => client.resetQueries(),
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    enter.mutate(formValues(event.currentTarget, ['organisation', 'name', 'email', 'password']))
  }
  return (
    <Center mih="100vh" p="md" component="main">
      <Card withBorder w={380} maw="100%" padding="lg">
        <form onSubmit={submit}>
          <Stack>
            <SegmentedControl
              aria-label={t('language')}
              data={[
                { label: '中文', value: 'zh' },
                { label: 'English', value: 'en' },
              ]}
              value={language}
              onChange={(value) => setLanguage(value as Language)}
            />
            <Title order={1}>{title}</Title>
            {setup.isPending ? <Loader size="sm" aria-label={t('loading')} /> : null}
            {isFirst ? (
              <>
                <Text size="sm" c="dimmed">
                  {t('firstAccountHint')}
                </Text>
                <TextInput name="organisation" label={t('organisation')} required maxLength={100} />
                <TextInput name="name" label={t('name')} required maxLength={100} autoComplete="name" />
              </>
            ) : null}
            <TextInput name="email" type="email" label={t('email')} required autoComplete="email" />
            <PasswordInput
              name="password"
              label={t('password')}
              {...(isFirst ? { description: t('passwordHint'), minLength: 10 } : {})}
              required
              autoComplete={isFirst ? 'new-password' : 'current-password'}
              visibilityToggleButtonProps={{ 'aria-label': t('password') }}
            />
            <ProblemNote error={enter.error ?? setup.error} />
            <Button type="submit" loading={enter.isPending}>
              {isFirst ? t('create') : t('signIn')}
            </Button>
          </Stack>
        </form>
      </Card>
    </Center>
  )
}
