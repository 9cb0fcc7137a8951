import type { Route } from '../guard/index.ts'
import type { DeliveryEffects } from './delivery.ts'
import { type Enqueue, listingRoutes } from './listing/listing-routes.ts'
import { orderRoutes } from './orders/order-routes.ts'
import { paymentRoutes } from './payments/payment-routes.ts'
import { loadDeliveries } from './registry.ts'

export type { Enqueue }

/** Listings and their review, catalogue and orders, payments and ledger, and every protocol of delivery. */
export async function exchangeRoutes(enqueue: Enqueue, keys: DeliveryEffects): Promise<Route[]> {
  const deliveries = await loadDeliveries()
  return [
    ...listingRoutes(enqueue),
    ...orderRoutes(keys.receiptKey),
    ...paymentRoutes(),
    ...deliveries.flatMap(({ plugin }) => plugin.routes(keys)),
  ]
}
