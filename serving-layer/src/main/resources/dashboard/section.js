// A titled part of a page that loads by itself, so that one failure does not empty the page.
import { element } from './elements.js';
import { loading, problemView } from './states.js';

const PLACES = '.frame, details, summary, a, button, input, select';

let count = 0;

/** Replaces what a part shows; keyboard, scrolled tables and opened details stay where they were. */
function replace(body, content) {
  const before = [...body.querySelectorAll(PLACES)].map((place) => ({ open: place.open, left: place.scrollLeft, focused: place === document.activeElement }));
  body.replaceChildren(...content);
  [...body.querySelectorAll(PLACES)].forEach((place, index) => {
    const was = before[index];
    if (was?.open && 'open' in place) place.open = true;
    if (was?.left) place.scrollLeft = was.left;
    if (was?.focused) place.focus({ preventScroll: true });
  });
}

/**
 * A section. `load(signal)` resolves to what it shows; with `every` milliseconds it is asked again while the page is open. A later
 * failure keeps what was shown and says so above it.
 */
export function section(title, load, { signal, every = 0, controls = null, note = null } = {}) {
  const id = `section-${count++}`;
  const body = element('div', { class: 'section-body' }, loading());
  const trouble = element('div', {});
  const created = element('section', { 'aria-labelledby': id },
    element('div', { class: 'section-head' }, element('h2', { id }, title), controls),
    note && element('p', { class: 'hint' }, note), trouble, body);
  let filled = false;
  let asked = 0;
  async function draw() {
    const turn = ++asked;
    try {
      const content = await load(signal);
      if (signal?.aborted || turn !== asked) return;
      trouble.replaceChildren();
      replace(body, [content].flat());
      filled = true;
    } catch (problem) {
      if (signal?.aborted || turn !== asked) return;
      const view = problemView(problem, () => {
        trouble.replaceChildren();
        if (!filled) body.replaceChildren(loading());
        draw();
      });
      trouble.replaceChildren(view);
      if (!filled) body.replaceChildren();
    }
  }
  created.reload = draw;
  draw();
  if (every > 0) {
    const timer = setInterval(() => document.hidden || draw(), every);
    signal?.addEventListener('abort', () => clearInterval(timer));
  }
  return created;
}
