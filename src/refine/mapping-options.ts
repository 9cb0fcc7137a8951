import { codeListsOf, type LoadedPack } from './packs.ts'
import { loadSimplifier, type MappingOptions } from './unify/index.ts'

/** What columns are mapped with: the pack's code lists and, where names are Chinese, simplified characters. */
export async function mappingOptions(names: readonly string[], pack: LoadedPack | undefined): Promise<MappingOptions> {
  const isChinese = names.some((name) => /\p{Script=Han}/u.test(name))
  return { codeLists: codeListsOf(pack), ...(isChinese ? { simplify: await loadSimplifier() } : {}) }
}
