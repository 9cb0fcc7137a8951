// Builds, lists, reviews and sells an example over the API of a fresh server, and prints what a buyer's clients need.
//   node prepare-sale.mjs http://127.0.0.1:4460
const [url] = process.argv.slice(2)

const as = (secret) => async (method, path, body) => {
  const response = await fetch(url + path, {
    method,
    headers: { ...(secret ? { authorization: `Bearer ${secret}` } : {}), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`)
  return answer
}

const person = (name) => ({ email: `${name}@example.org`, password: 'correct horse battery', name, language: 'en' })
const signIn = async (name) =>
  as((await as()('POST', '/api/sessions', { email: person(name).email, password: person(name).password })).token)

async function ended(call, job) {
  for (;;) {
    const found = await call('GET', `/api/jobs/${job}`)
    if (found.state === 'failed') throw new Error(JSON.stringify(found.problem))
    if (found.state === 'done') return found.result
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const owner = as((await as()('POST', '/api/setup', { ...person('owner'), organisation: 'Operator' })).token)
for (const name of ['buyer', 'stranger', 'spent', 'ended'])
  await owner('POST', '/api/organisations', { name: `Works ${name}`, owner: person(name) })

const addresses = {}
for (const example of ['law', 'manufacturing', 'healthcare/imaging']) {
  const built = await ended(owner, (await owner('POST', '/api/builds', { input: { example } })).job)
  const handle = example.replace('/', '-')
  const { id, job } = await owner('POST', '/api/listings', { dataset: built.dataset, version: built.version, handle })
  await ended(owner, job)
  await owner('POST', `/api/listings/${id}/plans`, {
    kind: 'per-token',
    terms: { currency: 'CNY', pricePerMillion: '100.00', tokenizer: 'o200k' },
  })
  await owner('POST', `/api/listings/${id}/plans`, {
    kind: 'per-token',
    terms: { currency: 'CNY', pricePerMillion: '0.01', tokenizer: 'o200k', quotaTokens: 1 },
  })
  await owner('POST', `/api/listings/${id}/plans`, { kind: 'subscription', terms: { currency: 'CNY', price: '1.00', days: 30 } })
  await owner('POST', `/api/listings/${id}/submit`, { declarations: { authorised: true, lawful: true, deidentified: true } })
  await owner('POST', `/api/reviews/${id}`, { decision: 'list' })
  addresses[example] = { address: `operator/${handle}`, records: built.counts.out }
}

const keys = {}
const entitlements = {}
for (const [name, at] of [
  ['buyer', 0],
  ['spent', 1],
  ['ended', 2],
  ['stranger', undefined],
]) {
  const call = await signIn(name)
  keys[name] = (await call('POST', '/api/keys', { name: 'loader', scopes: ['delivery:read', 'orders:read'] })).secret
  if (at === undefined) continue
  const payment = await call('POST', '/api/payments', { amount: '500.00', currency: 'CNY' })
  await owner('POST', `/api/payments/${payment.id}/settle`, { decision: 'confirm' })
  for (const { address } of Object.values(addresses)) {
    const [organisation, listing] = address.split('/')
    const { plans } = await call('GET', `/api/catalogue/${address}`)
    const placed = await call('POST', '/api/orders', { organisation, listing, planId: plans[at].id })
    entitlements[name] ??= {}
    entitlements[name][address] = placed.entitlementId
    if (name === 'ended') await owner('POST', `/api/entitlements/${placed.entitlementId}/revoke`, { why: 'unpaid invoice' })
  }
}
process.stdout.write(`${JSON.stringify({ url, keys, addresses, entitlements })}\n`)
