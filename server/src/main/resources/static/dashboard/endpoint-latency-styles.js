import { css } from 'lit';

export const endpointLatencyStyles = css`
  thead button,
  tbody button {
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    text-align: inherit;
  }
  thead button:hover {
    color: var(--ink);
  }
  [aria-sort='ascending'] button,
  [aria-sort='descending'] button {
    color: var(--ink);
  }
  thead button {
    position: relative;
  }
  thead button::after {
    position: absolute;
    right: calc(100% + 0.2em);
  }
  thead .text button::after {
    right: auto;
    left: calc(100% + 0.2em);
  }
  [aria-sort='ascending'] button::after {
    content: '↑';
  }
  [aria-sort='descending'] button::after {
    content: '↓';
  }
  tbody tr {
    cursor: pointer;
  }
  tbody tr:hover > *,
  tbody tr.chosen > * {
    background: var(--surface-quiet);
  }
  tbody tr:focus-visible {
    outline-offset: -2px;
  }
  tbody button {
    font: 0.92em var(--code-font);
    overflow-wrap: anywhere;
  }
  tbody tr:hover button {
    color: var(--accent);
  }
  td.method,
  tbody th::after {
    color: var(--ink-muted);
    font-size: 0.85em;
    letter-spacing: 0.03em;
  }
  .alarm {
    font-weight: 650;
  }
  .slow {
    color: var(--warn);
  }
  .failing {
    color: var(--bad);
  }
  .tag {
    margin-left: 0.35rem;
    padding: 0.05rem 0.45rem;
    border-radius: 99px;
    font-size: 0.75rem;
    font-weight: 600;
    white-space: nowrap;
  }
  .tag.slow {
    background: var(--warn-quiet);
  }
  .tag.failing {
    background: var(--bad-quiet);
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
    margin-top: 0.6rem;
  }
  footer .note {
    flex-basis: 100%;
  }
  footer .hint {
    margin-left: auto;
    line-height: 1.9;
  }
  endpoint-trend {
    margin-top: 1.25rem;
    padding-top: 1.1rem;
    border-top: 1px solid var(--line);
  }
  @media (max-width: 760px) {
    .method {
      display: none;
    }
    tbody th::after {
      content: attr(data-method);
      display: block;
    }
    .tag {
      margin-left: 0;
    }
    footer .hint {
      margin-left: 0;
    }
  }
`;
