// As the README of @openmeter/sdk shows its use: ingest, then ask the meter. Prints what came back as one line of JSON.
import { OpenMeter, isHTTPError } from '@openmeter/sdk'

const [baseUrl, apiKey, account] = process.argv.slice(2)
const openmeter = new OpenMeter({ baseUrl, apiKey })
const sale = (id, price) => ({
  id,
  type: 'ticket.paid',
  subject: account,
  data: { ticket_id: id, offering_id: `show-${price}`, price, currency: 'EUR' },
})

await openmeter.events.ingest(sale('one', 10.25))
await openmeter.events.ingest([sale('two', 5), sale('three', 5)])
await openmeter.events.ingest([sale('two', 5), sale('one', 10.25)])
await openmeter.events.ingest({ type: 'ticket.paid', subject: account, data: { ticket_id: 'four', offering_id: 'show-5' } })

const refused = async (work) => {
  try {
    await work()
  } catch (error) {
    return { known: isHTTPError(error), status: error.status, title: error.title, message: error.message }
  }
}

const total = async (meter, query) => {
  const result = await openmeter.meters.query(meter, { subject: [account], ...query })
  return result.data.map(({ value, groupBy }) => ({ value: Number(value), groupBy }))
}

let sold = []
for (const end = Date.now() + 60_000; Date.now() < end && sold[0]?.value !== 4; ) {
  sold = await total('tickets_sold')
  await new Promise((resolve) => setTimeout(resolve, 250))
}

const [meters, meter] = await Promise.all([openmeter.meters.list(), openmeter.meters.get('tickets_sold')])
console.log(
  JSON.stringify({
    sold,
    revenue: await total('ticket_revenue'),
    byOffering: await total('tickets_sold', { groupBy: ['offering_id'] }),
    filtered: await total('tickets_sold', { filterGroupBy: { offering_id: 'show-5' } }),
    slugs: meters.map(({ slug }) => slug),
    aggregation: meter.aggregation,
    invalid: await refused(() => openmeter.events.ingest({ type: 'ticket.paid', subject: account, data: {} })),
    foreign: await refused(() => openmeter.events.ingest({ ...sale('x', 1), subject: 'somebody-else' })),
    unknown: await refused(() => openmeter.meters.query('no_such_meter')),
  }),
)
