import { type Dice, dice } from '../dice.ts'
import { delimited, encoded, jsonLines, MINUTE, moment } from '../raw-files.ts'

/** Length, width, height in metres, usual speed in m/s and its share of the boxes. */
const CLASSES = [
  { names: ['vehicle.car', 'Car', '小汽车'], size: [4.6, 1.85, 1.5], speed: 9, share: 0.36 },
  { names: ['vehicle.truck', 'Truck', '货车'], size: [7.6, 2.5, 3.1], speed: 8, share: 0.1 },
  { names: ['vehicle.bus.rigid', 'Bus', '公交车'], size: [11.4, 2.55, 3.15], speed: 6, share: 0.07 },
  { names: ['human.pedestrian.adult', 'Pedestrian', '行人'], size: [0.7, 0.62, 1.68], speed: 1.2, share: 0.2 },
  { names: ['vehicle.bicycle', '自行车'], size: [1.75, 0.62, 1.25], speed: 3.5, share: 0.09 },
  { names: ['vehicle.motorcycle', '电动自行车'], size: [2.05, 0.8, 1.55], speed: 7.5, share: 0.1 },
  { names: ['movable_object.trafficcone', '锥桶'], size: [0.38, 0.37, 0.72], speed: 0, share: 0.08 },
] as const

const N_SCENES = 30
const BOXES_PER_SCENE = 22
const FIRST_SCENE = Date.UTC(2024, 2, 4, 1)

/** Raw files of the example: boxes that two annotation tools gave, the ego motion of the car, and the list of scenes. */
export function generate(): Map<string, Uint8Array> {
  const random = dice(20240304)
  const scenes = Array.from({ length: N_SCENES }, (_, at) => sceneAt(random, at))
  const half = N_SCENES / 2
  return new Map([
    [
      '标注-供应商甲.jsonl',
      encoded(
        jsonLines(
          dirtyBoxes(
            random,
            scenes.slice(0, half).flatMap((scene) => boxes(random, scene, 0)),
          ),
        ),
        'utf-8',
      ),
    ],
    [
      '标注-供应商乙.jsonl',
      encoded(
        jsonLines(
          dirtyBoxes(
            random,
            scenes.slice(half).flatMap((scene) => boxes(random, scene, 2)),
          ),
        ),
        'utf-8',
      ),
    ],
    ['自车数据.csv', encoded(delimited([EGO_HEADER, EGO_UNITS, ...scenes.flatMap((scene) => egoMotion(random, scene))]), 'gb18030')],
    ['场景清单.csv', encoded(delimited([SCENE_HEADER, ...scenes.map((scene) => sceneRow(random, scene))], '\t'), 'utf-16le')],
  ])
}

interface Scene {
  readonly id: string
  readonly start: number
  readonly road: string
  readonly weather: string
  readonly isUrban: boolean
}

function sceneAt(random: Dice, at: number): Scene {
  const road = random.pick(['城市主干道', '十字路口', '高速公路', '支路', '匝道', '快速路'])
  return {
    id: `clip-${String(at + 1).padStart(3, '0')}`,
    start: FIRST_SCENE + at * 37 * MINUTE,
    road,
    weather: random.pick(['晴', '多云', '小雨', '阴', '夜晴']),
    isUrban: !['高速公路', '快速路', '匝道'].includes(road),
  }
}

/** Places after the decimal point that lidar boxes deserve. */
const rounded = (value: number): number => Number(value.toFixed(2))

function boxes(random: Dice, scene: Scene, naming: 0 | 2): object[] {
  return Array.from({ length: BOXES_PER_SCENE }, (_, at) => {
    const kind = classFor(random, scene)
    const [length, width, height] = kind.size.map((size) => rounded(size * Math.max(0.7, random.normal(1, 0.07)))) as [
      number,
      number,
      number,
    ]
    const [x, y] = [random.normal(25, 22), random.normal(0, 9)]
    const hidden = random.integer(0, 9)
    const nPoints = Math.round((length * height * 9000) / (x * x + y * y + 120) / (hidden > 7 ? 6 : 1)) + 1
    return {
      uid: `${scene.id}-${String(at).padStart(3, '0')}`,
      scene_id: scene.id,
      timestamp: frameTime(scene.start + at * 400, naming),
      category: kind.names[Math.min(naming, kind.names.length - 1)] ?? kind.names[0],
      center_x: rounded(x),
      center_y: rounded(y),
      center_z: rounded(height / 2 - 1.8),
      size_l: kind.names[0].startsWith('vehicle') ? Math.max(length, width) : length,
      size_w: width,
      size_h: height,
      rotation_y: rounded(random.next() * 6.28 - 3.14),
      velocity: random.chance(0.06) ? null : rounded(Math.max(0, random.normal(kind.speed * (scene.isUrban ? 1 : 1.8), 1.6))),
      num_lidar_pts: nPoints,
      occluded: hidden > 7 ? '大部遮挡' : hidden > 5 ? '部分遮挡' : '无遮挡',
    }
  })
}

