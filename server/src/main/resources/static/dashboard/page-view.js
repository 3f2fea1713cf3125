import { findCustomRange, isCustomRange, isDefaultRange, presetRange } from './time-range.js';

/**
 * What the page shows is in its address, behind the `#`, so that it can be kept, sent and gone back to: the range and,
 * when one is chosen, the endpoint.
 */
export function readView(hash = location.hash) {
  const parameters = new URLSearchParams(hash.slice(1));
  const custom = findCustomRange(parameters.get('from'), parameters.get('to'));
  return {
    range: custom ?? presetRange(parameters.get('range') ?? undefined),
    endpoint: parameters.get('endpoint') ?? undefined,
  };
}

/** The address of a view, to be linked to. */
export function hashOf({ range, endpoint }) {
  const parameters = new URLSearchParams();
  if (isCustomRange(range)) {
    parameters.set('from', range.firstDay);
    parameters.set('to', range.lastDay);
  } else if (!isDefaultRange(range)) {
    parameters.set('range', range.key);
  }
  if (endpoint !== undefined) parameters.set('endpoint', endpoint);
  return `#${parameters}`;
}

/** Goes to the present view with some of it changed. */
export function changeView(change) {
  location.hash = hashOf({ ...readView(), ...change });
}
