/** The module that worker threads run: build-tasks beside this file, compiled or not. */
export const TASKS = new URL(import.meta.url.endsWith('.ts') ? './build-tasks.ts' : './build-tasks.js', import.meta.url)
