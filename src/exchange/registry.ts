import { type Loaded, loadPlugin, loadPlugins, pluginIds } from '../base/plugin/index.ts'
import type { Delivery } from './delivery.ts'
import type { AnyPlan } from './plan.ts'
import type { Tokenizer } from './tokenizer.ts'

const PLANS = new URL('./plans/', import.meta.url)
const TOKENIZERS = new URL('./tokenizers/', import.meta.url)

/** Every way of paying, by name. */
export const loadPlans = (): Promise<Loaded<AnyPlan>[]> => loadPlugins<AnyPlan>(PLANS)

/** One; undefined when there is none of that name. */
export const loadPlan = (id: string): Promise<Loaded<AnyPlan> | undefined> => loadPlugin<AnyPlan>(PLANS, id)

export const planIds = (): string[] => pluginIds(PLANS)

export const tokenizerIds = (): string[] => pluginIds(TOKENIZERS)

export const loadTokenizer = (id: string): Promise<Loaded<Tokenizer> | undefined> => loadPlugin<Tokenizer>(TOKENIZERS, id)

/** Every protocol that buyers load by, by name. */
export const loadDeliveries = (): Promise<Loaded<Delivery>[]> => loadPlugins<Delivery>(new URL('./delivery/', import.meta.url))
