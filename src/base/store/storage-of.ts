import { isRemote } from './location.ts'
import type { Storage } from './storage.ts'
import { folderStorage } from './storages/folder.ts'
import { s3Storage } from './storages/s3.ts'

const folders = folderStorage()
const stores = new Map<string, Storage>()

/** Variables that say which object store is meant. */
const VARIABLES = [
  'AWS_ENDPOINT_URL_S3',
  'AWS_ENDPOINT_URL',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_MAX_ATTEMPTS',
]

/** The storage that a path leads to. One object store an environment, so that its connections are kept. */
export function storageOf(path: string, environment: Readonly<Record<string, string | undefined>> = process.env): Storage {
  if (!isRemote(path)) return folders
  const key = JSON.stringify(VARIABLES.map((name) => environment[name]))
  const store = stores.get(key) ?? s3Storage({ environment })
  stores.set(key, store)
  return store
}
