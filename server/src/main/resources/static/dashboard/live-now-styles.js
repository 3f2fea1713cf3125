import { css } from 'lit';

export const liveNowStyles = css`
  .body {
    display: grid;
    grid-template-columns: minmax(17rem, 2fr) 5fr;
    gap: 1.25rem 2.25rem;
    align-items: center;
  }
  dl {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 1.25rem 1.5rem;
    margin: 0;
  }
  dt {
    font-size: 0.82rem;
    font-weight: 600;
    color: var(--ink-muted);
  }
  dd {
    margin: 0;
  }
  dd.hint {
    font-size: 0.78rem;
  }
  .value {
    font-size: 1.8rem;
    font-weight: 620;
    line-height: 1.2;
    letter-spacing: -0.02em;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .alarming .value {
    color: var(--bad);
  }
  .charts {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 1.25rem 1.75rem;
    min-width: 0;
    min-height: 135px;
  }
  .charts > div {
    min-width: 0;
  }
  h3 span {
    font-weight: 400;
  }
  .offline .body {
    opacity: 0.5;
  }
  @media (max-width: 980px) {
    .body {
      grid-template-columns: 1fr;
    }
    dl {
      grid-template-columns: repeat(4, 1fr);
    }
  }
  @media (max-width: 640px) {
    dl {
      grid-template-columns: 1fr 1fr;
      gap: 0.9rem 1rem;
    }
    .charts {
      grid-template-columns: 1fr;
    }
  }
`;
