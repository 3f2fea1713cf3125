const MOMENT = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'medium' });
const MINUTE = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'medium' });
const DAY_MILLIS = 86_400_000;
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Whether a value of an answer is a point in time. */
export const isTimestamp = (value) => typeof value === 'string' && TIMESTAMP.test(value);

/** The zone of an answer in words. */
export const zoneWords = (zone) => (zone === 'Z' ? 'UTC' : zone);

/** What a clock of that zone shows at that time, in epoch milliseconds as if it went by UTC. */
export function wallClock(timestamp, zone) {
  const instant = new Date(timestamp);
  const parts = Object.fromEntries(clockOf(zone).formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year, month, day, hour, minute, second } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + instant.getUTCMilliseconds();
}

/** `22 Nov 2026, 15:51:58` in that zone. */
export const formatMoment = (timestamp, zone) => MOMENT.format(wallClock(timestamp, zone));

/** For each of some starts whether its interval is not whole: cut by the range, or not over. */
export function arePartial(starts, partial = []) {
  const instants = new Set(partial.map((start) => Date.parse(start)));
  return starts.map((start) => instants.has(Date.parse(start)));
}

/** `22 Nov 2026`, or `22 Nov 2026, 15:00` for what is shorter than a day. */
export function formatStart(timestamp, zone, interval) {
  const wall = wallClock(timestamp, zone);
  return (interval === 'hour' || interval === 'minute' ? MINUTE : DAY).format(wall);
}

/** A range in that zone, its end not included: `15 – 21 Nov 2026` when it is whole days. */
export function formatRange({ from, to }, zone) {
  const [start, end] = [wallClock(from, zone), wallClock(to, zone)];
  if (Date.parse(from) === 0) return `up to ${MINUTE.format(end)}`;
  const isWholeDays = start % DAY_MILLIS === 0 && end % DAY_MILLIS === 0;
  return isWholeDays ? DAY.formatRange(start, end - DAY_MILLIS) : MINUTE.formatRange(start, end);
}

const clocks = new Map();

/** Making a clock is dear, and an answer has thousands of times in one zone. */
function clockOf(zone) {
  if (!clocks.has(zone)) clocks.set(zone, makeClock(zone));
  return clocks.get(zone);
}

/** UTC where the browser does not know the zone. */
function makeClock(zone) {
  const form = {
    year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23',
  };
  try {
    return new Intl.DateTimeFormat('en-GB', { ...form, timeZone: zoneWords(zone) });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...form, timeZone: 'UTC' });
  }
}
