import { css } from 'lit';

/**
 * Tables of numbers. On a narrow screen a table scrolls inside its panel, keeps its first column in sight and is shaded
 * where it goes on.
 */
export const tables = css`
  .table-frame {
    margin: 0 -1.4rem;
    padding: 0 1.4rem;
    overflow-x: auto;
  }
  .table-frame:focus-visible {
    outline-offset: -2px;
  }
  table {
    width: 100%;
    border-collapse: separate;
    border-spacing: 0;
    font-variant-numeric: tabular-nums;
  }
  caption {
    text-align: left;
  }
  th,
  td {
    padding: 0.5rem 0.65rem;
    border-bottom: 1px solid var(--line);
    text-align: right;
    white-space: nowrap;
  }
  tbody tr:last-child > * {
    border-bottom: 0;
  }
  thead th {
    padding-top: 0.1rem;
    font-size: 0.82rem;
    font-weight: 600;
    color: var(--ink-muted);
  }
  tbody th {
    font-weight: 500;
  }
  th:first-child,
  td:first-child,
  .text {
    text-align: left;
  }
  th:first-child,
  td:first-child {
    min-width: 8.5rem;
    padding-left: 0;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  th:last-child,
  td:last-child {
    padding-right: 0;
  }
  @media (max-width: 760px) {
    .table-frame {
      margin: 0 -1rem;
      padding: 0;
      background:
        linear-gradient(to left, var(--surface) 60%, transparent) right / 28px 100% no-repeat local,
        linear-gradient(to left, var(--shade), transparent) right / 12px 100% no-repeat scroll;
    }
    th:first-child,
    td:first-child {
      position: sticky;
      left: 0;
      z-index: 1;
      max-width: 44vw;
      padding-left: 1rem;
      background: var(--surface);
    }
    th:last-child,
    td:last-child {
      padding-right: 1rem;
    }
  }
`;
