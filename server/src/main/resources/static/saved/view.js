const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What the page shows is in its address, behind the `#`: nothing for the list, else what it is, its id and whether it is
 * being edited. A new one has no id. Whatever else stands there is the list.
 */
export function readView(hash = location.hash) {
  const [what, id, isEdited] = hash.slice(1).split('/');
  if (what !== 'question' && what !== 'dashboard') return { what: 'list' };
  if (id === 'new') return { what, isEdited: true };
  return ID.test(id) ? { what, id, isEdited: isEdited === 'edit' } : { what: 'list' };
}

export const hashOf = (what, id) => `#${what}/${id}`;
export const editHashOf = (what, id) => `#${what}/${id}/edit`;
export const newHashOf = (what) => `#${what}/new`;

/** Where the API keeps them. */
export const pathOf = (what) => (what === 'question' ? 'saved-questions' : 'dashboards');
