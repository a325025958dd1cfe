// Every page, in the order of the navigation. A role's first page is the one it starts on.
import creatorOverview from './pages/creator-overview.js';
import liveCounts from './pages/live-counts.js';
import signIn from './pages/sign-in.js';

export const SIGN_IN = signIn;
export const PAGES = [
  creatorOverview,
  liveCounts,
];
