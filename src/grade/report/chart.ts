/** What an ECharts option is to us: plain data that `setOption` takes. */
export type ChartOption = Readonly<Record<string, unknown>>

/** Draws charts to SVG text. The same option gives the same bytes. */
export type DrawChart = (option: ChartOption, widthPx: number, heightPx: number) => string

/** Colours are the page's, so that charts follow light and dark. */
export const INK = 'var(--ink)'
export const MUTED = 'var(--muted)'
export const HAIR = 'var(--hair)'
export const ACCENT = 'var(--accent)'
export const SOFT = 'var(--soft)'
export const AMBER = 'var(--amber)'

export const LABEL = { color: MUTED, fontSize: 12 } as const

/** ECharts numbers its charts through the life of a process; names that hold the number, and what only a script would use, go. */
function settled(svg: string): string {
  return svg
    .replace(/<style\b[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class="zr[^"]*"|ecmeta_\w+="[^"]*"|pointer-events="[^"]*"|xmlns:xlink="[^"]*"|baseProfile="[^"]*"|version="[^"]*")/g, '')
    .replace(/font-family:[^;"]*;?/g, '')
    .replace(/<rect [^>]*fill="none"[^>]*><\/rect>/, '')
    .replace(/zr\d+-/g, 'zr-')
    .replace(/^<svg width="(\d+)" height="\d+"/, '<svg role="img" style="max-width:$1px"')
    .replace(/\n+/g, '\n')
    .trim()
}

/** Loads ECharts as one file: its parts one by one are 585 modules, which take a second to find and link. */
export async function loadCharts(): Promise<DrawChart> {
  const core = await import('echarts/dist/echarts.esm.min.mjs')
  return (option, width, height) => {
    const chart = core.init(null, null, { renderer: 'svg', ssr: true, width, height })
    chart.setOption({ animation: false, ...option })
    const svg = chart.renderToSVGString()
    chart.dispose()
    return settled(svg)
  }
}
