import { type Dice, dice } from '../dice.ts'
import { madeUpName } from '../made-up-persons.ts'
import { delimited, encoded, MINUTE, moment } from '../raw-files.ts'
import { INSTRUCTIONS, OBJECTS, PLACES } from './instructions.ts'

const EPISODE_HEADER = [
  ...['回合编号', '机型', '技能', '语言指令', '开始时间', '帧数', '控制频率', '时长(秒)', '末端路径长度', '最大接触力', '终点误差'],
  ...['抓取次数', '场景', '采集方式', '采集员', '结果'],
]
const EPISODES_PER_FILE = 350
const STEPPED_EPISODES = 40
const FIRST_EPISODE = Date.UTC(2024, 4, 6, 1)

/** Raw files of the example: episodes of two laboratories and the steps of a few of them. */
export function generate(): Map<string, Uint8Array> {
  const random = dice(20240506)
  const first = episodes(random, 'LA', 'iso')
  const second = episodes(random, 'LB', 'slash')
  const stepped = first.slice(0, STEPPED_EPISODES).flatMap((row) => steps(random, row[0] as string, row[15] === 'SUCCESS'))
  return new Map([
    ['回合-实验室甲.csv', encoded(delimited([EPISODE_HEADER, ...dirtyEpisodes(random, first)]), 'gb18030')],
    ['回合-实验室乙.csv', encoded(delimited([EPISODE_HEADER, ...dirtyEpisodes(random, second)], ',', '\n'), 'utf-8')],
    ['steps.csv', encoded(delimited([STEP_HEADER, ...stepped], ',', '\n'), 'utf-8')],
  ])
}

/** Means by outcome: seconds, metres of path, newtons, metres from the goal with their spread, fewest and most grasps. */
const OUTCOMES = {
  SUCCESS: { seconds: 14, path: 1.3, force: 9, miss: 0.012, spread: 0.012, grasps: [1, 2] },
  FAILURE: { seconds: 19, path: 1.9, force: 21, miss: 0.16, spread: 0.09, grasps: [0, 5] },
} as const

function episodes(random: Dice, prefix: string, style: 'iso' | 'slash'): string[][] {
  const people = Array.from({ length: 6 }, () => madeUpName(random))
  return Array.from({ length: EPISODES_PER_FILE }, (_, at) => {
    const [skill, wordings] = random.pick(Object.entries(INSTRUCTIONS))
    const outcome = random.chance(0.62) ? 'SUCCESS' : 'FAILURE'
    const usual = OUTCOMES[outcome]
    const [rate, seconds] = [random.pick([10, 20, 30, 50]), Math.max(3, random.normal(usual.seconds, 4))]
    const frames = Math.round(rate * seconds)
    return [
      `${prefix}-${String(at + 1).padStart(4, '0')}`,
      random.pick(['Franka', 'UR5', '双臂', 'xArm6', '轮式机器人']),
      skill,
      instruction(random, wordings),
      moment(FIRST_EPISODE + at * 23 * MINUTE, style),
      String(frames),
      String(rate),
      seconds.toFixed(2),
      Math.max(0.2, random.normal(usual.path, 0.45)).toFixed(2),
      Math.max(0.4, random.normal(usual.force, 6)).toFixed(1),
      random.chance(0.03) ? '' : Math.min(0.48, Math.abs(random.normal(usual.miss, usual.spread))).toFixed(3),
      String(random.integer(usual.grasps[0], usual.grasps[1])),
      random.pick(['厨房', '桌面', '仓储', '实验室', '产线']),
      random.pick(['遥操作', 'VR遥操作', '拖动示教', '脚本策略']),
      random.pick(people),
      outcome,
    ]
  })
}

const instruction = (random: Dice, wordings: readonly string[]): string =>
  random.pick(['', '请', '麻烦', '现在', '接下来']) +
  random
    .pick(wordings)
    .replaceAll('{o}', random.pick(OBJECTS))
    .replaceAll('{q}', random.pick(OBJECTS))
    .replaceAll('{p}', random.pick(PLACES)) +
  random.pick(['。', '，动作慢一点。', '，注意不要碰倒旁边的东西。', '，完成后回到初始位置。', '！'])

/** Copies, cut rows, and episodes whose frames do not fit their time. */
function dirtyEpisodes(random: Dice, rows: readonly string[][]): string[][] {
  return rows.flatMap((row) => {
    if (random.chance(0.02)) return [row, [...row]]
    if (random.chance(0.012)) return [row, row.with(0, `${row[0]}b`).with(5, String(Number(row[5]) * 3))]
    if (random.chance(0.01)) return [row, row.slice(0, 9)]
    if (random.chance(0.008)) return [row, row.with(0, `${row[0]}c`).with(9, '9999')]
    return [row]
  })
}

const STEP_HEADER = [
  'episode_id',
  'frame_index',
  'timestamp',
  'ee_x',
  'ee_y',
  'ee_z',
  'gripper_position',
  'wrench_force',
  'joint_positions',
  'subtask',
]

/** Way points of a pick and place: position, gripper, force. */
const PHASES = [
  { name: 'REACH', to: [0.45, 0.1, 0.3], gripper: 0.9, force: 0.4 },
  { name: 'GRASP', to: [0.45, 0.1, 0.05], gripper: 0.25, force: 9 },
  { name: 'LIFT', to: [0.45, 0.1, 0.36], gripper: 0.22, force: 6 },
  { name: 'CARRY', to: [0.3, -0.35, 0.38], gripper: 0.22, force: 5.5 },
  { name: 'PLACE', to: [0.3, -0.35, 0.08], gripper: 0.6, force: 4 },
  { name: 'RETREAT', to: [0.3, -0.2, 0.42], gripper: 1, force: 0.3 },
] as const

/** Five steps a phase; a failed episode loses its object while it carries it. */
function steps(random: Dice, episode: string, isSuccess: boolean): string[][] {
  const start = FIRST_EPISODE + random.integer(0, 9000) * MINUTE
  let position = [0.1, 0, 0.5] as number[]
  const rows: string[][] = []
  for (const [index, phase] of PHASES.entries()) {
    for (let at = 0; at < 5; at++) {
      position = position.map((value, axis) => value + ((phase.to[axis] as number) - value) * 0.5 + random.normal(0, 0.006))
      const frame = index * 5 + at
      const isLost = !isSuccess && index >= 3
      const joints = Array.from({ length: 6 }, () => Number(random.normal(0, 0.9).toFixed(2)))
      rows.push([
        episode,
        String(frame),
        `${moment(start + frame * 100, 'iso')}.${frame % 10}00`,
        ...position.map((value) => value.toFixed(3)),
        Math.min(1, Math.max(0, phase.gripper + random.normal(0, 0.02))).toFixed(2),
        Math.max(0, (isLost ? 0.3 : phase.force) + random.normal(0, 0.4)).toFixed(1),
        random.chance(0.02) ? '' : JSON.stringify(joints),
        phase.name,
      ])
    }
  }
  return rows
}
