/**
 * exchange: entries → orders, deliveries, receipts.
 *
 *   listing/      a graded version on offer: sheet, compliance checklist, review, row groups with their tokens
 *   plan.ts       the contract of plans/<plan>.ts: what is due at once, what for use, what quota
 *   orders/       place-order.ts freezes terms in an entitlement; admit.ts is the one check of who may read
 *   meter/        charge-use.ts is the one meter: counted once, charged, receipted, before a byte is sent
 *   delivery.ts   the contract of delivery/<protocol>.ts, by which buyers' own clients load
 *   payments/     money that comes in; statements
 *   tokenizer.ts  the contract of tokenizers/<name>.ts
 *   routes.ts     all of it over HTTP
 */
export { exchangeKeys } from './exchange-keys.ts'
export { MEASURE_LISTING, measureListing, measurePayload } from './listing/measure-job.ts'
