import { css } from 'lit';

/** The page around questions, of those who are signed in and of those who have a link. */
export const questionsPageStyles = css`
  :host {
    max-width: 1000px;
    margin: 0 auto;
    padding: 0 1.5rem 3rem;
  }
  header.top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.4rem 1.2rem;
    min-height: 4.2rem;
    margin: 0;
  }
  .brand {
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
  h1 {
    margin: 0;
    font-size: 1.5rem;
    letter-spacing: -0.02em;
    overflow-wrap: anywhere;
  }
  .title .description {
    margin: 0.4rem 0 0;
    color: var(--ink-muted);
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .waiting {
    padding: 4rem 0;
    text-align: center;
    color: var(--ink-muted);
  }
  @media (max-width: 560px) {
    :host {
      padding: 0 0.75rem 2rem;
    }
    header.top {
      min-height: 3.6rem;
    }
    main {
      gap: 0.8rem;
    }
  }
`;
