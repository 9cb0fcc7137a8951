import { defineProblem } from '../base/problem/index.ts'

export const unauthenticated = defineProblem<{ at: string }>('guard/unauthenticated', {
  zh: (p) => `${p.at}：没有有效的登录或密钥。`,
  en: (p) => `${p.at}: there is no valid session or key.`,
  advice: { zh: '请登录，或在 Authorization 中给出有效密钥。', en: 'Sign in, or give a valid key as Authorization: Bearer.' },
})

export const forbidden = defineProblem<{ at: string; expected: string }>('guard/forbidden', {
  zh: (p) => `${p.at}：需要权限 ${p.expected}。`,
  en: (p) => `${p.at}: this takes the permission ${p.expected}.`,
  advice: {
    zh: '请组织所有者授予相应角色，或换用有此范围的密钥。',
    en: 'Ask an owner of the organisation for the role, or use a key with that scope.',
  },
})

export const wrongPassword = defineProblem<Record<string, never>>('guard/wrong-password', {
  zh: () => '邮箱或密码不对。',
  en: () => 'The e-mail address or the password is wrong.',
  advice: { zh: '核对后重试；多次失败后须等待。', en: 'Check both and try again; after several failures you have to wait.' },
})

export const tooManyAttempts = defineProblem<{ seconds: number }>('guard/too-many-attempts', {
  zh: (p) => `尝试过多，请在 ${p.seconds} 秒后再试。`,
  en: (p) => `Too many attempts; try again in ${p.seconds} s.`,
  advice: { zh: '稍后重试。', en: 'Try again later.' },
})

export const alreadySetUp = defineProblem<Record<string, never>>('guard/already-set-up', {
  zh: () => '第一个账户已经建立。',
  en: () => 'The first account exists already.',
  advice: { zh: '请登录；新成员由组织所有者添加。', en: 'Sign in; an owner of the organisation adds new members.' },
})

export const emailTaken = defineProblem<{ found: string }>('guard/email-taken', {
  zh: (p) => `${p.found} 已有账户。`,
  en: (p) => `${p.found} has an account already.`,
  advice: { zh: '换一个邮箱。', en: 'Use another address.' },
})

export const keyNotFound = defineProblem<{ found: string }>('guard/key-not-found', {
  zh: (p) => `没有生效中的密钥 ${p.found}。`,
  en: (p) => `There is no key ${p.found} in force.`,
  advice: { zh: '在密钥列表中核对。', en: 'See the list of keys.' },
})

export const scopeBeyondRole = defineProblem<{ found: string }>('guard/scope-beyond-role', {
  zh: (p) => `你没有权限 ${p.found}，密钥也不能有。`,
  en: (p) => `You do not hold the permission ${p.found}, so a key of yours cannot.`,
  advice: { zh: '从范围中去掉它。', en: 'Leave it out of the scopes.' },
})

export const organisationTaken = defineProblem<Record<string, never>>('guard/organisation-taken', {
  zh: () => '已有同名组织。',
  en: () => 'There is an organisation of that name.',
  advice: { zh: '换一个名称。', en: 'Use another name.' },
})