/** To the millisecond; the second supplier writes slashes. */
function frameTime(at: number, naming: 0 | 2): string {
  const text = `${moment(at, 'iso')}.${String(at % 1000).padStart(3, '0')}`
  return naming === 0 ? text : text.replaceAll('-', '/')
}

function classFor(random: Dice, scene: Scene): (typeof CLASSES)[number] {
  let rest = random.next()
  for (const kind of CLASSES) {
    rest -= kind.share
    if (rest < 0 && (scene.isUrban || !kind.names[0].includes('pedestrian') || random.chance(0.15))) return kind
  }
  return CLASSES[0]
}

/** Copies, boxes without extent, boxes that lie nowhere. */
function dirtyBoxes(random: Dice, records: readonly object[]): object[] {
  return records.flatMap((record, at) => {
    if (random.chance(0.02)) return [record, record]
    if (random.chance(0.01)) return [record, { ...record, uid: `zero-${at}`, size_l: 0, size_w: 0, size_h: 0 }]
    if (random.chance(0.008)) return [record, { ...record, uid: `far-${at}`, center_x: 9999.99 }]
    return [record]
  })
}

const EGO_HEADER = [
  '场景',
  '时间戳',
  '车速(km/h)',
  '纵向加速度',
  '横向加速度',
  '横摆角速度',
  '方向盘转角',
  '加速踏板',
  '制动踏板',
  '挡位',
  '驾驶行为',
]
const EGO_UNITS = ['', '', 'km/h', 'm/s2', 'm/s2', 'rad/s', '°', '%', '%', '', '']
const MANOEUVRES = ['FOLLOW', 'LEFT_TURN', 'RIGHT_TURN', 'LANE_CHANGE', 'BRAKE', 'STOP']

/** Twenty samples of half a second; one recording in twelve has a stuck steering sensor, one in ten a gap. */
function egoMotion(random: Dice, scene: Scene): string[][] {
  const stuckAngle = random.chance(0.08) ? '12.5' : undefined
  const gapAt = random.chance(0.1) ? random.integer(5, 15) : -9
  let speed = random.normal(scene.isUrban ? 10 : 22, 3)
  const manoeuvres = Array.from({ length: 4 }, () => random.pick(MANOEUVRES))
  const rows: string[][] = []
  for (let at = 0; at < 20; at++) {
    const manoeuvre = manoeuvres[Math.floor(at / 5)] as string
    speed = nextSpeed(random, manoeuvre, speed)
    const time = `${moment(scene.start + at * 500, 'iso')}.${at % 2 === 1 ? '500' : '000'}`
    const motion = motionIn(random, manoeuvre)
    if (stuckAngle) motion[3] = stuckAngle
    if (at - gapAt > 1 || at < gapAt)
      rows.push([scene.id, time, (speed * 3.6).toFixed(1), ...motion, random.pick(['D', '前进挡', 'D档']), manoeuvre])
  }
  return rows
}

function nextSpeed(random: Dice, manoeuvre: string, speed: number): number {
  if (manoeuvre === 'STOP') return 0
  return Math.max(1.5, speed + (manoeuvre === 'BRAKE' ? -1.2 : random.normal(0.3, 0.4)))
}

/** Longitudinal and lateral acceleration, yaw rate, steering angle, throttle and brake as their sensors write them. */
function motionIn(random: Dice, manoeuvre: string): string[] {
  const turn = { LEFT_TURN: 1, RIGHT_TURN: -1 }[manoeuvre] ?? 0
  const brake = { BRAKE: random.normal(42, 9), STOP: random.normal(24, 5) }[manoeuvre] ?? 0
  const sway = manoeuvre === 'LANE_CHANGE' ? random.pick([-1, 1]) * random.normal(0.8, 0.2) : random.normal(0, 0.1)
  return [
    (manoeuvre === 'BRAKE' ? random.normal(-2.6, 0.5) : random.normal(0.2, 0.3)).toFixed(2),
    (turn * random.normal(2.1, 0.4) + sway).toFixed(2),
    (turn * random.normal(0.28, 0.05) + random.normal(0, 0.02)).toFixed(3),
    (turn * random.normal(190, 35) + random.normal(0, 6)).toFixed(1),
    (brake > 0 ? 0 : Math.max(0, random.normal(22, 7))).toFixed(0),
    Math.max(0, brake).toFixed(0),
  ]
}

const SCENE_HEADER = ['场景编号', '开始时间', '结束时间', '道路类型', '天气', '车牌号', '帧数', '已脱敏', '危险等级']

function sceneRow(random: Dice, scene: Scene): string[] {
  const plate = `${random.pick([...'京沪粤川'])}A${random.pick([...'DF'])}0000${random.integer(0, 9)}`
  const danger = scene.road === '十字路口' ? random.pick(['HIGH', 'MEDIUM']) : scene.isUrban ? random.pick(['MEDIUM', 'LOW']) : 'LOW'
  const style = random.pick(['iso', 'slash'] as const)
  return [
    scene.id,
    moment(scene.start, style),
    moment(scene.start + MINUTE, style),
    scene.road,
    scene.weather,
    plate,
    String(BOXES_PER_SCENE),
    '是',
    danger,
  ]
}
