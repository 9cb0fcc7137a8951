import type { Words } from '../../base/problem/index.ts'

/** Markup that is safe to put into the page; every piece of outside text passes `escapeHtml` first. */
export type Html = string

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (text: string): Html => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)

/** A sentence in both languages, of which the page shows one. */
export const both = ({ zh, en }: Words): Html => {
  if (zh === en) return escapeHtml(zh)
  return `<span lang="zh-CN">${escapeHtml(zh)}</span><span lang="en">${escapeHtml(en)}</span>`
}

/** Two renderings of the same thing, of which the page shows one. */
export const eachLanguage = (render: (language: keyof Words) => Html): Html =>
  `<div lang="zh-CN">${render('zh')}</div><div lang="en">${render('en')}</div>`

/** A figure drawn for wide and for narrow pages, of which the page shows one. */
export const eachWidth = (render: (narrow: boolean) => Html, caption: Html = ''): Html =>
  `<figure class="chart wide"><div class="at-wide">${render(false)}</div><div class="at-narrow">${render(true)}</div>${caption}</figure>`

export const words = (zh: string, en: string): Words => ({ zh, en })

/** A count with thin groups of three digits, the same on every machine. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, '\u2009')

/** A score with at most two decimals, never rounded up to a threshold. */
export const scoreText = (score: number): string => String(Math.floor(score * 100 + 1e-9) / 100)

/** A share 0..1 in percent with at most two decimals. */
export const percent = (share: number): string => `${Math.round(share * 1e4) / 100}%`

/** A figure with about four significant digits. */
export const figure = (value: number): string => {
  if (!Number.isFinite(value)) return '–'
  if (value !== 0 && (Math.abs(value) >= 1e7 || Math.abs(value) < 1e-3)) return value.toExponential(2)
  return String(Number(value.toPrecision(4)))
}

export const section = (id: string, title: Words, body: Html): Html =>
  body === '' ? '' : `<section id="${id}"><h2>${both(title)}</h2>${body}</section>`
