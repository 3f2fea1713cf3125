import { css } from 'lit';

/** How the notices above the panels look: the worse, the warmer. */
export const noticeStyles = css`
  p {
    margin: 0 0 1.1rem;
    padding: 0.8rem 1.1rem;
    border-radius: 10px;
  }
  strong {
    font-weight: 650;
  }
  [data-state='stopped'] {
    background: var(--bad-quiet);
    color: var(--bad);
  }
  [data-state='kept'] {
    background: var(--warn-quiet);
    color: var(--warn);
  }
  [data-state='stored'] {
    background: var(--accent-quiet);
  }
`;
