/** Words that people use for the same thing, in both languages; each list stands for every word in it. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['制造', '工业', '工厂', 'manufacturing', 'industry', 'factory', 'plant'],
  ['农业', '农作物', '种植', 'agriculture', 'farming', 'crop'],
  ['病虫害', '害虫', '虫害', 'pest', 'insect'],
  ['医疗', '医学', '临床', '健康', 'healthcare', 'medical', 'clinical', 'health'],
  ['影像', '图像', '图片', 'image', 'imaging', 'picture', 'photo'],
  ['教育', '教学', 'education', 'teaching', 'school'],
  ['金融', '银行', 'finance', 'financial', 'bank'],
  ['无人机', '低空', 'drone', 'uav', 'low-altitude'],
  ['自动驾驶', '无人驾驶', 'autonomous driving', 'self-driving'],
  ['机器人', '具身智能', 'robot', 'embodied'],
  ['生物', '基因', '生物制造', 'biology', 'gene', 'biomanufacturing', 'bio'],
  ['法律', '司法', '案件', 'law', 'legal', 'court'],
  ['传感器', '感测', 'sensor'],
  ['振动', '震动', 'vibration'],
  ['温度', '气温', 'temperature'],
  ['天气', '气象', 'weather', 'meteorology'],
  ['故障', '异常', 'fault', 'failure', 'anomaly'],
  ['预测', '预报', 'prediction', 'forecast'],
  ['文本', '语料', 'text', 'corpus'],
  ['时间序列', '时序', 'time series', 'series'],
  ['表格', '表', 'table', 'tabular'],
  ['问答', 'qa', 'question answering'],
  ['水稻', '稻', 'rice'],
  ['小麦', 'wheat'],
  ['玉米', 'maize', 'corn'],
]

const BY_WORD = new Map<string, readonly string[]>()
for (const list of SYNONYMS) for (const word of list) BY_WORD.set(word, list)

/** A word and all that mean the same, itself first. */
export const synonymsOf = (word: string): string[] => [word, ...(BY_WORD.get(word) ?? []).filter((other) => other !== word)]
