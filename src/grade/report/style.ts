/** Style of the report: the product's look (greys, one ink blue, hairlines), light and dark, narrow, and on A4. */
export const STYLE = `
:root{color-scheme:light dark;--page:#fff;--ink:#1d2129;--muted:#646b78;--hair:#dfe3ea;--faint:#f5f6f8;--accent:#1f5fbf;--soft:rgba(31,95,191,.12);--amber:#9a6700;--amber-soft:#fff5da}
@media (prefers-color-scheme:dark){:root{--page:#14171c;--ink:#e6e9ef;--muted:#9aa3b2;--hair:#2c323c;--faint:#1b1f26;--accent:#7fb0ff;--soft:rgba(127,176,255,.16);--amber:#e3b341;--amber-soft:#2b2412}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:14px/1.5 -apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;text-autospace:normal}
html[data-language=zh] [lang=en],html[data-language=en] [lang=zh-CN]{display:none}
main,footer{max-width:1000px;margin:0 auto;padding:0 24px}
main{padding-top:32px}
h1{font-size:28px;line-height:1.25;margin:0;overflow-wrap:anywhere}
h2{font-size:20px;line-height:1.3;margin:40px 0 12px;padding-top:16px;border-top:1px solid var(--hair)}
h3{font-size:16px;margin:24px 0 8px}
h4{font-size:14px;margin:0;font-weight:600}
small,.note,figcaption{font-size:12px;color:var(--muted);font-weight:400}
p{margin:8px 0;max-width:88ch}
ul{margin:8px 0;padding-left:20px}
li{margin:4px 0;max-width:88ch}
code,pre,.n,.score,.value,.figures-of{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;font-variant-numeric:tabular-nums}
code{font-size:12px;overflow-wrap:anywhere}
pre{font-size:12px;line-height:1.4;background:var(--faint);border-radius:6px;padding:12px;overflow-x:auto;margin:8px 0;white-space:pre-wrap;overflow-wrap:anywhere}
button{font:inherit;font-size:13px;color:var(--ink);background:var(--page);border:1px solid var(--hair);border-radius:6px;padding:4px 12px;cursor:pointer;white-space:nowrap}
button:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.top{display:flex;justify-content:space-between;align-items:flex-start;gap:16px}
.sub-title{color:var(--muted);margin:4px 0 0}
.hallmark{display:grid;grid-template-columns:132px 1fr;gap:24px;align-items:center;margin-top:24px;padding:20px;border:1px solid var(--hair);border-radius:6px}
.verdict{font-size:16px;font-weight:600;margin:0 0 8px}
.seal{width:132px;height:132px}
.seal path{fill:none;stroke-linecap:butt}
.seal .groove{stroke:var(--hair)}
.seal .groove.hollow{stroke-dasharray:3 4}
.seal .fill{stroke:var(--accent)}
.seal .disc{fill:none;stroke:var(--hair);stroke-width:1}
.seal .dash,.seal .tick{stroke-width:4;stroke-linecap:round;stroke-linejoin:round}
.seal .dash{stroke:var(--muted)}
.seal .hash{font:600 12px ui-monospace,Menlo,Consolas,monospace;fill:var(--muted)}
.seal.passed .disc{fill:var(--accent);stroke:none}
.seal.passed .tick{stroke:var(--page)}
.seal.passed .hash{fill:var(--page)}
.cards{display:grid;grid-template-columns:repeat(3,1fr);gap:16px;margin-top:16px}
.card{border:1px solid var(--hair);border-radius:6px;padding:16px}
.card h3{margin:0;font-size:14px}
.score{font-size:28px;margin:4px 0 8px;line-height:1.2}
.bar{position:relative;height:6px;border-radius:3px;background:var(--hair)}
.bar i{position:absolute;left:0;top:0;bottom:0;border-radius:3px;background:var(--accent)}
.bar b{position:absolute;top:-3px;bottom:-3px;width:2px;margin-left:-1px;background:var(--ink)}
.mark{font-weight:600;color:var(--ink)}
.mark.yes::before{content:"✓ "}
.mark.no::before{content:"– "}
.tag{font-size:12px;color:var(--muted);border:1px solid var(--hair);border-radius:6px;padding:0 6px;font-family:inherit;white-space:nowrap}
.indicator{padding:12px 0;border-top:1px solid var(--hair)}
.indicator header{display:grid;grid-template-columns:44px minmax(120px,200px) 1fr 64px 168px;gap:12px;align-items:center}
.indicator header p{margin:0}
.indicator .value{font-size:16px;font-weight:600;text-align:right}
.indicator .figures-of{font-size:12px;color:var(--muted);text-align:right;line-height:1.4}
.indicator .how,.indicator .advice,.indicator details{margin:4px 0 0 56px}
.indicator .how{color:var(--muted)}
.indicator .advice::before{content:"→ ";color:var(--accent)}
.indicator.low .bar i{background:var(--amber)}
.indicator.low .value{color:var(--amber)}
.indicator.none header{grid-template-columns:44px minmax(120px,200px) 1fr}
.indicator.none .value{text-align:left;font-size:13px;font-weight:400;color:var(--muted);font-family:inherit}
.indicator.none .value::before{content:"○ "}
details{margin:8px 0}
summary{cursor:pointer;color:var(--accent);font-size:13px;width:max-content;max-width:100%}
table{border-collapse:collapse;width:100%;font-size:13px;line-height:1.3;margin:8px 0}
th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid var(--hair);overflow-wrap:anywhere}
th{font-weight:600;color:var(--muted);font-size:12px}
.n{text-align:right;white-space:nowrap}
.dim{color:var(--muted);font-family:inherit}
.sub td:first-child{width:108px}
.sub td:nth-child(2){width:132px}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(280px,1fr));gap:16px}
figure{margin:0}
.chart{border:1px solid var(--hair);border-radius:6px;padding:12px;min-width:0}
.chart svg{display:block;width:100%;height:auto;margin:0 auto}
.chart.wide{border:none;padding:0;margin:8px auto;max-width:760px}
.at-narrow{display:none}
.chart h4{overflow-wrap:anywhere}
.chart figcaption{margin-top:4px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
footer{margin-top:40px;padding-top:16px;padding-bottom:40px;border-top:1px solid var(--hair);color:var(--muted);font-size:12px}
footer p{max-width:none}
@media (max-width:720px){
main,footer{padding-left:16px;padding-right:16px}
main{padding-top:16px}
h1{font-size:20px}
.hallmark{grid-template-columns:1fr;justify-items:center;padding:16px}
.cards{grid-template-columns:1fr;gap:8px}
.at-wide{display:none}
.at-narrow{display:block}
.indicator header{grid-template-columns:40px 1fr auto;row-gap:4px}
.indicator header .bar{grid-column:2/4;grid-row:2}
.indicator header .figures-of{grid-column:2/4;text-align:left}
.indicator.none header{grid-template-columns:40px 1fr auto}
.indicator .how,.indicator .advice,.indicator details{margin-left:0}
.sub,.sub tbody{display:block}
.sub tr{display:grid;grid-template-columns:1fr auto;border-bottom:1px solid var(--hair);padding:6px 0}
.sub td{border:none;padding:0 8px 0 0;width:auto}
.sub td:first-child{grid-column:1/3;width:auto}
.sub td:nth-child(2){width:auto}
.sub td:nth-child(4){display:none}
.sub td:nth-child(5){grid-column:1/3;color:var(--muted)}
}
@page{size:A4;margin:16mm 14mm}
@media print{
:root{--page:#fff;--ink:#1d2129;--muted:#555b66;--hair:#cfd4dc;--faint:#f5f6f8;--accent:#1f5fbf;--soft:rgba(31,95,191,.12);--amber:#9a6700}
body{font-size:11px;-webkit-print-color-adjust:exact;print-color-adjust:exact}
main,footer{max-width:none;padding:0}
button,details{display:none}
.figures{grid-template-columns:repeat(3,1fr);gap:8px}
.card,.chart,.indicator,tr,.hallmark{break-inside:avoid}
h2,h3{break-after:avoid}
.chart.wide{max-width:150mm}
}
`
  .trim()
  .replace(/\n/g, '')
