import { relative } from 'node:path'
import type { DemoResult } from '../demo.ts'

const score = (value: number | null): string => (value === null ? '<i>not measured 未测量</i>' : value.toFixed(1))
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

/** The page that the demo ends on: every sector, raw beside refined, with links to the grades. */
export function demoPage(results: readonly DemoResult[], out: string): string {
  const rows = results.map(({ sector, raw, refined }) => {
    const { counts, root } = refined.manifest
    const link = (folder: string): string => escapeHtml(relative(out, folder).split('\\').join('/'))
    const cells = (['documentation', 'quality', 'application'] as const)
      .map(
        (dimension) =>
          `<td class="n"><span>${score(raw.grade[dimension].score)}</span> → <b>${score(refined.grade[dimension].score)}</b></td>`,
      )
      .join('')
    return `<tr><th scope="row">${escapeHtml(sector)}<small>${refined.manifest.tables.map((table) => `${escapeHtml(table.name)} · ${table.modality} · ${table.records}`).join('<br>')}</small></th>
<td class="n">${counts.in} = ${counts.out} + ${counts.merged} + ${counts.quarantined}</td>${cells}
<td>${refined.grade.passes ? '● passes 达标' : '○ below grade 未达标'}<small><code>${root.slice(0, 12)}</code></small></td>
<td><a href="${link(refined.folder)}/grade.html">grade 评级</a><small><a href="${link(raw.folder)}/grade.html">raw 原始</a></small></td></tr>`
  })
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Highgrade demo</title>
<style>
:root{color-scheme:light dark;--ink:#1a1d21;--soft:#5c6570;--line:#d9dee3;--ground:#fff;--accent:#1F5FBF}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#9aa4af;--line:#333a42;--ground:#15181c;--accent:#7FB0FF}}
body{font:14px/1.5 -apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:var(--ink);background:var(--ground);margin:32px auto;max-width:1080px;padding:0 16px}
h1{font-size:20px;font-weight:600}p{color:var(--soft);max-width:70ch}.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid var(--line);padding:12px 8px;text-align:left;vertical-align:top;line-height:1.3}
thead th{color:var(--soft);font-weight:500;font-size:12px}.n{font-variant-numeric:tabular-nums;white-space:nowrap}small{display:block;color:var(--soft);font-weight:400;margin-top:4px}
span{color:var(--soft)}a{color:var(--accent)}code{font-family:ui-monospace,monospace}
</style>
<h1>Highgrade: raw files → graded releases · 从原始文件到有等级的发布</h1>
<p>Each sector twice: as the files came (grey), and refined (bold). 每个行业评级两次：原始状态（灰）与精炼之后（粗）。</p>
<div class="wide"><table><thead><tr><th>sector 行业</th><th>in = out + merged + quarantined<br>输入 = 发布 + 合并 + 隔离</th><th>documentation 文档</th><th>quality 质量</th><th>application 应用</th><th></th><th></th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div></html>
`
}
