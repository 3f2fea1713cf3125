import { serverNow } from './server-clock.js';

const ABSENT = '–';
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const THREE_DIGITS = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const EXACTLY_ONE_DECIMAL = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const ONE_DECIMAL = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

const isAbsent = (value) => value === null || value === undefined;

/** `950`, `1.2k`, `3.4M`. */
export function formatCount(count) {
  if (isAbsent(count)) return ABSENT;
  return count < 1000 ? WHOLE.format(count) : COMPACT.format(count).replace('K', 'k');
}

/** Every digit, for a title: `1,234,567`. */
export function formatExactly(count) {
  return isAbsent(count) ? ABSENT : WHOLE.format(count);
}

/** A rate in a second: `0.4`, `41`, `1.2k`. */
export function formatRate(perSecond) {
  if (isAbsent(perSecond)) return ABSENT;
  return perSecond < 100 ? ONE_DECIMAL.format(perSecond) : formatCount(perSecond);
}

/** A share of one as a percentage, `1.2 %` or `63 %`; never rounded to nothing or to all. */
export function formatShare(share) {
  if (isAbsent(share)) return ABSENT;
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return '<0.1 %';
  if (percent > 99.9 && percent < 100) return '>99.9 %';
  const isFine = (percent > 0 && percent < 10) || (percent > 99 && percent < 100);
  return `${(isFine ? EXACTLY_ONE_DECIMAL : WHOLE).format(percent)} %`;
}

/** `0.4 ms`, `210 ms`, `1.25 s`. */
export function formatMillis(millis) {
  if (isAbsent(millis)) return ABSENT;
  if (millis < 1000) return `${millis < 10 ? ONE_DECIMAL.format(millis) : WHOLE.format(millis)} ms`;
  return `${THREE_DIGITS.format(millis / 1000)} s`;
}

/** A measured value without its unit: `0.087`, `12.4`, `1,240`. */
export function formatMeasure(value) {
  if (isAbsent(value)) return ABSENT;
  return Math.abs(value) < 1000 ? THREE_DIGITS.format(value) : WHOLE.format(value);
}

/** How long something took or how old it is: `0.8 s`, `14 s`, `3 min`, `2 h`, `4 d`. */
export function formatDuration(seconds) {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${ONE_DECIMAL.format(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

/** A moment by the reader's clock: `14:03`, with the day unless that is today: `21 Nov, 14:03`. */
export function formatMoment(moment) {
  const date = new Date(moment);
  const clock = CLOCK.format(date);
  return date.toDateString() === serverNow().toDateString() ? clock : `${DAY.format(date)}, ${clock}`;
}

/** A recorded name in plain words: `page_visit` becomes `Page visit`, `LCP` stays. */
export function formatName(name) {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `1 person`, `2 people`. */
export function formatQuantity(count, one, many) {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
