import type { Words } from '../../base/problem/index.ts'
import type { DatasetFacts, Measurement, TableFacts } from '../indicator.ts'
import { notMeasured } from '../record-share.ts'
import { rounded, toScore } from '../score.ts'
import type { Evaluation } from './evaluate.ts'
import { directionOf, trainAndEvaluate } from './evaluate.ts'
import { measureLeakage, unseenRows } from './leakage.ts'
import { findSuspects } from './suspects.ts'
import type { LearningTask } from './task.ts'
import { taskOf } from './task.ts'
import type { SplitRows, TrainingSample } from './training-sample.ts'
import { splitSample } from './training-sample.ts'

const MIN_TRAIN = 40
const MIN_TEST = 10
/** Classes past which a label is no class. */
const MAX_CLASSES = 100

/**
 * Score of a metric's value, 0..1. With a goal: achieved over goal (goal over achieved where lower is better), nothing
 * unless the model beats the trivial answer. Without: the part it gains of what the trivial answer leaves to gain.
 */
export function fitnessShare(value: number, trivial: number, task: Pick<LearningTask, 'metric' | 'goal'>): number {
  const lowerIsBetter = directionOf(task.metric) < 0
  const lift = lowerIsBetter ? trivial - value : value - trivial
  if (!(lift > 0)) return 0
  const { goal } = task
  if (goal === undefined) return Math.min(1, lift / (lowerIsBetter ? trivial : 1 - trivial))
  if (lowerIsBetter) return value <= goal ? 1 : goal / value
  return goal <= 0 ? (value >= goal ? 1 : 0) : Math.min(1, Math.max(0, value / goal))
}

function methodOf(task: LearningTask): Words {
  const learner =
    task.features.texts.length > 0
      ? { zh: '散列 n 元词上的线性模型', en: 'A linear model on hashed n-grams' }
      : { zh: '梯度提升树', en: 'Gradient-boosted trees' }
  const score =
    task.goal === undefined
      ? {
          zh: '未声明目标值：得分 = 模型比平凡答案多获得的部分 ÷ 平凡答案尚未获得的部分',
          en: 'no goal is declared: score = what the model gains over the trivial answer, over what that leaves to gain',
        }
      : {
          zh: `得分 = 达到值 ÷ 目标值 ${task.goal}（越低越好的指标取倒数），不优于平凡答案时为 0`,
          en: `score = achieved over the goal ${task.goal} (the inverse where lower is better), 0 unless better than the trivial answer`,
        }
  return {
    zh: `用训练划分的样本训练${learner.zh}（5 个种子），在未见过的划分上计算 ${task.metric}，与平凡答案（最常见的类或均值）比较；${score.zh}。区间为 95% 自助法。`,
    en: `${learner.en} trained on a sample of the training split (5 seeds), ${task.metric} on an unseen split, against the trivial answer (commonest class or mean); ${score.en}. Interval: 95% bootstrap.`,
  }
}

function rowsProblem(task: LearningTask, { train, test }: SplitRows): Measurement | undefined {
  if (task.features.texts.length + task.features.numbers.length + task.features.words.length === 0 && !task.thumbnail) {
    return notMeasured(
      { zh: '除目标外没有可供学习的字段。', en: 'There is no field to learn from besides the target.' },
      { zh: '在 demand.task.features 中列出特征字段。', en: 'List the features in demand.task.features.' },
    )
  }
  if (train.length < MIN_TRAIN || test.length < MIN_TEST) {
    return notMeasured(
      {
        zh: `带目标值的记录太少：训练 ${train.length} 条，测试 ${test.length} 条。`,
        en: `Too few records with a target: ${train.length} to train on, ${test.length} to test on.`,
      },
      { zh: `至少需要训练 ${MIN_TRAIN} 条、测试 ${MIN_TEST} 条。`, en: `At least ${MIN_TRAIN} and ${MIN_TEST} are needed.` },
    )
  }
  const classes = new Set(train.map(({ target }) => target)).size
  if (task.kind === 'classification' && (classes < 2 || classes > MAX_CLASSES)) {
    return notMeasured(
      {
        zh: `目标 ${task.target} 有 ${classes} 个不同取值，无法作为分类训练。`,
        en: `The target ${task.target} has ${classes} different values, which makes no classification.`,
      },
      { zh: '检查标签字段，或在 demand.task 中声明任务。', en: 'Check the label field, or declare the task under demand.task.' },
    )
  }
  return undefined
}

