import type { SparkApplication } from './spark-application.ts'
import type { ExecutorCommand } from './work-order.ts'

/** Where a stage's files go, and what executors run. */
export interface SparkPlace {
  readonly application: SparkApplication
  readonly command: ExecutorCommand
  /** Path of the tasks' module from the folder of compiled code. */
  readonly module: string
  /** A new folder for one stage, as this machine and the executors name it. */
  readonly stageFolder: (name: string) => string
}
