/**
 * What the page shows is in its address, behind the `#`: nothing for the list, else what it is, its id and whether it is
 * being edited. A new one has no id.
 */
export function readView(hash = location.hash) {
  const [what, id, isEdited] = hash.slice(1).split('/');
  if (what !== 'question' && what !== 'dashboard') return { what: 'list' };
  return id === 'new' ? { what, isEdited: true } : { what, id, isEdited: isEdited === 'edit' };
}

export const hashOf = (what, id) => `#${what}/${id}`;
export const editHashOf = (what, id) => `#${what}/${id}/edit`;
export const newHashOf = (what) => `#${what}/new`;

/** Where the API keeps them. */
export const pathOf = (what) => (what === 'question' ? 'saved-questions' : 'dashboards');
