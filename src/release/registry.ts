import { type Loaded, loadPlugin, loadPlugins, pluginIds } from '../base/plugin/index.ts'
import type { ExportForm } from './export-form.ts'

const FOLDER = new URL('./exports/', import.meta.url)

/** Names of all forms that a release can be exported to, sorted. */
export const exportFormIds = (): string[] => pluginIds(FOLDER)

/** Every form, by name. */
export const loadExportForms = (): Promise<Loaded<ExportForm>[]> => loadPlugins<ExportForm>(FOLDER)

/** One form; undefined when there is none of that name. */
export const loadExportForm = (id: string): Promise<Loaded<ExportForm> | undefined> => loadPlugin<ExportForm>(FOLDER, id)
