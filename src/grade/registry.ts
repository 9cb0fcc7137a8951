import { loadPlugins } from '../base/plugin/index.ts'
import type { Indicator } from './indicator.ts'

const FOLDER = new URL('./indicators/', import.meta.url)

/** Every indicator, in order of its code. */
export const loadIndicators = async (): Promise<readonly Indicator[]> => (await loadPlugins<Indicator>(FOLDER)).map(({ plugin }) => plugin)
