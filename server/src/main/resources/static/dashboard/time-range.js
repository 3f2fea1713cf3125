import { readerZone, serverNow } from './server-clock.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The length of each interval of a trend, in milliseconds. */
export const INTERVAL_MILLIS = { minute: MINUTE, hour: HOUR, day: DAY };

/** The ranges that end now, by key: `from` is how the server is asked, which computes them; days are the reader's own. */
export const PRESETS = [
  { key: '1h', label: 'Last hour', words: 'the last hour', from: '-PT1H', millis: HOUR },
  { key: '24h', label: '24 hours', words: 'the last 24 hours', from: '-PT24H', millis: DAY },
  { key: '7d', label: '7 days', words: 'the last 7 days', from: '-P7D', days: 7 },
  { key: '30d', label: '30 days', words: 'the last 30 days', from: '-P30D', days: 30 },
  { key: '90d', label: '90 days', words: 'the last 90 days', from: '-P90D', days: 90 },
];

/** The server takes days of a time zone apart for no longer. */
const MOST_ZONED_DAYS = 400;

const DEFAULT_KEY = '24h';
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY_FORMAT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** The preset of that key, or the default one. */
export function presetRange(key = DEFAULT_KEY) {
  return PRESETS.find((preset) => preset.key === key) ?? presetRange(DEFAULT_KEY);
}

export const isDefaultRange = (range) => range.key === DEFAULT_KEY;
export const isCustomRange = (range) => range.firstDay !== undefined;

/**
 * Whole days in the reader's own time zone, the last one included; undefined unless both are dates in order.
 *
 * @param {string} firstDay as `2015-05-17`
 * @param {string} lastDay as `2015-05-20`
 */
export function findCustomRange(firstDay, lastDay) {
  if (!isDate(firstDay) || !isDate(lastDay) || firstDay > lastDay) return undefined;
  const words = DAY_FORMAT.formatRange(startOfDay(firstDay), startOfDay(lastDay)).replace(/^(\d+)\s–\s(\d+)/, '$1–$2');
  return { key: `${firstDay}..${lastDay}`, label: words, words, firstDay, lastDay };
}

/** About what instants the range is, half open, by the server's clock: it computes the ranges that end now itself. */
export function boundsOf(range, now = serverNow()) {
  if (range.millis !== undefined) return { from: new Date(now.getTime() - range.millis), to: now };
  if (range.days !== undefined) return { from: daysBefore(now, range.days - 1), to: now };
  const to = startOfDay(range.lastDay);
  to.setDate(to.getDate() + 1);
  return { from: startOfDay(range.firstDay), to };
}

/** The range as the reading API takes it. */
export function toParameters(range) {
  if (!isCustomRange(range)) return { from: range.from, zone: readerZone() };
  const { from, to } = boundsOf(range);
  return { from: from.toISOString(), to: to.toISOString(), zone: readerZone() };
}

/** The interval that gives a trend of this range some dozens of points, and whose days it is of. */
export function chooseInterval(range) {
  const { from, to } = boundsOf(range);
  const millis = to - from;
  if (millis <= 3 * HOUR) return { interval: 'minute' };
  if (millis <= 8 * DAY) return { interval: 'hour' };
  return millis <= MOST_ZONED_DAYS * DAY ? { interval: 'day' } : { interval: 'day', zone: 'UTC' };
}

/** The day of an instant in the reader's time zone, as `2015-05-17`. */
export function toDay(instant) {
  const twoDigits = (number) => String(number).padStart(2, '0');
  return `${instant.getFullYear()}-${twoDigits(instant.getMonth() + 1)}-${twoDigits(instant.getDate())}`;
}

function daysBefore(instant, days) {
  return new Date(instant.getFullYear(), instant.getMonth(), instant.getDate() - days);
}

function isDate(text) {
  return DATE.test(text ?? '') && !Number.isNaN(startOfDay(text).getTime());
}

function startOfDay(day) {
  return new Date(`${day}T00:00:00`);
}
