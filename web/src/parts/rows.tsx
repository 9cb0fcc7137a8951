import { Table } from '@mantine/core'
import type { ReactNode } from 'react'

export interface ColumnOf<T> {
  readonly title: string
  readonly isNumber?: boolean
  readonly cell: (row: T) => ReactNode
}

/** A table of rows; one that can be opened is, by click, Enter or Space. */
export function Rows<T>({
  columns,
  rows,
  keyOf,
  label,
  onOpen,
}: {
  readonly columns: readonly ColumnOf<T>[]
  readonly rows: readonly T[]
  readonly keyOf: (row: T) => string
  readonly label: string
  readonly onOpen?: (row: T) => void
}) {
  return (
    <section className="scroll" aria-label={label}>
      <Table className="rows" striped highlightOnHover={onOpen !== undefined} aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ title, isNumber }) => (
              <Table.Th key={title} className={isNumber ? 'number' : undefined}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr
              key={keyOf(row)}
              {...(onOpen
                ? {
                    'data-clickable': true,
                    tabIndex: 0,
                    onClick: () => onOpen(row),
                    onKeyDown: (event: React.KeyboardEvent) => {
                      if (event.key === 'Enter' || event.key === ' ') onOpen(row)
                    },
                  }
                : {})}
            >
              {columns.map(({ title, cell, isNumber }) => (
                <Table.Td key={title} className={isNumber ? 'number' : undefined}>
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

/** A moment in the reader's zone; its ISO form on hover. */
export const When = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={at}>
    {new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' })}
  </time>
)

export const count = (n: number): string => n.toLocaleString('en-US').replaceAll(',', '\u2009')
