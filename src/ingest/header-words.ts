const wordsOf = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Last words of English column names: those of the sector packs, and the everyday ones. */
const ENGLISH = wordsOf(`
  abstract accession account action address affiliation age aircraft airport alarm album alias altitude amount analysis annotation answer
  answers area article artist aspect asset assets author authors bank barcode batch battery birthday body borrower brand buyer capital
  caption cases category cause channel chapter choices chromosome city claim class client code codes color colour column comment comments
  company complaint compound condition confidence contact content contents context continent country county course court created creator
  crop currency customer damage data dataset date day defect definition department dept depth description destination device diagnosis
  difficulty disease distance district document doi domain driver duration email embodiment employee entity entry equipment event evidence
  examples explanation expression facility fact factory faculty feature field file filename finding findings flag format formula function
  gender gene genre grade group head heading headline height hypothesis id ids image images index industry info ingredient ingredients input
  instruction instructions instructor intent interval isbn item items job journal judgment key keyword keywords kind label labels language
  law length level license line link list location lot machine manager manufacturer material meaning measure message messages method model
  modality module molecule month municipality name names nationality no note notes number object occupation operation operator option
  options order org organisation organism organization origin output owner page paper parameter parent part party password path patient
  payload person phone picture place plant plate player population position postcode premise price priority problem procedure product
  profession program project prompt property province publisher purpose quality query question questions reaction reason reasoning record
  reference region relation relations remark remarks reporter repository response result results review reviews role route row ruling
  sample scenario scene school scope score section sector segment seller sentence sentences sentiment sequence serial service severity sex
  shape shop signature site size skill smiles source species spec speaker speech split stage standard start state station statement status
  statute step steps strain street student style subject subtask suburb summary supplier surname symbol symptom synonym synonyms tag tags
  tail target task teacher team text theme ticker time timestamp title token tokens tool topic town track transcript transcription
  translation translator treatment triple type types uid unit units uri url user username value values vendor venue verdict version victim
  vote warehouse weather website word words year zip zone
  abnormal anomaly biotype bloom chr clip collection compliance contamination correct counterparty criticality crs cultivar datum environment
  episode examined facts fault fitness flight gear header host identification loc maneuver manoeuvre mobile mode moltype occluded occlusion
  outcome parties pest phase qid qtype release repayment road robot seq series sn soil statutes stem strand success suspicious taken test trip
  variety vehicle visibility
  en zh de fr es ja ko ru it pt src tgt ref hyp lang english chinese german french spanish japanese
`)

/** Whole Chinese column names of two characters and more; longer names often end in one of them. */
const CHINESE = wordsOf(`
  案号 案由 案件 班级 包装 备注 备号 被告 本科 比例 笔名 编号 编码 标签 标题 标准 标准词 标识 标志 别名 病害 病史 病因 病种 病情 材料 材质 菜名
  参数 产地 产品 产物 厂家 厂商 场景 场所 车间 车牌 车型 成分 成果 城市 城区 程度 程序 尺寸 出处 处理 次数 措施 答案 代码 代号 单号 单位 单价
  档位 地点 地区 地址 地域 等级 电话 店铺 定义 动作 对象 对话 法院 法规 法律 法条 范围 方法 方案 方式 费用 分类 分值 风险 岗位 高度 格式 公司
  工况 工位 工序 工种 供应商 功能 故障 关键词 关键字 关系 官职 规格 规则 国家 国籍 行业 行为 号码 合计 合同 环节 回答 回复 会议 机构 机型 级别
  基准 籍贯 甲方 乙方 丙方 价格 检查 简介 简称 建议 角色 教师 结果 结论 解答 解析 介绍 金额 科目 科室 课程 客户 口味 类别 类型 理由 链接 领域
  流程 路径 律师 论文 媒体 密码 描述 名称 名字 模块 目标 目的 内容 年代 年度 年级 年龄 年份 品名 品牌 品种 频道 频率 评价 评论 评语 批次 批号
  企业 起点 终点 情感 情绪 区县 区域 渠道 权限 全称 缺陷 缺点 人员 任务 日期 日志 商品 商标 设备 生物 省份 省会 省市 时段 时间 实体 事件 事实
  事项 释义 首都 首府 数据 数量 属性 说明 送货 诗句 诗人 素材 所属 题干 题目 题型 提示 条款 条文 同义词 头实体 尾实体 图片 网址 违规 位置 文本
  文档 文件 文件名 文字 问题 无效 物料 物种 系统 现象 详情 项目 效果 性别 性质 姓名 型号 选项 学科 学历 学校 学院 序号 序列 学名 颜色 演员 药品
  要求 业务 依据 意见 意图 英文 中文 用户 用途 语言 语种 域名 原告 原因 原文 译文 缘由 院系 责任 责任人 诊断 整改 正文 正确 证据 职称 职位 职务
  职业 指标 指令 种类 主料 主题 主体 主体名 主诉 主营 注释 专业 状况 状态 姿态 字段 字数 作物 作者 作用 朝代 剂型 剂量 症状 治疗 用法 适应症 部位
  部门 邮箱 邮编 区号 拼音 简体 繁体 词语 词性 词 句子 标号 币种 操作 操作员 操作工 采集员 查明 成功 挡位 对错 对手方 机台 机场 技能 架次 航次 阶段 菌株 可疑 模态 判定
  坐标系 虫害 病虫害 染色体 认为 认知层次 生育阶段 宿主 天气 土壤 细胞株 县区 异常 遮挡 诊断章 质量位 质量戳 条 章 甲 乙 省 市 县 区 州 链 长 宽 高
`)

/** Ends of Chinese column names: 学号, 车牌号, 联系人, 残糖浓度. Values seldom end so, and are judged by their column besides. */
const CHINESE_END =
  /(?:编号|编码|名称|代码|类型|类别|日期|时间|状态|等级|级别|说明|描述|原因|措施|方法|部门|单位|企业|地址|内容|标签|标志|结果|结论|情况|程度|号码|号|名|码|人|期|量|率|值|数|度|类|型|点|者|性|额|时|法|科|长|级|库|性别)$/u
/** Longest Chinese label that its end makes a name: 上海恒泰机械有限公司 is none. */
const SHORT_NAME = 8

/** Is this what people call columns? By the last word of an English name, the whole or the end of a Chinese one. */
export function isHeaderName(label: string): boolean {
  const bare = label
    .normalize('NFKC')
    .replace(/[([【].*$/, '')
    .trim()
  if (/\p{Script=Han}/u.test(bare))
    return bare.length <= SHORT_NAME && (CHINESE.has(bare) || CHINESE.has(bare.slice(-2)) || CHINESE_END.test(bare))
  const words = bare
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
  const last = words.at(-1)
  return last !== undefined && words.length <= 4 && ENGLISH.has(last)
}
