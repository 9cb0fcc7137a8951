import { type IdentifierKind, identifierParameters, replaceInColumns } from '../base/kernels/index.ts'
import { defineOperator, type Operator, type OperatorDefinition } from './operator.ts'

/** An operator that masks one kind of identifier in texts, by a tag, a keyed pseudonym, or by leaving it out. */
export const defineIdentifierMask = (
  kind: IdentifierKind,
  words: Pick<OperatorDefinition<ReturnType<typeof identifierParameters>>, 'version' | 'title' | 'doc' | 'source' | 'example'>,
): Operator =>
  defineOperator({
    ...words,
    parameters: identifierParameters(kind),
    run: (batch, { columns, action, mask }, { pseudonymKey }) =>
      replaceInColumns(batch, columns, { kinds: [kind], action, masks: { [kind]: mask } }, pseudonymKey),
  })
