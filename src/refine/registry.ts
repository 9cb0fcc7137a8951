import { type Loaded, loadPlugin, loadPlugins, pluginIds } from '../base/plugin/index.ts'
import type { Operator } from './operator.ts'

const FOLDER = new URL('./operators/', import.meta.url)

/** Every operator, by id. */
export const loadOperators = (): Promise<Loaded<Operator>[]> => loadPlugins<Operator>(FOLDER)

/** One operator; undefined when there is none of that id. */
export const loadOperator = (id: string): Promise<Loaded<Operator> | undefined> => loadPlugin<Operator>(FOLDER, id)

/** Ids of all operators. */
export const operatorIds = (): string[] => pluginIds(FOLDER)
