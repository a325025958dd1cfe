// Every form that the CloudEvents SDK for JavaScript writes, sent as its README shows. Prints the statuses as one line of JSON.
import { CloudEvent, HTTP, Mode, emitterFor, httpTransport } from 'cloudevents'

const [baseUrl, apiKey, account] = process.argv.slice(2)
const url = `${baseUrl}/api/v1/events`
const event = (id, more = {}) =>
  new CloudEvent({
    id,
    type: 'ticket.served',
    source: '/counter/1',
    subject: account,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    data: { ticket_id: id, offering_id: 'desk' },
    ...more,
  })

const send = async ({ headers, body }) => {
  const answer = await fetch(url, { method: 'POST', headers: { ...headers, 'X-API-Key': apiKey }, body })
  return answer.status
}
const bytes = new TextEncoder().encode('{"ticket_id":"bytes","offering_id":"desk"}')

const emitted = {}
for (const mode of [Mode.BINARY, Mode.STRUCTURED]) {
  const emit = emitterFor(httpTransport(url), { mode })
  const answer = await emit(event(`emitted-${mode}`), { headers: { 'X-API-Key': apiKey } })
  emitted[mode] = answer.body
}

console.log(
  JSON.stringify({
    binary: await send(HTTP.binary(event('binary'))),
    structured: await send(HTTP.structured(event('structured'))),
    binaryBytes: await send(HTTP.binary(event('binary-bytes', { data: bytes, datacontenttype: 'application/json' }))),
    structuredBytes: await send(
      HTTP.structured(event('structured-bytes', { data: bytes, datacontenttype: 'application/json' })),
    ),
    batch: await send({
      headers: { 'Content-Type': 'application/cloudevents-batch+json' },
      body: JSON.stringify([event('batch-1'), event('batch-2')]),
    }),
    emitted,
  }),
)
