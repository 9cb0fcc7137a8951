import type { DatasetFacts, TableFacts } from '../indicator.ts'
import { defineIndicator } from '../indicator.ts'
import type { RecordShare } from '../record-share.ts'
import { addTally, concludeShare, countRecords, emptyShare, mergeShares, noRecords, notMeasured, type Tally } from '../record-share.ts'
import { sourceReader, statesSources, traceFault } from '../record-terms.ts'
import { isStandIn } from '../stand-ins.ts'

interface State {
  readonly share: RecordShare
  /** Why records cannot be traced. */
  readonly faults: Tally
}

const untraceable = notMeasured(
  {
    zh: '记录没有注明来自哪个原始文件，自身也没有 source 与 source_details，无法追溯。',
    en: 'No record says which raw file it is from, nor has it a source and source_details of its own, so none can be traced.',
  },
  {
    zh: '用 highgrade build 从原始文件构建，来源会随记录保存；或在记录中给出 source 与 source_details。',
    en: 'Build from the raw files with highgrade build, which keeps the source with each record; or give records a source and source_details.',
  },
)

const sourceUnstated = notMeasured(
  {
    zh: '记录可追到原始文件，但没有说明这些文件从何而来：追溯止于文件名。',
    en: 'Records lead back to raw files, but nothing says where these files are from: the trace ends at a file name.',
  },
  {
    zh: '在 highgrade.yaml 中填写 provenance.source 与 provenance.details；来源为互联网时 details 须为网址。',
    en: 'Give provenance.source and provenance.details in highgrade.yaml; details must be a web address where the source is the internet.',
  },
)

const processUnstated = notMeasured(
  {
    zh: '声明为生成数据，但没有说明生成过程。',
    en: 'The data are declared as generated, but the way they were made is not described.',
  },
  {
    zh: '在 documentation.processing 中说明生成方法与参数。',
    en: 'Describe the method and its parameters in documentation.processing.',
  },
)

/** Tables with a record whose trace ends at a raw file: they need the origin of the files. */
const leansOnFiles = (dataset: DatasetFacts, states: readonly State[]): TableFacts[] =>
  dataset.tables.filter((table, place) => !statesSources(table) && (states[place]?.share.passing ?? 0) > 0)

export default defineIndicator<State>({
  version: 2,
  code: '0205',
  dimension: 'quality',
  title: { zh: '内容真实性', en: 'Authenticity' },
  doc: {
    zh: '记录可追溯到来源：自身注明的 source 与 source_details，或原始文件及其出处；生成数据还须说明生成过程。',
    en: 'A record can be traced to its source: by a source and source_details of its own, or by its raw file and where that is from; generated data must also describe how they were made.',
  },
  source: 'TC609-5-2025-04 0205; TC609-5-2025-02 source, source_details',
  accumulation: {
    start: () => ({ share: emptyShare(), faults: [] }),
    add: (state, batch, table, origin) => {
      const failed = new Uint8Array(batch.ids.length)
      const faults = new Map<string, number>()
      const enter = (row: number, fault: string): void => {
        failed[row] = 1
        faults.set(fault, (faults.get(fault) ?? 0) + 1)
      }
      const sourceAt = statesSources(table) ? sourceReader(batch) : undefined
      for (let row = 0; row < failed.length; row++) {
        const fault = sourceAt ? traceFault(sourceAt(row)) : origin.sources[row] ? undefined : 'file'
        if (fault) enter(row, fault)
      }
      return { share: countRecords(state.share, batch.ids, failed), faults: addTally(state.faults, faults) }
    },
    merge: (left, right) => ({ share: mergeShares(left.share, right.share), faults: addTally(left.faults, right.faults) }),
  },
  conclude: (dataset, states) => {
    const total = states.map(({ share }) => share).reduce(mergeShares, emptyShare())
    if (total.records === 0) return noRecords
    const own = dataset.tables.some(statesSources)
    if (total.passing === 0 && !own) return untraceable
    if (leansOnFiles(dataset, states).length > 0 && traceFault(dataset.provenance ?? NOWHERE)) return sourceUnstated
    if (dataset.generated === true && isStandIn(dataset.documentation.get('processing') ?? '')) return processUnstated
    const faults = states.reduce<Tally>((all, state) => addTally(all, state.faults), [])
    return concludeShare([total], {
      method: {
        zh: '可追溯的记录数 ÷ 记录数。记录自带 source 与 source_details 时两者须有内容，来源为互联网时须为有效网址；否则须注明原始文件，且数据集说明文件出处。来源内容本身是否真实，机器无法判断；生成数据是否符合目标分布见 0301。',
        en: 'Records that can be traced over all records. Where records carry source and source_details, both must say something, and be a valid web address where the source is the internet; else a record must name its raw file, and the data set where its files are from. Whether the source itself tells the truth is beyond a machine; whether generated data fit the wanted distribution, see 0301.',
      },
      advice: { zh: '为没有来源的记录补充来源，或将其移除。', en: 'Give the untraced records a source, or take them out.' },
      evidence: { generated: dataset.generated ?? 'undeclared', byRecord: own, faults: Object.fromEntries(faults) },
    })
  },
})

const NOWHERE = { source: undefined, details: undefined }
