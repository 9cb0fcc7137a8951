/** A small table of text, as such files look: its header and its rows, with one delimiter. */
export interface HeaderTable {
  readonly what: string
  readonly file: string
  readonly header: string
  readonly rows: readonly string[]
}

const table = (what: string, file: string, header: string, rows: string): HeaderTable => ({ what, file, header, rows: rows.split('\n') })

/**
 * Tables without a column of numbers, written for this test after the files that people keep: each is tried with its header and without,
 * so half of the cases have none. They were all written before the rules were tuned; the second list was not looked at in tuning.
 */
export const TUNED: readonly HeaderTable[] = [
  table(
    'suppliers',
    'csv',
    '供应商,联系人,城市,主营',
    '上海恒泰机械有限公司,王芳,上海,轴承\n苏州精工阀门厂,李建国,苏州,阀门\n宁波海天塑机,陈明,宁波,注塑机\n无锡华润电机,赵丽,无锡,电机',
  ),
  table(
    'people and cities',
    'csv',
    'name,city,country',
    'Alice,London,UK\nBob,Paris,France\nCarla,Madrid,Spain\nDieter,Berlin,Germany\nEva,Prague,Czechia',
  ),
  table(
    'reviews',
    'csv',
    'review,sentiment',
    'The delivery was late and the box was open.,negative\nWorks exactly as described; I would buy it again.,positive\nBattery dies after two hours.,negative\nMy daughter loves it.,positive',
  ),
  table(
    '评论',
    'csv',
    '评论,情感',
    '房间很干净，服务员态度也好,正面\n隔音太差，一晚上没睡好,负面\n早餐种类少，性价比一般,负面\n位置方便，下次还住,正面',
  ),
  table(
    'triples',
    'tsv',
    '实体\t关系\t对象',
    '小麦\t病害\t条锈病\n小麦\t病害\t白粉病\n水稻\t病害\t稻瘟病\n水稻\t虫害\t二化螟\n玉米\t虫害\t玉米螟',
  ),
  table(
    'relations',
    'tsv',
    'head\trelation\ttail',
    'Paris\tcapital_of\tFrance\nSeine\tflows_through\tParis\nLyon\tlocated_in\tFrance\nRhone\tflows_through\tLyon',
  ),
  table(
    'translation',
    'tsv',
    'en\tzh',
    'The pump is running.\t水泵正在运行。\nClose the valve first.\t先关闭阀门。\nCheck the oil level every week.\t每周检查油位。',
  ),
  table('words', 'csv', 'english,german', 'house,Haus\ntree,Baum\nwater,Wasser\nbridge,Brücke\nstreet,Straße'),
  table(
    'equipment',
    'csv',
    'equipment_id,location,status',
    'PMP-101,Hall A,running\nPMP-102,Hall A,stopped\nVLV-201,Hall B,running\nMTR-330,Hall C,maintenance',
  ),
  table(
    '设备',
    'csv',
    '设备编号,设备名称,所在车间',
    'SB-0001,数控车床,一车间\nSB-0002,立式铣床,一车间\nSB-0003,外圆磨床,二车间\nSB-0004,空压机,动力站',
  ),
  table('files', 'csv', 'filename,path', 'c.txt,/tmp/c.txt\npython.txt,/tmp/python.txt\nnotes.md,/home/ann/notes.md'),
  table('image labels', 'csv', 'image,label', 'img/0001.jpg,cat\nimg/0002.jpg,dog\nimg/0003.jpg,dog\nimg/0004.jpg,cat'),
  table('entities', 'tsv', 'token\ttag', '患者\tO\n糖尿病\tB-DIS\n服用\tO\n二甲双胍\tB-DRUG\n后\tO\n好转\tO'),
  table('diseases', 'csv', 'ICD编码,疾病名称', 'E11.900,2型糖尿病\nI10.x00,原发性高血压\nJ18.900,肺炎\nK29.500,慢性胃炎\nM54.500,腰痛'),
  table(
    'stocks',
    'csv',
    'ticker,company,sector',
    'AAPL,Apple Inc.,Technology\nJPM,JPMorgan Chase,Financials\nXOM,Exxon Mobil,Energy\nPFE,Pfizer,Health Care',
  ),
  table(
    'questions',
    'csv',
    'question,answer',
    'What does a check valve do?,It lets a fluid flow in one direction only.\nWhat is cavitation?,Bubbles that form and collapse where pressure falls.\nWhat is a gasket?,A seal between two surfaces.',
  ),
  table(
    '问答',
    'csv',
    '问题,回答',
    '高血压能吃什么,少盐少油，多吃蔬菜水果。\n骨折以后多久能走路,一般需要六到八周，遵医嘱。\n感冒要不要吃抗生素,病毒性感冒不需要。',
  ),
  table('people alone', 'csv', '姓名', '张伟\n王芳\n李娜\n刘洋\n陈静\n杨磊'),
  table(
    'genes',
    'tsv',
    'gene\tfunction\torganism',
    'lacZ\tbeta-galactosidase\tE. coli\nrecA\trecombination\tE. coli\nGAL4\ttranscription factor\tS. cerevisiae',
  ),
  table(
    'statutes',
    'csv',
    '法律,条款,内容',
    '民法典,第一百四十三条,具备下列条件的民事法律行为有效\n刑法,第二百六十四条,盗窃公私财物，数额较大的\n公司法,第三条,公司是企业法人，有独立的法人财产',
  ),
  table('provinces', 'csv', '省份,省会', '浙江,杭州\n江苏,南京\n广东,广州\n四川,成都\n湖北,武汉\n陕西,西安'),
  table('upper case', 'csv', 'STATE,CAPITAL', 'Texas,Austin\nOhio,Columbus\nNevada,Carson City\nUtah,Salt Lake City'),
  table(
    'maintenance',
    'csv',
    '故障现象,原因,处理措施',
    '主轴异响,轴承磨损,更换轴承\n液压油温高,冷却器堵塞,清洗冷却器\n刀库卡滞,润滑不足,加注润滑脂\n电机不转,缺相,检查接触器',
  ),
]

