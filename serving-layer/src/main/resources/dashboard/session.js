// Who is signed in. Tokens live in sessionStorage: they survive a reload and end with the tab.
const KEY = 'session';
const RENEW_BEFORE_MS = 60_000;
const RETRY_MS = 5_000;
const LONGEST_WAIT_MS = 86_400_000;

let session = null;
let renewal = null;
let ended = false;
const listeners = [];

/** `{name, roles, accounts}`, or null. The server judges by the token; this only chooses what to offer. */
export function currentUser() {
  return session && session.user;
}

export function accessToken() {
  return session?.token ?? null;
}

/** Whether the last session ended by itself rather than by signing out. */
export function sessionEnded() {
  return ended;
}

/** Calls back whenever somebody signed in or out. */
export function onSession(listener) {
  listeners.push(listener);
}

function claims(token) {
  try {
    const bytes = Uint8Array.from(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

function keep(token, refreshToken) {
  const claimed = claims(token);
  if (!claimed || !Array.isArray(claimed.roles)) return false;
  session = {
    token,
    refreshToken,
    endsAt: 1000 * (claimed.exp ?? 0),
    user: { name: claimed.sub ?? '', roles: claimed.roles, accounts: [...(claimed.accounts ?? [])].sort() },
  };
  sessionStorage.setItem(KEY, JSON.stringify({ token, refreshToken }));
  clearTimeout(renewal);
  if (refreshToken) renewal = setTimeout(renew, Math.min(LONGEST_WAIT_MS, Math.max(RETRY_MS, session.endsAt - Date.now() - RENEW_BEFORE_MS)));
  return true;
}

function forget() {
  session = null;
  clearTimeout(renewal);
  sessionStorage.removeItem(KEY);
}

function changed() {
  listeners.forEach((listener) => listener());
}

async function postJson(path, body, token) {
  return fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
}

async function renew() {
  const { refreshToken } = session;
  try {
    const response = await postJson('/api/v1/login/refresh', { refreshToken });
    if (response.ok) {
      const issued = await response.json();
      keep(issued.token, issued.refreshToken);
      return true;
    }
    if (response.status === 401 || response.status === 404) return false;
  } catch {
    // Not reachable now: the next attempt may do.
  }
  renewal = setTimeout(renew, RETRY_MS);
  return true;
}

/** Takes up the session of this tab again, if there is one that has not ended. */
export async function restoreSession() {
  const { token, refreshToken } = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
  if (!token || !keep(token, refreshToken)) return;
  if (session.endsAt > Date.now() + RETRY_MS) return;
  if (!refreshToken || !(await renew())) forget();
}

/** Signs in with a token; false if it is no access token. */
export function signIn(token, refreshToken) {
  ended = false;
  if (!keep(token, refreshToken)) return false;
  changed();
  return true;
}

/** The server refused the token: the session is over. */
export function endSession() {
  ended = true;
  forget();
  changed();
}

/** Ends the tokens on the server and the session here. */
export async function signOut() {
  ended = false;
  const { token, refreshToken } = session;
  forget();
  changed();
  await postJson('/api/v1/logout', refreshToken ? { refreshToken } : undefined, token).catch(() => {});
}
