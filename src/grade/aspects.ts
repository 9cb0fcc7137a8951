import type { Words } from '../base/problem/index.ts'

/** One aspect of the documentation that an indicator looks for. */
export interface Aspect {
  readonly key: string
  readonly title: Words
  /** What to write under `documentation:` in the recipe. */
  readonly write: Words
}

const aspect = (key: string, title: Words, write: Words): Aspect => ({ key, title, write })

/**
 * The twenty documentation aspects by indicator, five each.
 * Source: TC609-5-2025-04, 0101–0104, as an evaluator's rule catalogue lists them.
 */
export const ASPECTS: Readonly<Record<'0101' | '0102' | '0103' | '0104', readonly Aspect[]>> = {
  '0101': [
    aspect('scale', { zh: '数据规模', en: 'scale' }, { zh: '记录数、文件数和字节数', en: 'numbers of records, files and bytes' }),
    aspect(
      'format',
      { zh: '格式规范', en: 'format' },
      { zh: '文件格式、编码与字段定义', en: 'file format, encoding and field definitions' },
    ),
    aspect('structure', { zh: '文件结构', en: 'file structure' }, { zh: '目录、分片与划分方式', en: 'folders, shards and splits' }),
    aspect('access', { zh: '获取渠道', en: 'access' }, { zh: '从哪里、以何种条件获取', en: 'where and on what terms to get it' }),
    aspect(
      'support',
      { zh: '技术支持', en: 'support' },
      { zh: '联系人、联系方式与响应时间', en: 'whom to ask, how, and how soon they answer' },
    ),
  ],
  '0102': [
    aspect(
      'modality',
      { zh: '数据模态', en: 'modality' },
      { zh: '文本、表格、时序、图像或音频', en: 'text, table, series, image or audio' },
    ),
    aspect('distribution', { zh: '数据分布', en: 'distribution' }, { zh: '关键字段的分布', en: 'how the key fields are distributed' }),
    aspect('label-statistics', { zh: '标签统计', en: 'label statistics' }, { zh: '各标签的记录数', en: 'records per label' }),
    aspect('samples', { zh: '样例', en: 'samples' }, { zh: '几条有代表性的记录', en: 'a few typical records' }),
    aspect(
      'limitations',
      { zh: '局限性', en: 'limitations' },
      { zh: '缺什么、偏向什么、不宜用于什么', en: 'what is missing, biased, or not to be used for' },
    ),
  ],
  '0103': [
    aspect('source', { zh: '数据来源', en: 'source' }, { zh: '每个来源及其授权', en: 'each source with its authorisation' }),
    aspect(
      'collection',
      { zh: '采集方法', en: 'collection' },
      { zh: '何时、何地、用何种设备或方法采集', en: 'when, where and with what it was collected' },
    ),
    aspect('processing', { zh: '处理流程', en: 'processing' }, { zh: '清洗与转换的步骤', en: 'the steps of cleaning and conversion' }),
    aspect(
      'annotation-spec',
      { zh: '标注规范', en: 'annotation rules' },
      { zh: '标签定义、标注规则与质检办法', en: 'label definitions, rules and quality control' },
    ),
    aspect('version-record', { zh: '版本记录', en: 'version record' }, { zh: '各版本的变化', en: 'what changed in each version' }),
  ],
  '0104': [
    aspect('license', { zh: '许可', en: 'licence' }, { zh: '许可名称及允许的用途', en: 'name of the licence and what it allows' }),
    aspect('scenarios', { zh: '目标场景', en: 'target scenarios' }, { zh: '面向哪些任务与业务', en: 'the tasks and business it is for' }),
    aspect(
      'evaluation-method',
      { zh: '评测方法', en: 'evaluation method' },
      { zh: '指标、划分与计算方法', en: 'metrics, splits and how they are computed' },
    ),
    aspect('benchmark', { zh: '基准结果', en: 'benchmark result' }, { zh: '参考模型的得分', en: 'the score of a reference model' }),
    aspect('cases', { zh: '典型案例', en: 'typical cases' }, { zh: '已有的应用及效果', en: 'where it was used and to what effect' }),
  ],
}
