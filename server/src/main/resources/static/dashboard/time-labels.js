import { INTERVAL_MILLIS } from './time-range.js';

const MINUTE = INTERVAL_MILLIS.minute;
const DAY = INTERVAL_MILLIS.day;
const SHORTER_THAN_A_DAY = new Set(['minute', 'hour']);
const STEPS = [1, 5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * MINUTE)
  .concat([1, 2, 7, 14, 28, 56].map((days) => days * DAY));

/**
 * How the instants of a chart are written: which of them carry a label, and the words. They are the reader's own time,
 * unless the instants are what a clock of the answer's zone shows.
 *
 * @param {number[]} instants epoch milliseconds, oldest first
 * @param {'minute'|'hour'|'day'|'week'|'month'} interval
 * @param {boolean} [isWallClock] whether the instants are a clock's time, as if it went by UTC
 */
export function timeLabels(instants, interval, isWallClock = false) {
  const isOfDays = !SHORTER_THAN_A_DAY.has(interval);
  const timeZone = isWallClock ? 'UTC' : undefined;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const year = isOfOneYear(instants) ? undefined : 'numeric';
  const date = new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short', year });
  return {
    /** Whether each is labelled, when about `most` labels have room: the first after every full step has one. */
    choose(most) {
      const span = instants.at(-1) - instants[0];
      const step = STEPS.find((candidate) => span / candidate <= most) ?? STEPS.at(-1);
      const marks = instants.map((instant) => Math.floor(readerTime(instant, timeZone) / step));
      return marks.map((mark, index) => index > 0 && mark !== marks[index - 1]);
    },
    short(instant) {
      const startsDay = isOfDays || readerTime(instant, timeZone) % DAY < INTERVAL_MILLIS[interval];
      return startsDay ? date.format(instant) : clock.format(instant);
    },
    full(instant) {
      return isOfDays ? date.format(instant) : `${date.format(instant)}, ${clock.format(instant)}`;
    },
  };
}

const isOfOneYear = (instants) => new Date(instants[0]).getUTCFullYear() === new Date(instants.at(-1)).getUTCFullYear();

/** The instant as the reader's clock shows it, so that whole hours and days can be found by division. */
function readerTime(instant, timeZone) {
  return timeZone === 'UTC' ? instant : instant - new Date(instant).getTimezoneOffset() * MINUTE;
}
