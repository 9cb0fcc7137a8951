/**
 * ledger: what is owed and what happened, so that nothing can be changed unseen. No clock: who keeps it says when.
 *
 *   money.ts        amounts in whole units of a currency; splitAmount loses none
 *   book.ts         double entry: transactions that sum to 0, reversals, floors, keys; hold.ts   amounts set aside
 *   posted-book.ts the same book in PostgreSQL
 *   receipt.ts      events bound to all before them by hash, signed, checked without us
 *   merkle-log.ts   an append-only log with proofs (RFC 6962); checkpoint.ts   its signed state (C2SP)
 *   problems.ts     what can be wrong with a transaction
 */
export * from './book.ts'
export * from './checkpoint.ts'
export * from './hold.ts'
export * from './merkle-log.ts'
export * from './money.ts'
export * from './posted-book.ts'
export * from './receipt.ts'
