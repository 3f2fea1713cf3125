import { LitElement, html, nothing } from 'lit';

import { formatCount } from './format.js';
import { noticeStyles } from './notice-styles.js';
import { foundation } from './shared-styles.js';

/** Says that numbers are known to differ from detail. Takes no room while they are not. */
export class TruthNotice extends LitElement {
  static properties = { truth: { attribute: false } };

  static styles = [foundation, noticeStyles];

  render() {
    const differences = this.truth?.differences ?? 0;
    if (differences === 0) return nothing;
    const [newest] = this.truth.newest;
    return html`<p data-test="truth-notice" data-state="stopped">
      <strong>Numbers differ from detail in ${formatCount(differences)} ${differences === 1 ? 'place' : 'places'}.</strong>
      The last one found: ${newest.rollup} ${newest.grain ?? ''} ${newest.bucket ?? ''}, ${newest.column}.
      <code>./tidemark rollup verify</code> names them, <code>./tidemark rollup rebuild</code> counts them anew.
    </p>`;
  }
}

customElements.define('truth-notice', TruthNotice);
