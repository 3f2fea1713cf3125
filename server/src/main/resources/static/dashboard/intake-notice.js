import { LitElement, html, nothing } from 'lit';

import { formatMoment } from './format.js';
import { noticeStyles } from './notice-styles.js';
import { foundation } from './shared-styles.js';

/**
 * Says that records are not taken, or kept aside, why and since when. Takes no room while all is well.
 *
 * Only what is news is announced to screen readers, by the page.
 */
export class IntakeNotice extends LitElement {
  static properties = { intake: { attribute: false } };

  static styles = [foundation, noticeStyles];

  #announced;

  updated() {
    if (this.intake === undefined) return;
    const notice = describe(this.intake);
    if (notice?.what === this.#announced) return;
    this.#announced = notice?.what;
    const detail = notice === undefined ? 'All records are stored again.' : `${notice.what} ${notice.then}`;
    this.dispatchEvent(new CustomEvent('announced', { detail, bubbles: true, composed: true }));
  }

  render() {
    const notice = describe(this.intake);
    if (notice === undefined) return nothing;
    return html`<p data-test="intake-notice" data-state=${notice.state}>
      <strong>${notice.what}</strong> ${notice.then}
    </p>`;
  }
}

/** What is to be said of an intake; undefined when there is nothing. */
function describe(intake) {
  if (intake === undefined) return undefined;
  const { open, reason, since, spool_percent: spool } = intake;
  if (reason === null) {
    return spool > 0
      ? {
          state: 'stored',
          what: 'Records are taken again.',
          then: `Those that were kept are being stored: the spool is ${spool} % full.`,
        }
      : undefined;
  }
  const moment = since === null ? '' : ` since ${formatMoment(since)}`;
  if (open) {
    return {
      state: 'kept',
      what: `Nothing is stored${moment}: ${inside(reason)}.`,
      then: `Records are kept in the spool, which is ${spool} % full, and stored later. Numbers are as of then.`,
    };
  }
  return {
    state: 'stopped',
    what: `Intake stopped${moment}: ${inside(reason)}.`,
    then: `Apps are told to send again${spool === null ? '' : ', as the spool takes no more either'}. Numbers are as of then.`,
  };
}

/** A sentence as a part of another. */
function inside(sentence) {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

customElements.define('intake-notice', IntakeNotice);
