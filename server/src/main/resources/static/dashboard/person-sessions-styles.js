import { css } from 'lit';

export const personSessionsStyles = css`
  form {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
  form input {
    flex: 0 1 20rem;
    min-width: 0;
  }
  .found {
    margin: 1.1rem 0 0.4rem;
  }
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .sessions > li {
    padding: 0.8rem 0;
    border-top: 1px solid var(--line);
  }
  .sessions > li:last-child {
    padding-bottom: 0;
  }
  .when {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.75rem;
    margin: 0 0 0.45rem;
    font-variant-numeric: tabular-nums;
  }
  .when time {
    font-weight: 550;
  }
  .when span {
    color: var(--ink-muted);
  }
  .events {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem 1.35rem;
  }
  .events li {
    position: relative;
    padding: 0.12rem 0.6rem;
    border-radius: 99px;
    background: var(--surface-quiet);
    font-size: 0.85rem;
  }
  .events li + li::before {
    content: '→';
    position: absolute;
    left: -1.1rem;
    color: var(--ink-muted);
  }
  .problem {
    margin: 0.9rem 0 0;
  }
`;
