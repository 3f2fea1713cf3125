import { css } from 'lit';

export const stepFunnelStyles = css`
  ol {
    display: grid;
    gap: 0.85rem;
    margin: 0;
    padding: 0;
    list-style: none;
    font-variant-numeric: tabular-nums;
  }
  .line {
    display: flex;
    align-items: baseline;
    gap: 0.5rem;
  }
  .name {
    min-width: 0;
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .people {
    margin-left: auto;
    font-weight: 620;
  }
  .share {
    min-width: 3.4rem;
    text-align: right;
    color: var(--ink-muted);
    white-space: nowrap;
  }
  .track {
    height: 8px;
    margin-top: 0.25rem;
    border-radius: 4px;
    background: var(--surface-quiet);
    overflow: hidden;
  }
  .bar {
    height: 100%;
    min-width: 2px;
    border-radius: 4px;
    background: var(--accent);
  }
  li p {
    margin: 0.2rem 0 0;
    font-size: 0.82rem;
    color: var(--ink-muted);
  }
  .worst .bar {
    background: var(--bad-fill);
  }
  .worst p {
    color: var(--bad);
  }
  .tag {
    padding: 0.05rem 0.45rem;
    border-radius: 99px;
    background: var(--bad-quiet);
    color: var(--bad);
    font-size: 0.75rem;
    font-weight: 600;
    white-space: nowrap;
  }
`;
