import { findCustomRange, boundsOf, toDay } from './time-range.js';

const MOST_DAYS_SHOWN = 30;

/** Whether nothing at all has been recorded. */
export function isNothingStored(coverage) {
  return coverage.facts.every((fact) => isEmpty(fact));
}

/**
 * The newest stretch of what is stored, at most 30 days, when all of it lies outside the range; undefined when
 * nothing is stored or some of it may lie inside.
 *
 * @param coverage the answer of `insights/coverage`; may be undefined
 * @param {string} [factName] one fact table; every one when absent
 */
export function findNewestElsewhere(coverage, range, factName = undefined) {
  const facts = (coverage?.facts ?? [])
    .filter((fact) => !isEmpty(fact) && (factName === undefined || fact.fact === factName))
    .map((fact) => ({ first: new Date(fact.first), last: new Date(fact.last) }));
  const { from, to } = boundsOf(range);
  if (facts.length === 0 || facts.some((fact) => fact.last >= from && fact.first < to)) return undefined;
  const last = new Date(Math.max(...facts.map((fact) => fact.last)));
  const earliest = new Date(last);
  earliest.setDate(earliest.getDate() - MOST_DAYS_SHOWN + 1);
  const first = new Date(Math.max(earliest, Math.min(...facts.map((fact) => fact.first))));
  return findCustomRange(toDay(first), toDay(last));
}

function isEmpty(fact) {
  return fact.first === null || fact.last === null;
}
