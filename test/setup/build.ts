import { execFileSync } from 'node:child_process'

/** Worker threads run compiled code, so tests compile first. */
export function setup(): void {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--noCheck'], { stdio: 'inherit' })
}
