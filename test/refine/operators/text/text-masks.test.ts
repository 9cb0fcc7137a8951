import { describe, expect, it } from 'vitest'
import type { Operator } from '../../../../src/refine/operator.ts'
import maskBankCard from '../../../../src/refine/operators/text/mask-bank-card.ts'
import maskEmail from '../../../../src/refine/operators/text/mask-email.ts'
import maskIdentifiers from '../../../../src/refine/operators/text/mask-identifiers.ts'
import maskIp from '../../../../src/refine/operators/text/mask-ip.ts'
import maskPassport from '../../../../src/refine/operators/text/mask-passport.ts'
import maskPhone from '../../../../src/refine/operators/text/mask-phone.ts'
import maskPlate from '../../../../src/refine/operators/text/mask-plate.ts'
import maskResidentId from '../../../../src/refine/operators/text/mask-resident-id.ts'
import maskSecrets from '../../../../src/refine/operators/text/mask-secrets.ts'
import maskUscc from '../../../../src/refine/operators/text/mask-uscc.ts'
import { mapOne } from './run-texts.ts'

/** One identifier of each kind in one sentence, and the operator that takes it. */
const MASKS: readonly (readonly [string, Operator, string])[] = [
  ['EMAIL', maskEmail, 'a.b@example.com'],
  ['PHONE', maskPhone, '13812345678'],
  ['RESIDENT-ID', maskResidentId, '11010519491231002X'],
  ['BANK-CARD', maskBankCard, '4111111111111111'],
  ['USCC', maskUscc, '91350100M000100Y43'],
  ['PASSPORT', maskPassport, 'E87654321'],
  ['PLATE', maskPlate, '京A12345'],
  ['IP', maskIp, '203.0.113.7'],
  ['SECRET', maskSecrets, 'AKIAIOSFODNN7EXAMPLE'],
]
const ALL = MASKS.map(([, , identifier]) => `甲${identifier}乙`).join('。')

describe.each(MASKS)('mask of %s', (tag, operator, identifier) => {
  it('takes its own kind and no other', () => {
    expect(mapOne(operator, ALL)).toBe(ALL.replace(identifier, `<${tag}>`))
  })

  it('writes another mask, a pseudonym, nothing', () => {
    expect(mapOne(operator, `甲${identifier}乙`, { mask: '***' })).toBe('甲***乙')
    expect(mapOne(operator, `甲${identifier}乙`, { action: 'drop' })).toBe('甲乙')
    const pseudonym = mapOne(operator, `${identifier}、${identifier}`, { action: 'pseudonym' }) ?? ''
    expect(pseudonym).toMatch(new RegExp(`^<${tag}:([0-9a-f]{16})>、<${tag}:\\1>$`))
    expect(mapOne(maskIdentifiers, identifier, { action: 'pseudonym' })).toBe(pseudonym.split('、')[0])
  })
})

describe('mask-identifiers', () => {
  it('is all single masks at once', () => {
    const oneByOne = MASKS.reduce((text, [, operator]) => mapOne(operator, text) ?? '', ALL)
    expect(mapOne(maskIdentifiers, ALL)).toBe(oneByOne)
    expect(oneByOne).toBe(MASKS.map(([tag]) => `甲<${tag}>乙`).join('。'))
  })

  it('takes only the kinds that are named, with their own masks', () => {
    expect(mapOne(maskIdentifiers, ALL, { kinds: ['phone', 'ip'], masks: { phone: '[tel]' } })).toBe(
      ALL.replace('13812345678', '[tel]').replace('203.0.113.7', '<IP>'),
    )
    expect(maskIdentifiers.parameters.safeParse({ kinds: ['names'] }).success).toBe(false)
    expect(maskIdentifiers.parameters.safeParse({ action: 'encrypt' }).success).toBe(false)
  })

  it('finds old resident IDs when asked', () => {
    expect(mapOne(maskResidentId, '身份证110105491231002', { oldForm: true })).toBe('身份证<RESIDENT-ID>')
    expect(mapOne(maskResidentId, '身份证110105491231002')).toBe('身份证110105491231002')
  })
})
