// The counts of an account's videos, one row for each.
import { get } from './api.js';

const METERS = ['views', 'billable_views', 'watch_seconds'];

/** `[{video, views, billable_views, watch_seconds}]`, most viewed first, and the freshness of the views. */
export async function videosOf(account, signal) {
  const answers = await Promise.all(METERS.map((meter) =>
    get(`/api/v1/meters/${meter}/query`, { subject: account, groupBy: 'video_id' }, signal)));
  const videos = new Map();
  answers.forEach(({ data }, index) => data.forEach(({ value, groupBy }) => {
    const video = groupBy.video_id;
    if (!videos.has(video)) videos.set(video, { video, views: 0, billable_views: 0, watch_seconds: 0 });
    videos.get(video)[METERS[index]] = value;
  }));
  const rows = [...videos.values()].sort((a, b) => b.views - a.views || a.video.localeCompare(b.video));
  return { rows, freshness: answers[0] };
}
