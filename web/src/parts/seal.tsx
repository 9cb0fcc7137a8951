import type { Scores } from '../api.ts'
import { useWords } from '../words.tsx'

const RADII = [20, 15, 10] as const
const THICKNESS = 4

/** The hallmark: an arc a dimension, filled by its score, hollow where it was not measured; a ring around it when all pass. */
export function Seal({ scores, root, size = 48 }: { readonly scores: Scores; readonly root?: string; readonly size?: number }) {
  const { t } = useWords()
  const told = (['documentation', 'quality', 'application'] as const).map((name) => ({ name, score: scores[name] }))
  const label = [
    scores.passes ? t('passed') : t('notPassed'),
    ...told.map(({ name, score }) => `${t(name)} ${score === null ? t('notMeasured') : score.toFixed(1)}`),
    ...(root === undefined ? [] : [root.slice(0, 8)]),
  ].join(', ')
  return (
    <svg className="seal" role="img" aria-label={label} width={size} height={size} viewBox="0 0 48 48">
      <title>{label}</title>
      <circle
        cx={24}
        cy={24}
        r={23}
        stroke={scores.passes ? 'var(--mantine-color-teal-7)' : 'var(--mantine-color-default-border)'}
        strokeWidth={1.5}
      />
      {told.map(({ name, score }, at) => {
        const radius = RADII[at] ?? 0
        const around = 2 * Math.PI * radius
        return (
          <g key={name} transform="rotate(-90 24 24)">
            <circle
              cx={24}
              cy={24}
              r={radius}
              stroke="var(--mantine-color-default-border)"
              strokeWidth={score === null ? 1 : THICKNESS}
              strokeDasharray={score === null ? '2 2' : undefined}
            />
            {score === null ? null : (
              <circle
                cx={24}
                cy={24}
                r={radius}
                stroke="var(--mantine-primary-color-filled)"
                strokeWidth={THICKNESS}
                strokeDasharray={`${(score / 100) * around} ${around}`}
              />
            )}
          </g>
        )
      })}
    </svg>
  )
}

/** The three scores in words. */
export function ScoreLine({ scores }: { readonly scores: Scores }) {
  const { t } = useWords()
  return (
    <span>
      {(['documentation', 'quality', 'application'] as const)
        .map((name) => `${t(name)} ${scores[name] === null ? t('notMeasured') : Math.floor((scores[name] ?? 0) * 10) / 10}`)
        .join(' · ')}
    </span>
  )
}
