const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The length of each interval of a trend, in milliseconds. */
export const INTERVAL_MILLIS = { minute: MINUTE, hour: HOUR, day: DAY };

/** The ranges that end now, by key. */
export const PRESETS = [
  { key: '1h', label: 'Last hour', words: 'the last hour', millis: HOUR },
  { key: '24h', label: '24 hours', words: 'the last 24 hours', millis: DAY },
  { key: '7d', label: '7 days', words: 'the last 7 days', millis: 7 * DAY },
  { key: '30d', label: '30 days', words: 'the last 30 days', millis: 30 * DAY },
  { key: '90d', label: '90 days', words: 'the last 90 days', millis: 90 * DAY },
];

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

/** The range in instants, half open. */
export function boundsOf(range, now = new Date()) {
  if (!isCustomRange(range)) return { from: new Date(now.getTime() - range.millis), to: now };
  const to = startOfDay(range.lastDay);
  to.setDate(to.getDate() + 1);
  return { from: startOfDay(range.firstDay), to };
}

/** The range as the reading API takes it. */
export function toParameters(range) {
  const { from, to } = boundsOf(range);
  return { from: from.toISOString(), to: to.toISOString() };
}

/** The interval that gives a trend of this range some dozens of points. */
export function chooseInterval(range) {
  const { from, to } = boundsOf(range);
  const millis = to - from;
  if (millis <= 3 * HOUR) return 'minute';
  return millis <= 8 * DAY ? 'hour' : 'day';
}

/** The day of an instant in the reader's time zone, as `2015-05-17`. */
export function toDay(instant) {
  const twoDigits = (number) => String(number).padStart(2, '0');
  return `${instant.getFullYear()}-${twoDigits(instant.getMonth() + 1)}-${twoDigits(instant.getDate())}`;
}

function isDate(text) {
  return DATE.test(text ?? '') && !Number.isNaN(startOfDay(text).getTime());
}

function startOfDay(day) {
  return new Date(`${day}T00:00:00`);
}
