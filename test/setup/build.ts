import { execFileSync } from 'node:child_process'

/** Worker threads run compiled code, so tests compile first. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build:server'], { stdio: 'inherit' })
}
