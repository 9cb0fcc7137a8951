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
  'audit:read',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** What only those may do whose organisation runs the platform. */
const OF_OPERATOR: ReadonlySet<Permission> = new Set(['organisations:write'])

/** Every member may read about themselves. */
const OF_ALL: readonly Permission[] = ['account:self']

/** The one table of who may do what. What is not here is refused. */
const GRANTS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: PERMISSIONS,
  engineer: ['members:read', 'keys:write', 'jobs:read', 'builds:write', 'datasets:read', 'datasets:write'],
  annotator: [],
  reviewer: ['datasets:read'],
  expert: ['datasets:read'],
  buyer: ['keys:write'],
  coordinator: ['members:read', 'jobs:read', 'datasets:read'],
  auditor: ['members:read', 'jobs:read', 'datasets:read', 'audit:read'],
  finance: ['members:read'],
}

/** All that these roles may do, in the order of PERMISSIONS. @param isOperator is it in the organisation that runs the platform? */
export const permissionsOf = (roles: readonly Role[], isOperator: boolean): Permission[] =>
  PERMISSIONS.filter(
    (one) => (isOperator || !OF_OPERATOR.has(one)) && (OF_ALL.includes(one) || roles.some((role) => GRANTS[role].includes(one))),
  )
