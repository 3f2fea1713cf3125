import { LitElement, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

import { changeView } from './page-view.js';
import { controls, foundation } from './shared-styles.js';
import { PRESETS, boundsOf, findCustomRange, isCustomRange, presetRange, toDay } from './time-range.js';

/** The range of the page: one that ends now, or the days from one to another. */
export class RangeChooser extends LitElement {
  static properties = {
    range: { attribute: false },
    _editsDays: { state: true },
    _refusal: { state: true },
  };

  static styles = [
    foundation,
    controls,
    css`
      :host,
      form,
      fieldset {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem 0.75rem;
      }
      fieldset {
        gap: 2px;
        margin: 0;
        padding: 3px;
        border: 0;
        border-radius: 10px;
        background: color-mix(in srgb, var(--line) 70%, var(--page));
      }
      fieldset label {
        position: relative;
        padding: 0.3rem 0.75rem;
        border-radius: 8px;
        font-size: 0.92rem;
        font-weight: 550;
        text-align: center;
        color: var(--ink-muted);
        cursor: pointer;
      }
      fieldset label:hover {
        color: var(--ink);
      }
      fieldset label:has(:checked) {
        background: var(--chosen);
        color: var(--ink);
        box-shadow: 0 1px 2px rgb(0 0 0 / 12%);
      }
      fieldset label:has(:focus-visible) {
        outline: 2px solid var(--accent);
        outline-offset: 1px;
      }
      fieldset input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      form label {
        display: flex;
        align-items: center;
        gap: 0.4rem;
        font-size: 0.92rem;
        color: var(--ink-muted);
      }
      form input {
        color: var(--ink);
      }
      .refusal {
        margin: 0;
        color: var(--bad);
        font-size: 0.9rem;
      }
      @media (max-width: 640px) {
        fieldset {
          display: grid;
          grid-template-columns: repeat(3, 1fr);
          width: 100%;
        }
        fieldset label {
          padding: 0.45rem 0.3rem;
        }
        form label {
          flex: 1 1 100%;
          justify-content: space-between;
        }
        form input {
          flex: 0 1 12rem;
        }
      }
    `,
  ];

  willUpdate(changed) {
    if (!changed.has('range')) return;
    this._editsDays = isCustomRange(this.range);
    this._refusal = undefined;
  }

  render() {
    return html`
      <fieldset data-test="range-chooser">
        <legend class="visually-hidden">Range</legend>
        ${PRESETS.map((preset) => this.#preset(preset))}
        ${this.#option('custom', 'Custom', this._editsDays, () => (this._editsDays = true))}
      </fieldset>
      ${this._editsDays ? this.#days() : nothing}
    `;
  }

  #preset({ key, label }) {
    const isChosen = !this._editsDays && this.range.key === key;
    return this.#option(key, label, isChosen, () => this.#choose(key));
  }

  #choose(key) {
    this._editsDays = false;
    changeView({ range: presetRange(key) });
  }

  #option(key, label, isChecked, choose) {
    return html`<label>
      <input
        type="radio"
        name="range"
        value=${key}
        data-test="range-option"
        .checked=${live(isChecked)}
        @change=${choose}
      />${label}
    </label>`;
  }

  #days() {
    const { from, to } = boundsOf(this.range);
    const firstDay = this.range.firstDay ?? toDay(from);
    const lastDay = this.range.lastDay ?? toDay(to);
    return html`<form @submit=${this.#onSubmit} data-test="custom-range">
      <label>From <input type="date" name="first" required data-test="range-from" .value=${firstDay} /></label>
      <label>to <input type="date" name="last" required data-test="range-to" .value=${lastDay} /></label>
      <button class="button" data-test="range-show">Show</button>
      ${this._refusal === undefined ? nothing : html`<p class="refusal" role="alert">${this._refusal}</p>`}
    </form>`;
  }

  #onSubmit(event) {
    event.preventDefault();
    const days = new FormData(event.target);
    const range = findCustomRange(days.get('first'), days.get('last'));
    this._refusal = range === undefined ? 'The first day must not be after the last.' : undefined;
    if (range !== undefined) changeView({ range });
  }
}

customElements.define('range-chooser', RangeChooser);
