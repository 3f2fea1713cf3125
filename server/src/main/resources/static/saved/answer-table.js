import { css, html, nothing } from 'lit';

import { formatDuration, formatExactly, formatMeasure, formatMillis, formatName, formatShare } from '../dashboard/format.js';
import { shortened, valueName } from './value-name.js';
import { arePartial, formatMoment, isTimestamp } from './zoned-time.js';

const MOST_ROWS = 200;
const HEAD = new Set(['range', 'zone', 'freshness', 'exact', 'partial_intervals', 'people_needed']);
const SHARE = /(^|_)(rate|share|low|high|difference)$|^conversion_from/;

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isRows = (value) => Array.isArray(value) && value.some(isObject);

/** All of an answer as it is: single values as a list, lists as tables. */
export function answerTables(answer) {
  const { facts, tables } = takeApart(answer);
  return html`
    ${facts.length === 0 ? nothing : factList(facts, answer.zone)}
    ${tables.map(({ name, rows }) => table(formatName(name), rows, answer.zone))}
  `;
}

/**
 * Rows as a table. A list within a row takes lines of its own, and what the row says stands beside all of them.
 *
 * @param {string} caption
 * @param {object[]} rows
 * @param {string} zone of the times in them
 * @param {function(string, number): string} [format] of numbers, by the name of their column
 */
export function table(caption, rows, zone, format = formatNumber) {
  const groups = rows.slice(0, MOST_ROWS).map(toGroup);
  const own = [...new Set(groups.flatMap(({ cells }) => [...cells.keys()]))];
  const inner = [...new Set(groups.flatMap(({ lines }) => lines.flatMap((line) => [...line.keys()])))];
  const texts = textColumns(groups);
  return html`<div class="table-frame" role="region" aria-label=${caption} tabindex="0">
      <table data-test="answer-table">
        <caption>${caption}</caption>
        <thead>
          <tr>${[...own, ...inner].map((name) => html`<th scope="col" class=${texts.has(name) ? 'text' : ''} title=${name}>${shortened(formatName(name))}</th>`)}</tr>
        </thead>
        <tbody>${groups.map((group) => groupRows(group, own, inner, { texts, zone, format }))}</tbody>
      </table>
    </div>
    ${rows.length === 0 ? html`<p class="note">Nothing in this time.</p>` : nothing}
    ${rows.length > MOST_ROWS ? html`<p class="hint">The first ${MOST_ROWS} of ${rows.length}; all are in the CSV.</p>` : nothing}`;
}

function groupRows({ cells, lines }, own, inner, { texts, zone, format }) {
  const height = Math.max(1, lines.length);
  const look = (name) => (texts.has(name) ? 'text' : '');
  return Array.from({ length: height }, (_, index) => html`<tr>
    ${index > 0
      ? nothing
      : own.map((name) => html`<td class=${look(name)} rowspan=${height}>${cell(name, cells.get(name), zone, format)}</td>`)}
    ${inner.map((name) => html`<td class=${`inner ${look(name)}`}>${lines.length === 0 ? '' : cell(name, lines[index].get(name), zone, format)}</td>`)}
  </tr>`);
}

function textColumns(groups) {
  const texts = new Set();
  for (const { cells, lines } of groups) {
    for (const each of [cells, ...lines]) each.forEach((value, name) => typeof value === 'string' && texts.add(name));
  }
  return texts;
}

function factList(facts, zone) {
  return html`<dl>
    ${facts.map(([name, value]) => html`<div><dt>${formatName(name)}</dt><dd>${cell(name, value, zone)}</dd></div>`)}
  </dl>`;
}

function takeApart(answer) {
  const facts = [];
  const tables = [];
  for (const [name, value] of Object.entries(answer)) {
    if (HEAD.has(name)) continue;
    if (Array.isArray(value) && (isRows(value) || value.length === 0)) {
      tables.push({ name, rows: markPartial(value, answer.partial_intervals ?? []) });
    } else if (isObject(value)) {
      const inner = takeApart(value);
      facts.push(...inner.facts.map(([key, fact]) => [`${name}_${key}`, fact]));
      tables.push(...inner.tables.map((each) => ({ name: `${name}_${each.name}`, rows: each.rows })));
    } else {
      facts.push([name, value]);
    }
  }
  return { facts, tables: tables.filter(({ name, rows }) => rows.length > 0 || tables.length === 1 || name === 'people') };
}

/** Rows of intervals of which some are not whole say which. */
function markPartial(rows, partial) {
  if (partial.length === 0) return rows;
  const startOf = ({ start, at }) => start ?? at;
  if (!rows.every((row) => isTimestamp(startOf(row)))) return rows;
  const notWhole = arePartial(rows.map(startOf), partial);
  return rows.map((row, index) => ({ ...row, whole: !notWhole[index] }));
}

/** The first list of objects in a row becomes lines; the rest is flat. */
function toGroup({ is_all: isAll, is_other: isOther, ...row }) {
  if (isOther !== undefined) row.value = valueName({ value: row.value, is_all: isAll, is_other: isOther });
  const flat = flatten(row);
  const [listName, list] = [...flat].find(([, value]) => isRows(value)) ?? [];
  if (listName === undefined) return { cells: flat, lines: [] };
  flat.delete(listName);
  return { cells: flat, lines: list.map((each) => flatten(each)) };
}

function flatten(row, prefix = '') {
  const cells = new Map();
  for (const [name, value] of Object.entries(row)) {
    if (isObject(value)) flatten(value, name === 'conversion' ? prefix : `${prefix}${name}_`).forEach((inner, key) => cells.set(key, inner));
    else cells.set(prefix + name, value);
  }
  return cells;
}

/** A long text is shortened and can be read whole. */
function cell(name, value, zone, format) {
  const whole = formatValue(name, value, zone, format);
  return whole === value && shortened(whole) !== whole ? html`<span title=${whole}>${shortened(whole)}</span>` : whole;
}

function formatValue(name, value, zone, format = formatNumber) {
  if (value === null || value === undefined) return '–';
  if (value === '') return '“”';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return format(name, value);
  if (Array.isArray(value)) return value.map((each) => formatValue(name, each, zone, format)).join(', ') || '–';
  if (isObject(value)) return JSON.stringify(value);
  return isTimestamp(value) ? formatMoment(value, zone) : value;
}

function formatNumber(name, value) {
  if (SHARE.test(name) && Math.abs(value) <= 1) return value < 0 ? `−${formatShare(-value)}` : formatShare(value);
  if (name.endsWith('_ms')) return formatMillis(value);
  if (/seconds/.test(name)) return formatDuration(value);
  return Number.isInteger(value) ? formatExactly(value) : formatMeasure(value);
}

export const answerTableStyles = css`
  .table-frame + .table-frame,
  dl + .table-frame {
    margin-top: 1.1rem;
  }
  caption {
    padding-bottom: 0.3rem;
    font-size: 0.85rem;
    font-weight: 600;
    color: var(--ink-muted);
  }
  thead th {
    vertical-align: bottom;
  }
  td {
    vertical-align: top;
  }
  td.inner:first-child {
    position: static;
    min-width: 0;
    padding-left: 0.65rem;
    text-align: right;
  }
  td.inner.text:first-child {
    text-align: left;
  }
  @media (max-width: 760px) {
    caption {
      padding-left: 1rem;
    }
  }
  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 0.7rem 1.8rem;
    margin: 0;
  }
  dt {
    font-size: 0.8rem;
    color: var(--ink-muted);
  }
  dd {
    margin: 0;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
`;
