// Asks the API. Whatever goes wrong is a Problem (RFC 9457).
import { accessToken, endSession } from './session.js';

/** What the server, or the way to it, could not do. */
export class Problem extends Error {
  constructor({ status = 0, code, title, detail, correlationId }) {
    super(detail ?? title ?? `HTTP ${status}`);
    Object.assign(this, { status, code, title, detail, correlationId });
  }
}

async function problemOf(response) {
  const body = await response.json().catch(() => ({}));
  return new Problem({ correlationId: response.headers.get('X-Correlation-Id'), ...body, status: response.status });
}

/** The response of a request with the signed-in user's token. */
export async function send(path, { headers, ...options } = {}) {
  const token = accessToken();
  const all = { Accept: 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}), ...headers };
  let response;
  try {
    response = await fetch(path, { ...options, headers: all });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Problem({ code: 'unreachable', detail: failure.message });
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.status === 401 && token && token === accessToken()) endSession();
    throw problem;
  }
  return response;
}

/** The JSON at a path; `parameters` that are absent are left out, arrays are repeated. */
export async function get(path, parameters = {}, signal = undefined) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const single of [value].flat()) if (single !== null && single !== undefined) query.append(name, single);
  }
  const text = query.toString();
  return (await send(text ? `${path}?${text}` : path, { signal })).json();
}

/** The JSON answered to a body; nothing for an empty answer. */
export async function post(path, body, { signal, headers } = {}) {
  const response = await send(path, {
    method: 'POST',
    signal,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

/** Saves an answer as a file: a link cannot carry the token. */
export async function download(path, accept, name) {
  const blob = await (await send(path, { headers: { Accept: accept } })).blob();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
