import { it } from 'vitest'
import { inferFields } from '../../src/refine/unify/infer-schema.ts'
import { readDelimited, sharedFile } from './shared-data.ts'
it('x', async () => {
  for (const [p, o] of [['01-industrial-manufacturing/NAB/machine_temperature_system_failure.csv'],['01-industrial-manufacturing/SKAB/valve1/0.csv',", delim=';'"],['05-finance/germancredit/germancredit.csv'],['05-finance/modeldata/lending_club.csv'],['02-agriculture/agridat/barrero.maize.csv'],['02-agriculture/agridat/george.wheat.csv'],['02-agriculture/agridat/acorsi.greyleafspot.csv'],['02-agriculture/deepweeds/labels.csv'],['05-finance/sec_filings/fund_data.csv'],['05-finance/sec_filings/nike_10Q_facts.csv'],['01-industrial-manufacturing/modeldata/chem_proc_yield.csv'],['11-label-noise-crowd/weather-sentiment/weather-non-agg-DFE.csv'],['11-label-noise-crowd/weather-sentiment/weather-evaluated-agg-DFE.csv'],['12-weak-supervision/SMS/train.csv'],['09-biomanufacturing/PyEnzyme/alcohol_degradation.tsv',", delim='\t'"],['05-finance/Fin-Eval/金融逻辑/保险属性抽取.csv'],['11-label-noise-crowd/crowdspeech/crowdspeech-test-clean-crowd.tsv',", delim='\t'"]] as const) {
    const file = sharedFile(p)
    if (!file) continue
    const t = await readDelimited(file, o ?? '')
    const s = performance.now()
    const f = inferFields(t.names, t.columns)
    console.log(p, t.columns[0]?.length, (performance.now()-s).toFixed(0)+'ms\n' + f.map((x) => `${x.name}: ${x.type}${x.role ? ' ' + x.role : ''}${x.unit ? ' [' + x.unit + ']' : ''}${x.required ? ' !' : ''}`).join('\n'))
  }
})
