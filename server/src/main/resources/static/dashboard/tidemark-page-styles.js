import { css } from 'lit';

export const tidemarkPageStyles = css`
  :host {
    max-width: 1200px;
    margin: 0 auto;
    padding: 0 1.5rem 3rem;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    min-height: 4.2rem;
  }
  h1 {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    margin: 0;
    font-size: 1.25rem;
    font-weight: 680;
    letter-spacing: -0.02em;
  }
  .person {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    margin: 0;
    font-size: 0.92rem;
    color: var(--ink-muted);
  }
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.1rem;
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6rem 0.9rem;
    padding: 0.5rem 0;
  }
  @media (min-width: 800px) and (min-height: 600px) {
    .toolbar {
      position: sticky;
      top: 0;
      z-index: 3;
      background: var(--page);
    }
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 34px;
    max-width: 100%;
    padding: 0.2rem 0.8rem;
    border: 0;
    border-radius: 99px;
    background: var(--accent-quiet);
    color: var(--accent);
    overflow-wrap: anywhere;
    text-align: left;
  }
  .chip:focus-visible {
    border-radius: 99px;
  }
  .chip:hover span {
    color: var(--ink);
  }
  .chip span {
    font-size: 1.15rem;
    line-height: 1;
  }
  .elsewhere {
    margin: 0;
    padding: 0.8rem 1.1rem;
    border-radius: 10px;
    background: var(--accent-quiet);
  }
  .elsewhere a {
    font-weight: 600;
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    gap: 1.1rem;
  }
  .waiting {
    padding: 4rem 0;
    text-align: center;
    color: var(--ink-muted);
  }
  footer {
    padding-top: 0.4rem;
    font-size: 0.82rem;
    color: var(--ink-muted);
  }
  @media (max-width: 860px) {
    .pair {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 640px) {
    range-chooser {
      width: 100%;
    }
  }
  @media (max-width: 560px) {
    :host {
      padding: 0 0.75rem 2rem;
    }
    header {
      min-height: 3.6rem;
    }
    main,
    .pair {
      gap: 0.8rem;
    }
  }
`;
