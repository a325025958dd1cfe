// The dashboard: totals arrive as server-sent events, everything else is asked for now and then.
const byId = (id) => document.getElementById(id);
const numbers = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
const rates = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const RATE_SECONDS = 3;
const TOP_ACCOUNTS = 10;
const ACCOUNTS_EVERY_MS = 3000;
const PUBLICATIONS_EVERY_MS = 5000;
const STAFF = ['admin', 'billing', 'analyst'];

let token = null;
let stream = null;
let timers = [];
const totals = new Map();
const cards = new Map();

const utc = (text) => (text ? `${text.slice(0, 19).replace('T', ' ')} UTC` : '–');
const plural = (count, noun) => `${numbers.format(count)} ${noun}${count === 1 ? '' : 's'}`;

function show(element, visible) {
  element.hidden = !visible;
}

function notice(text) {
  byId('notice').textContent = text ?? '';
  show(byId('notice'), Boolean(text));
}

function connection(state, text) {
  byId('dot').className = `dot ${state}`;
  byId('connection').textContent = text;
}

async function ask(path, options = {}) {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const response = await fetch(path, { ...options, headers: { Accept: 'application/json', ...headers, ...options.headers } });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    const problem = new Error(body.detail ?? `${response.status} ${response.statusText}`);
    problem.status = response.status;
    throw problem;
  }
  return body;
}

function element(name, className, text) {
  const created = document.createElement(name);
  if (className) created.className = className;
  if (text !== undefined) created.textContent = text;
  return created;
}

function bar() {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('class', 'bar');
  svg.setAttribute('viewBox', '0 0 100 3');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('role', 'img');
  const parts = ['track', 'batch', 'speed'].map((name) => {
    const rect = document.createElementNS(namespace, 'rect');
    rect.setAttribute('class', name);
    rect.setAttribute('height', '3');
    rect.setAttribute('width', name === 'track' ? '100' : '0');
    svg.append(rect);
    return rect;
  });
  return { svg, batch: parts[1], speed: parts[2] };
}

function card(meter) {
  if (!cards.has(meter)) {
    if (cards.size === 0) byId('totals').replaceChildren();
    const article = element('article');
    const value = element('span', 'value', '0');
    const rate = element('div', 'rate', '');
    const parts = bar();
    article.append(element('span', 'name', meter.replaceAll('_', ' ')), value, rate, parts.svg);
    byId('totals').append(article);
    cards.set(meter, { value, rate, perSecond: 0, ...parts });
  }
  return cards.get(meter);
}

function drawTotal(total) {
  const drawn = card(total.meter);
  const before = totals.get(total.meter);
  totals.set(total.meter, total);
  drawn.value.textContent = total.value === null ? '–' : numbers.format(total.value);
  const whole = Number(total.batch ?? 0) + Number(total.speed ?? 0);
  const share = whole > 0 ? (100 * Number(total.batch ?? 0)) / whole : 0;
  drawn.batch.setAttribute('width', String(share));
  drawn.speed.setAttribute('x', String(share));
  drawn.speed.setAttribute('width', String(whole > 0 ? 100 - share : 0));
  drawn.svg.setAttribute('aria-label', `batch ${total.batch ?? 0}, speed ${total.speed ?? 0}`);
  const seconds = before ? (new Date(total.asOf) - new Date(before.asOf)) / 1000 : 0;
  if (seconds > 0) {
    // Averaged over some seconds: the rate of a single update jumps too much to be read.
    const weight = 1 - Math.exp(-seconds / RATE_SECONDS);
    drawn.perSecond = (1 - weight) * drawn.perSecond + (weight * (total.value - before.value)) / seconds;
    drawn.rate.textContent = drawn.perSecond > 0.05 ? `+${rates.format(drawn.perSecond)} a second` : '';
  }
  drawn.rateAt = Date.now();
}

function drawFreshness(latest) {
  byId('generation').textContent = latest.generation ?? 'none yet';
  byId('closed').textContent = utc(latest.closedThrough);
  byId('as-of').textContent = utc(latest.asOf);
  byId('quality').textContent = latest.partial ? `${latest.quality}, partial` : latest.quality;
  notice(latest.partial ? latest.missing : null);
}

function fadeRates() {
  for (const drawn of cards.values()) {
    if (Date.now() - drawn.rateAt > 4000) {
      drawn.perSecond = 0;
      drawn.rate.textContent = '';
    }
  }
}

function listen() {
  stream?.close();
  stream = new EventSource(`/api/v1/live?access_token=${encodeURIComponent(token)}`);
  stream.addEventListener('open', () => connection('live', 'Live'));
  stream.addEventListener('totals', (event) => {
    connection('live', 'Live');
    const { totals: changed } = JSON.parse(event.data);
    changed.forEach(drawTotal);
    drawFreshness(changed[changed.length - 1]);
  });
  stream.addEventListener('trouble', (event) => {
    connection('lost', 'No counts');
    notice(JSON.parse(event.data).detail);
  });
  const opened = stream;
  stream.addEventListener('error', () => {
    connection('lost', 'Connection lost, trying again');
    // A stream that the server ended for good is opened anew, with the token of the moment.
    if (opened.readyState === EventSource.CLOSED) setTimeout(() => { if (token && stream === opened) listen(); }, 3000);
  });
}

