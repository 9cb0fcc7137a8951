export * from './aspects.ts'
export * from './draft.ts'
export * from './indicator.ts'
