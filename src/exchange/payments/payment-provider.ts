import type { Words } from '../../base/problem/index.ts'

/** A way by which money comes in. The bank transfer waits for a person's confirmation; others may settle by themselves. */
export interface PaymentProvider {
  readonly title: Words
  /** What the payer is told to do. */
  readonly instructions: (payment: { readonly amount: string; readonly reference: string }) => Words
}

export const bankTransfer: PaymentProvider = {
  title: { zh: '银行转账', en: 'Bank transfer' },
  instructions: ({ amount, reference }) => ({
    zh: `请转账 ${amount}，并在附言中写明 ${reference}；到账确认后计入钱包。`,
    en: `Transfer ${amount} with the reference ${reference}; it enters the wallet once its arrival is confirmed.`,
  }),
}
