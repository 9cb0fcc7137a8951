import { both, escapeHtml, type Html, loadCharts, STYLE, section, words } from '../../grade/index.ts'
import type { Inspection } from '../../inspect.ts'
import { families, head, refusals } from './overview.ts'
import { tableSection } from './table-section.ts'

/** What this page needs beside the look of all reports. */
const OWN_STYLE = `
a{color:var(--accent)}
.likely{margin:16px 0 0}
.family{padding-top:16px;border-top:1px solid var(--hair);margin-top:24px}
.family h3{margin-top:0;overflow-wrap:anywhere}
.warnings{list-style:none;padding:0}
.warnings li::before{content:"⚠ ";color:var(--amber)}
.tags{margin:4px 0 8px}
.gaps{max-width:620px;margin:12px 0 16px}
.families{margin:12px 0}
.when-narrow{display:none}
@media(max-width:720px){.when-wide{display:none}.when-narrow{display:block}}
.wide-table{overflow-x:auto}
.wide-table table{min-width:720px}
.wide-table:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.csv{margin:4px 0 12px;font-size:12px;padding:2px 8px}
@media print{.csv{display:none}}
`
  .trim()
  .replace(/\n/g, '')

/** Chooses the reader's language, lets the button change it, and saves tables as CSV. The page reads without it, in Chinese. */
const SCRIPT = `
(function(){
var root=document.documentElement;
function show(language){root.setAttribute('data-language',language);root.lang=language==='zh'?'zh-CN':'en'}
show(/^zh/i.test(navigator.language||'')?'zh':'en');
document.getElementById('language').addEventListener('click',function(){show(root.getAttribute('data-language')==='zh'?'en':'zh')});
function quoted(cell){return '"'+cell.innerText.trim().replace(/"/g,'""')+'"'}
document.addEventListener('click',function(event){
if(!event.target.classList.contains('csv'))return;
var rows=event.target.parentNode.querySelectorAll('tr');
var text=Array.from(rows,function(row){return Array.from(row.children,quoted).join(',')}).join('\\r\\n');
var link=document.createElement('a');
link.href=URL.createObjectURL(new Blob(['\\ufeff'+text],{type:'text/csv'}));
link.download=event.target.closest('section').querySelector('h3').firstChild.textContent.trim()+'.csv';
link.click()
})
})()
`
  .trim()
  .replace(/\n/g, '')

const anchorOf = (index: number): string => `table-${index + 1}`

function footer(): Html {
  const text = words(
    '本页由 highgrade inspect 写成，未改动任何原始文件。类型、单位与角色由名称和抽样的值推断；计数、分布与缺失取自全部记录（“仅抽样”时除外）。标“≈”者为估计，--json 中附标准误。个人标识以 <PHONE> 之类的标签代替；未查找姓名与住址。重复指各字段按类型读取后全部相等。',
    'Written by highgrade inspect, which changed no raw file. Types, units and roles are told from names and sampled values; counts, distributions and gaps come from all records (unless it says samples only). ≈ marks estimates; --json holds their standard errors. Identifiers of persons are shown as tags such as <PHONE>; names and addresses are not looked for. Copies are equal in every field as typed.',
  )
  return `<footer><p>${both(text)}</p></footer>`
}

/**
 * An inspection as one page: no network, no fonts, both languages, light and dark, narrow and wide.
 * The same inspection gives the same bytes.
 */
export async function inspectionPage(inspection: Inspection): Promise<string> {
  const draw = await loadCharts()
  const tables = inspection.tables.map((table, at) => tableSection(table, anchorOf(at), draw))
  const body = [
    head(inspection),
    section('files', words('文件', 'Files'), families(inspection, anchorOf, draw)),
    section('refused', words('拒收的文件', 'Refused files'), refusals(inspection)),
    section('tables', words('表', 'Tables'), tables.join('\n')),
  ].join('\n')
  const title = escapeHtml(inspection.paths.join(' '))
  return [
    '<!doctype html>',
    '<html lang="zh-CN" data-language="zh">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title} · Highgrade</title><style>${STYLE}${OWN_STYLE}</style></head>`,
    `<body><main>${body}</main>${footer()}<script>${SCRIPT}</script></body>`,
    '</html>',
    '',
  ].join('\n')
}
