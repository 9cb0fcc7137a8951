import { leastValueItem } from '../sub-item.ts'

/** Variance of the Laplacian at 512 px; the `sharpness` column of the image readers. Blank and badly blurred images fall below. */
export const clarity = leastValueItem({
  code: '02080204',
  title: { zh: '图像清晰度', en: 'image clarity' },
  column: 'sharpness',
  least: 10,
  unit: '(Laplacian variance)',
})
