import { css } from 'lit';

/** Forms to edit what is saved. */
export const editorStyles = css`
  section {
    height: auto;
  }
  h1 {
    margin: 0;
    font-size: 1.3rem;
    letter-spacing: -0.015em;
  }
  section + section {
    margin-top: 1.1rem;
  }
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.9rem;
  }
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.25rem;
  }
  label {
    font-size: 0.9rem;
    font-weight: 600;
  }
  textarea {
    width: 100%;
    line-height: 1.45;
    resize: vertical;
  }
  textarea.document {
    font: 0.92rem / 1.5 var(--code-font);
    tab-size: 2;
  }
  select {
    max-width: 100%;
  }
  [aria-invalid='true'] {
    border-color: var(--bad) !important;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6rem;
  }
  .problem {
    overflow-wrap: anywhere;
  }
`;
