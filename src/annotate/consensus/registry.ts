import { type Loaded, loadPlugins } from '../../base/plugin/index.ts'
import type { ConsensusMethod } from './consensus.ts'

const FOLDER = new URL('./methods/', import.meta.url)

/** Every method of consensus, by name. */
export const loadConsensusMethods = (): Promise<Loaded<ConsensusMethod>[]> => loadPlugins<ConsensusMethod>(FOLDER)