function row(...cells) {
  const line = element('tr');
  cells.forEach(([text, className]) => line.append(element('td', className, text)));
  return line;
}

async function drawAccounts() {
  const meter = byId('meter').value;
  if (!meter) return;
  const { data } = await ask(`/api/v1/meters/${meter}/query?groupBy=subject`);
  if (meter !== byId('meter').value) return;
  data.sort((a, b) => b.value - a.value || a.subject.localeCompare(b.subject));
  byId('accounts').replaceChildren(
    ...data.slice(0, TOP_ACCOUNTS).map((group) => row([group.subject], [numbers.format(group.value), 'number'])));
  show(byId('accounts-empty'), data.length === 0);
}

async function drawPublications() {
  const [{ generations }, { runs }] = await Promise.all([ask('/api/v1/generations'), ask('/api/v1/reconciliation')]);
  byId('generations').replaceChildren(...generations.slice(0, 5).map((generation) =>
    row([generation.served ? `${generation.number} ●` : generation.number],
      [utc(generation.closedThrough)], [utc(generation.publishedAt)])));
  show(byId('generations-empty'), generations.length === 0);
  if (runs.length === 0) {
    byId('reconciliation').textContent = 'No reconciliation has run yet.';
  } else {
    const [latest] = runs;
    const good = latest.mismatches === 0;
    byId('reconciliation').className = `verdict ${good ? 'good' : 'bad'}`;
    byId('reconciliation').textContent =
      `${plural(latest.rowsCompared, 'row')} in ${plural(latest.buckets, 'bucket')} compared, ` +
      (good ? 'all equal' : `${numbers.format(latest.mismatches)} differ`) +
      ` (through ${utc(latest.lastBucket)})`;
  }
}

/** Draws now and then; an answer that fails is shown and tried again. */
function every(milliseconds, draw) {
  const attempt = () => draw().catch((problem) => {
    if (problem.status === 401) signOut('Your token has expired; sign in again.');
    else notice(problem.message);
  });
  attempt();
  timers.push(setInterval(attempt, milliseconds));
}

async function open(newToken, user) {
  token = newToken;
  timers.forEach(clearInterval);
  timers = [];
  totals.clear();
  cards.clear();
  byId('totals').replaceChildren(element('p', 'empty', 'Waiting for the first numbers.'));
  notice(null);
  const meters = await ask('/api/v1/meters');
  const chosen = byId('meter').value;
  byId('meter').replaceChildren(...meters.map((meter) => new Option(meter.slug.replaceAll('_', ' '), meter.slug)));
  if (chosen) byId('meter').value = chosen;
  show(byId('sign-in'), false);
  listen();
  every(ACCOUNTS_EVERY_MS, drawAccounts);
  const staff = user === undefined || STAFF.includes(user);
  show(byId('staff'), staff);
  if (staff) every(PUBLICATIONS_EVERY_MS, drawPublications);
  timers.push(setInterval(fadeRates, 1000));
}

function signOut(reason) {
  token = null;
  stream?.close();
  timers.forEach(clearInterval);
  connection('lost', 'Signed out');
  notice(reason);
  start();
}

async function signInAs(user) {
  const issued = await post('/api/v1/login', { user });
  await open(issued.token, user);
  renewLater(issued);
}

function post(path, body) {
  return ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

/** Access tokens are short-lived; a minute before one ends, the refresh token gets the next. */
function renewLater({ expiresAt, refreshToken }) {
  const wait = Math.max(5000, Date.parse(expiresAt) - Date.now() - 60000);
  timers.push(setTimeout(async () => {
    try {
      const renewed = await post('/api/v1/login/refresh', { refreshToken });
      token = renewed.token;
      renewLater(renewed);
    } catch (problem) {
      if (problem.status === 401) signOut('Your session has ended; sign in again.');
      else renewLater({ expiresAt: new Date(Date.now() + 65000), refreshToken });
    }
  }, wait));
}

/** A platform on this machine signs in by itself; elsewhere a token is asked for. */
async function start() {
  try {
    const { users } = await ask('/api/v1/login');
    byId('user').replaceChildren(...users.map((user) => new Option(user, user, user === 'analyst', user === 'analyst')));
    show(byId('user-field'), true);
    await signInAs('analyst');
  } catch (problem) {
    if (problem.status === 404) {
      connection('', 'Not signed in');
      show(byId('sign-in'), true);
    } else {
      connection('lost', 'No connection');
      notice(`${problem.message}. Trying again in a moment.`);
      setTimeout(start, 3000);
    }
  }
}

byId('user').addEventListener('change', () => signInAs(byId('user').value).catch((problem) => notice(problem.message)));
byId('meter').addEventListener('change', () => drawAccounts().catch((problem) => notice(problem.message)));
byId('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  open(byId('token').value).catch((problem) => {
    token = null;
    notice(problem.message);
  });
});
start();
