/**
 * The content security policy demands trusted types. Lit brings a policy of its own for the templates of this page; the
 * chart library empties its element through `innerHTML`, which is all that this default policy lets through.
 */
globalThis.trustedTypes?.createPolicy('default', {
  createHTML: (markup) => (markup === '' ? markup : null),
});
