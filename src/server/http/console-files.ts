import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The console as it was built; it lies beside the sources and beside compiled code. */
const FOLDER = fileURLToPath(new URL('../../../web/dist/', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Addresses of programs: what is not there is told in their own form. */
const OF_PROGRAMS = /^\/(?:api|hf|delta-sharing|croissant|openapi\.json|healthz|metrics)(?:\/|$)/

/**
 * Serves the console: its files by name, and its page for every address that people open, since each view has one.
 * @returns what answers a request, or nothing for an address that is not the console's
 */
export function consoleFiles(): (request: Request) => Response | undefined {
  const files = new Map<string, Response>()
  if (existsSync(join(FOLDER, 'index.html')))
    for (const name of readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
      const path = join(name.parentPath, name.name)
      const isHashed = path.includes(`${join('dist', 'assets')}`)
      files.set(
        `/${path.slice(FOLDER.length)}`,
        new Response(readFileSync(path), {
          headers: {
            'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
            'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
          },
        }),
      )
    }
  return ({ method, url, headers }) => {
    const { pathname } = new URL(url)
    if ((method !== 'GET' && method !== 'HEAD') || OF_PROGRAMS.test(pathname)) return undefined
    const isPage = (headers.get('accept') ?? '').includes('text/html')
    return (files.get(pathname) ?? (isPage ? files.get('/index.html') : undefined))?.clone()
  }
}
