import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FaultyProxy, type ProxyOptions, startProxy } from './faulty-proxy.ts'

/** A real S3 server behind a proxy that fails as told. */
export interface ObjectStore extends FaultyProxy {
  /** Environment under which the store is found. */
  readonly environment: Record<string, string>
  /** Where the server keeps its objects. */
  readonly directory: string
  stop(): Promise<void>
}

export async function startObjectStore(options: ProxyOptions = {}): Promise<ObjectStore> {
  const directory = mkdtempSync(join(tmpdir(), 'objects-'))
  const server = fork('test/store/serve-objects.mjs', [directory, 'lake', 'other-lake'], { execArgv: ['--openssl-legacy-provider'] })
  const port = await new Promise<number>((resolve, reject) => {
    server.once('message', (message) => resolve(message as number))
    server.once('exit', () => reject(new Error('the S3 server did not start')))
  })
  const proxy = await startProxy(port, options)
  return Object.assign(proxy, {
    directory,
    environment: {
      AWS_ENDPOINT_URL: proxy.endpoint,
      // The only account that s3rver knows; it is no secret.
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    stop: async () => {
      await proxy.close()
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill()
      await gone
      rmSync(directory, { recursive: true, force: true })
    },
  })
}
