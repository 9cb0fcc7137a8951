import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Folder of Highgrade's own data (keys, later the server's): HIGHGRADE_HOME, or `.highgrade` in the user's home. */
export const homeFolder = (environment: Readonly<Record<string, string | undefined>> = process.env): string =>
  environment['HIGHGRADE_HOME'] ? resolve(environment['HIGHGRADE_HOME']) : join(homedir(), '.highgrade')
