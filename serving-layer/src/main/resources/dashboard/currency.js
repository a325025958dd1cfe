// In which money the meters of revenue count.
import { get, Problem } from './api.js';

/** The currency of the plans, in which their shares of revenue are billed; null if they have several, or nobody here bills. */
export async function planCurrency(signal) {
  try {
    const { data } = await get('/api/v1/plans', { limit: 100 }, signal);
    const currencies = new Set(data.map(({ currency }) => currency.code));
    return currencies.size === 1 ? [...currencies][0] : null;
  } catch (failure) {
    if (failure instanceof Problem) return null;
    throw failure;
  }
}
