/** Roles of an organisation's members. */
export const ROLES = ['owner', 'engineer', 'annotator', 'reviewer', 'expert', 'buyer', 'coordinator', 'auditor', 'finance'] as const
export type Role = (typeof ROLES)[number]

/** What a request may need. An act is named for what it touches and how. */
export const PERMISSIONS = [
  'account:self',
  'organisations:write',
  'members:read',
  'members:write',
  'keys:write',
  'jobs:read',
  'builds:write',
  'datasets:read',
  'datasets:write',
  'tasks:write',
  'tasks:label',
  'tasks:adjudicate',
  'catalogue:read',
  'listings:write',
  'listings:review',
  'orders:read',
  'orders:write',
  'delivery:read',
  'payments:write',
  'payments:settle',
  'ledger:read',
  'assets:read',
  'assets:write',
  'feedback:write',
  'audit:read',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** What only those may do whose organisation runs the platform. */
const OF_OPERATOR: ReadonlySet<Permission> = new Set(['organisations:write', 'listings:review', 'payments:settle'])

/** Every member may read about themselves, and what is on offer. */
const OF_ALL: readonly Permission[] = ['account:self', 'catalogue:read']

/** The one table of who may do what. What is not here is refused. */
const GRANTS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: PERMISSIONS,
  engineer: [
    'members:read',
    'keys:write',
    'jobs:read',
    'builds:write',
    'datasets:read',
    'datasets:write',
    'tasks:write',
    'listings:write',
    'orders:read',
    'delivery:read',
    'assets:read',
    'feedback:write',
  ],
  annotator: ['tasks:label'],
  reviewer: ['datasets:read', 'tasks:label', 'listings:review'],
  expert: ['datasets:read', 'tasks:label', 'tasks:adjudicate'],
  buyer: ['keys:write', 'orders:read', 'orders:write', 'delivery:read', 'payments:write', 'feedback:write'],
  coordinator: ['members:read', 'jobs:read', 'datasets:read', 'tasks:write', 'orders:read', 'assets:read'],
  auditor: ['members:read', 'jobs:read', 'datasets:read', 'orders:read', 'ledger:read', 'assets:read', 'audit:read'],
  finance: ['members:read', 'orders:read', 'payments:write', 'payments:settle', 'ledger:read', 'assets:read', 'assets:write'],
}

/** All that these roles may do, in the order of PERMISSIONS. @param isOperator is it in the organisation that runs the platform? */
export const permissionsOf = (roles: readonly Role[], isOperator: boolean): Permission[] =>
  PERMISSIONS.filter(
    (one) => (isOperator || !OF_OPERATOR.has(one)) && (OF_ALL.includes(one) || roles.some((role) => GRANTS[role].includes(one))),
  )
