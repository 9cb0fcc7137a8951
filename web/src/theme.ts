import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** Ink blue: 6 is the accent on light, 3 on dark. */
const ink: MantineColorsTuple = [
  '#eef4fc',
  '#dbe7f8',
  '#b3cdf0',
  '#7fb0ff',
  '#5590de',
  '#3873cb',
  '#1f5fbf',
  '#1a52a6',
  '#15448b',
  '#0f3570',
]

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 6, dark: 5 },
  colors: { ink },
  fontFamily: '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  defaultRadius: 6,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '16px' }, h3: { fontSize: '14px' } } },
  autoContrast: true,
})
