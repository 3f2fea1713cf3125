import { LitElement, css, html, nothing } from 'lit';

import { formatMeasure } from '../dashboard/format.js';
import { funnelSteps, funnelStyles } from '../dashboard/funnel-steps.js';
import { foundation, panel } from '../dashboard/shared-styles.js';
import { tables } from '../dashboard/table-styles.js';
import { answerTableStyles, answerTables, table } from './answer-table.js';
import { performancePicture, performanceStyles } from './performance-picture.js';
import { retentionPicture, retentionStyles } from './retention-picture.js';
import { apiTotalsPicture, lifecyclePicture, seriesStyles, sessionsPicture } from './series-picture.js';
import { formatCount, lineNames, trendPicture, trendStyles } from './trend-picture.js';
import { quotedIfUnclear, shortened } from './value-name.js';
import { arePartial, formatMoment, formatRange, formatStart, zoneWords } from './zoned-time.js';

/** What fits each kind of question; a kind that is not here is shown as tables alone. */
const PICTURES = {
  funnel: funnelPicture,
  trend: trendPicture,
  retention: retentionPicture,
  lifecycle: lifecyclePicture,
  'api-totals': apiTotalsPicture,
  sessions: sessionsPicture,
  performance: performancePicture,
};

/** An answer, of whatever kind: what it is about, the picture that fits it, and its numbers as tables. */
export class AnswerView extends LitElement {
  static properties = {
    kind: {},
    name: {},
    answer: { attribute: false },
  };

  static styles = [
    foundation,
    panel,
    tables,
    answerTableStyles,
    funnelStyles,
    trendStyles,
    performanceStyles,
    retentionStyles,
    seriesStyles,
    css`
      .about {
        margin: 0 0 1rem;
        font-size: 0.85rem;
        color: var(--ink-muted);
      }
      details {
        margin-top: 1rem;
      }
      summary {
        width: fit-content;
        margin-bottom: 0.6rem;
        color: var(--accent);
        cursor: pointer;
      }
      h3 {
        margin-top: 1.2rem;
      }
    `,
  ];

  render() {
    const { answer, kind } = this;
    const picture = PICTURES[kind];
    return html`
      <p class="about" data-test="answer-about">${this.#about()}</p>
      ${picture === undefined ? answerTables(toReadable(kind, answer)) : picture(answer, this.name)}
      ${picture === undefined || kind === 'retention'
        ? nothing
        : html`<details>
            <summary>All numbers</summary>
            ${kind === 'trend' ? table('By interval', trendRows(answer), answer.zone, (name, value) => formatCount(value)) : answerTables(answer)}
          </details>`}
    `;
  }

  #about() {
    const { range, zone, freshness, exact, people_needed: needed } = this.answer;
    return [
      formatRange(range, zone),
      zoneWords(zone),
      `as of ${formatMoment(freshness.as_of, zone)}`,
      exact ? 'exact' : 'percentiles within 1 %',
      ...(needed === undefined ? [] : [`fewer than ${needed} people, who are not listed`]),
    ].join(' · ');
  }
}

function funnelPicture({ steps, groups, unit }, name) {
  const words = unit?.toLowerCase() === 'session' ? { one: 'session', many: 'sessions' } : undefined;
  return html`
    ${funnelSteps(steps, name, words)}
    ${groups.map((group) => funnelGroup(group, name, words))}
  `;
}

function funnelGroup({ value, is_other: isOther, steps }, name, words) {
  const whole = isOther ? 'All others' : value === null ? 'Not known' : quotedIfUnclear(value);
  return html`
    <h3 title=${whole}>${shortened(whole)}</h3>
    ${funnelSteps(steps, `${name}: ${whole}`, words)}
  `;
}

/** A row for each interval, a column for each line. */
function trendRows({ intervals, interval, lines, zone, partial_intervals: partial = [] }) {
  const names = lineNames(lines);
  const notWhole = arePartial(intervals, partial);
  return intervals.map((start, place) => Object.fromEntries([
    [`start of the ${interval}`, formatStart(start, zone, interval)],
    ...(partial.length === 0 ? [] : [['whole', !notWhole[place]]]),
    ...lines.map(({ asked }, index) => [names[index], asked.values[place]]),
  ]));
}

/** An answer as tables tell it best. */
function toReadable(kind, answer) {
  if (kind === 'paths') return namedPaths(answer);
  return kind === 'engagement' ? shortEngagement(answer) : answer;
}

/** Paths name their nodes by place, which says nothing to a reader. */
function namedPaths({ nodes, edges, ...rest }) {
  const nameOf = ({ kind: node, name }) => (node === 'event' ? quotedIfUnclear(name) : node === 'other' ? 'others' : 'nothing more');
  return {
    ...rest,
    paths: edges.map(({ from, to, sessions }) => ({
      level: nodes[to].level, from: nameOf(nodes[from]), to: nameOf(nodes[to]), sessions,
    })),
  };
}

/** What a score is made of fits into a cell. */
function shortEngagement({ distribution: { people: scored, buckets, ...scores }, people, ...rest }) {
  return {
    ...rest,
    people_scored: scored,
    ...scores,
    people_by_score: buckets,
    people: people.map(({ recency, frequency, parts, ...person }) => ({
      ...person,
      last_at: recency.last_at,
      active_days: `${frequency.active_days} of ${frequency.days}`,
      points_by_event: parts.map(({ event, points }) => `${event} ${formatMeasure(points)}`),
    })),
  };
}

customElements.define('answer-view', AnswerView);