function adviceOf(task: LearningTask, share: number): Words {
  if (!task.declared)
    return {
      zh: '在 demand.task 中声明任务、指标与目标值，评价才对应真实场景。',
      en: 'Declare task, metric and goal under demand.task, so that the score speaks of the real scenario.',
    }
  if (share >= 0.9) return { zh: '模型达到目标。', en: 'The model meets its goal.' }
  return { zh: '补充难例与标注，或检查标签与特征。', en: 'Add hard cases and labels, or check labels and features.' }
}

const roundedRecord = (values: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, rounded(value)]))

const evidenceOf = (evaluation: Evaluation, task: LearningTask, rows: SplitRows): Record<string, unknown> => ({
  target: task.target,
  kind: task.kind,
  metric: task.metric,
  goal: task.goal ?? null,
  taskDeclared: task.declared,
  trainRows: evaluation.trainRows,
  testRows: evaluation.testRows,
  testSplit: rows.heldOut ?? 'a fifth set aside by hash of group or id',
  achieved: rounded(evaluation.achieved),
  trivial: rounded(evaluation.baseline[task.metric] ?? Number.NaN),
  lift: rounded(evaluation.lift),
  liftInterval: { low: rounded(evaluation.liftInterval.low), high: rounded(evaluation.liftInterval.high) },
  runs: evaluation.runs.map(({ seed, metrics }) => ({ seed, ...roundedRecord(metrics) })),
})

/** Model fitness of the table that has a task. */
export function concludeFitness(dataset: DatasetFacts, samples: readonly TrainingSample[]): Measurement {
  const place = dataset.tables.findIndex((table) => taskOf(table) !== undefined)
  const task = dataset.tables[place] && taskOf(dataset.tables[place] as TableFacts)
  const sample = samples[place]
  if (!task || !sample) {
    return notMeasured(
      { zh: '没有声明任务，也没有标签字段。', en: 'No task is declared, and there is no label field.' },
      {
        zh: '在 highgrade.yaml 的 demand.task 中声明目标字段与指标。',
        en: 'Declare target and metric under demand.task in highgrade.yaml.',
      },
    )
  }
  const rows = splitSample(sample)
  const tooFew = rowsProblem(task, rows)
  if (tooFew) return tooFew
  const leakage = measureLeakage(sample, rows.train, rows.test)
  const test = unseenRows(rows.train, rows.test, leakage)
  const stillTooFew = rowsProblem(task, { ...rows, test })
  if (stillTooFew) return stillTooFew
  const evaluation = trainAndEvaluate({ train: rows.train, test, task })
  const trivial = evaluation.baseline[task.metric] ?? Number.NaN
  const direction = directionOf(task.metric)
  const share = (value: number): number => toScore(fitnessShare(value, trivial, task))
  const ends = [evaluation.liftInterval.low, evaluation.liftInterval.high].map((lift) => share(trivial + direction * lift))
  const suspects = findSuspects(rows.train, task)
  return {
    status: 'measured',
    score: share(evaluation.achieved),
    n: test.length,
    interval: { low: ends[0] ?? 0, high: ends[1] ?? 100, level: 0.95, method: 'bootstrap' },
    method: methodOf(task),
    evidence: {
      ...evidenceOf(evaluation, task, rows),
      leftOutAsLeaked: rows.test.length - test.length,
      leakage,
      suspectLabels: suspects ?? null,
    },
    failing: [],
    advice: adviceOf(task, share(evaluation.achieved) / 100),
    reproducible: true,
  }
}
