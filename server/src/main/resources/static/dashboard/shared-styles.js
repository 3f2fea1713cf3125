import { css } from 'lit';

/** Every component: boxes, focus, text for screen readers only. */
export const foundation = css`
  :host {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 6px;
  }
  a {
    color: var(--accent);
    text-underline-offset: 2px;
  }
  code {
    font: 0.9em var(--code-font);
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** A panel: a card with a heading, and the notes it shows in place of its content. */
export const panel = css`
  section {
    height: 100%;
    padding: 1.25rem 1.4rem 1.4rem;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: 14px;
    box-shadow: var(--shadow);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0.25rem 1rem;
    margin-bottom: 0.9rem;
  }
  h2 {
    margin: 0;
    font-size: 1.07rem;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  h3 {
    margin: 0 0 0.35rem;
    font-size: 0.82rem;
    font-weight: 600;
    color: var(--ink-muted);
  }
  .hint {
    margin: 0;
    font-size: 0.85rem;
    color: var(--ink-muted);
  }
  .note {
    margin: 0;
    padding: 1.5rem 0.5rem;
    text-align: center;
    color: var(--ink-muted);
  }
  .problem {
    margin: 0 0 0.9rem;
    padding: 0.55rem 0.8rem;
    border-radius: 8px;
    background: var(--bad-quiet);
    color: var(--bad);
    font-size: 0.9rem;
  }
  .not-refreshed {
    margin: -0.5rem 0 0.6rem;
    color: var(--bad);
    font-size: 0.85rem;
  }
  .outdated {
    opacity: 0.45;
    transition: opacity 0.15s 0.15s;
  }
  .skeleton {
    height: 9rem;
    border-radius: 8px;
    background: repeating-linear-gradient(var(--surface-quiet) 0 1.1rem, transparent 1.1rem 2.2rem);
  }
  @media (max-width: 560px) {
    section {
      padding: 1rem 1rem 1.1rem;
    }
  }
`;

/** Buttons and inputs. */
export const controls = css`
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  button {
    cursor: pointer;
  }
  .button {
    min-height: 36px;
    padding: 0.3rem 0.9rem;
    border: 1px solid var(--line-strong);
    border-radius: 8px;
    background: var(--surface);
    font-weight: 550;
  }
  a.button {
    display: inline-flex;
    align-items: center;
    color: inherit;
    text-decoration: none;
  }
  a.button.primary {
    color: var(--on-accent);
  }
  .button:hover {
    background: var(--surface-quiet);
  }
  .button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  .button.primary:hover {
    filter: brightness(1.08);
  }
  .quiet {
    padding: 0.2rem 0.3rem;
    border: 0;
    background: none;
    color: var(--accent);
  }
  .quiet:hover {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  input:not([type='radio']),
  select,
  textarea {
    min-height: 36px;
    padding: 0.3rem 0.6rem;
    border: 1px solid var(--line-strong);
    border-radius: 8px;
    background: var(--surface);
  }
`;