/** Tables that were left alone while the rules were made. */
export const HELD_OUT: readonly HeaderTable[] = [
  table(
    'courses',
    'csv',
    'course_code,course_title,teacher',
    'MATH101,Calculus I,Dr. Stone\nPHYS201,Mechanics,Dr. Vera\nCHEM110,General Chemistry,Dr. Okoye\nBIOL150,Cell Biology,Dr. Lind',
  ),
  table('学生', 'csv', '学号,姓名,学院', 'S2021001,周杰,机械学院\nS2021002,吴倩,材料学院\nS2021003,郑爽,机械学院\nS2021004,孙悦,信息学院'),
  table(
    'messages',
    'tsv',
    'label\ttext',
    'ham\tOk lar... Joking wif u oni\nspam\tFree entry in a weekly competition, text WIN\nham\tI am on my way home now\nspam\tUrgent! You have won a prize',
  ),
  table('recipes', 'csv', '菜名,主料,口味', '宫保鸡丁,鸡肉,微辣\n麻婆豆腐,豆腐,麻辣\n清蒸鲈鱼,鲈鱼,清淡\n糖醋排骨,排骨,酸甜'),
  table(
    'trees',
    'csv',
    'common_name,botanical_name',
    'Silver birch,Betula pendula\nSycamore,Acer pseudoplatanus\nBeech,Fagus sylvatica\nRowan,Sorbus aucuparia',
  ),
  table(
    'alarms',
    'csv',
    'alarmId;severity;message',
    'A-17;HIGH;Overpressure in boiler 2\nA-18;LOW;Filter due for service\nA-21;HIGH;Emergency stop pressed\nA-30;MEDIUM;Door open',
  ),
  table('smiles', 'csv', 'smiles,compound', 'CCO,ethanol\nCC(=O)O,acetic acid\nc1ccccc1,benzene\nCC(C)=O,acetone'),
  table(
    'contracts',
    'csv',
    '合同编号,甲方,乙方',
    'HT-2023-001,杭州云图科技,宁波港务集团\nHT-2023-002,绍兴纺织,上海申通\nHT-2023-003,嘉兴电力,杭州云图科技',
  ),
  table('synonyms', 'csv', '标准词,同义词', '番茄,西红柿\n马铃薯,土豆\n玉米,苞谷\n甘薯,红薯\n花生,落花生'),
  table(
    'robots',
    'csv',
    'task,instruction',
    'pick_red_cube,Pick up the red cube and hold it\nopen_drawer,Open the top drawer of the cabinet\nstack_blocks,Put the blue block on the green one',
  ),
  table(
    'airports',
    'csv',
    'iata,airport,city',
    'PVG,Pudong International,Shanghai\nHND,Haneda,Tokyo\nCDG,Charles de Gaulle,Paris\nJFK,John F. Kennedy,New York',
  ),
  table(
    'drugs',
    'csv',
    '药品通用名,剂型,生产企业',
    '阿莫西林胶囊,胶囊剂,华北制药\n布洛芬片,片剂,扬子江药业\n板蓝根颗粒,颗粒剂,白云山\n头孢克肟片,片剂,石药集团',
  ),
  table(
    'links',
    'csv',
    'title,url',
    'Home,https://example.org/\nDocs,https://example.org/docs\nBlog,https://example.org/blog\nJobs,https://example.org/jobs',
  ),
  table(
    'customers',
    'csv',
    'Customer Name,E-mail,Segment',
    'Acme Ltd,info@acme.example,SMB\nGlobex,sales@globex.example,Enterprise\nInitech,hi@initech.example,SMB\nUmbrella,pr@umbrella.example,Enterprise',
  ),
  table('poems', 'csv', '诗句,作者', '床前明月光，疑是地上霜,李白\n春眠不觉晓，处处闻啼鸟,孟浩然\n白日依山尽，黄河入海流,王之涣'),
  table(
    'one column',
    'csv',
    'sentence',
    'The motor hums quietly.\nA belt slipped off its pulley.\nNobody heard the alarm.\nThe shift ended at noon.',
  ),
  table('parties', 'csv', '原告,被告,案由', '张三,李四,民间借贷纠纷\n王五,某物业公司,物业服务合同纠纷\n赵六,钱七,离婚纠纷'),
  table(
    'departments',
    'tsv',
    'dept\tmanager\tsite',
    'Assembly\tK. Braun\tUlm\nPaint\tR. Costa\tPorto\nLogistics\tM. Sato\tNagoya\nQuality\tL. Novak\tBrno',
  ),
  table('crops', 'csv', '作物,品种,产地', '水稻,南粳9108,江苏\n小麦,济麦22,山东\n玉米,郑单958,河南\n大豆,黑农84,黑龙江'),
  table(
    'signs',
    'csv',
    'ClassName,Shape,Color',
    'stop,octagon,red\nyield,triangle,red\nspeed limit,circle,red\nparking,square,blue\nno entry,circle,red',
  ),
  table(
    'enzymes',
    'csv',
    'EC Number,Enzyme,Reaction',
    'EC 1.1.1.1,alcohol dehydrogenase,oxidation of ethanol\nEC 2.7.1.1,hexokinase,phosphorylation of glucose\nEC 3.2.1.1,alpha-amylase,hydrolysis of starch',
  ),
  table('流程', 'csv', '工序号,工序名称,责任部门', 'OP10,下料,备料车间\nOP20,粗车,机加车间\nOP30,热处理,热处理车间\nOP40,精磨,机加车间'),
  table(
    'chat',
    'csv',
    'role,content',
    'user,How do I reset the drive?\nassistant,Hold the button for five seconds.\nuser,The light stays red.\nassistant,Then check the supply voltage.',
  ),
]
