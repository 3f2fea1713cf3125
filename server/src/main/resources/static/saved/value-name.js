const LONGEST = 60;
const END = 24;

/** What stands for no value; a value that reads like it stands in quotes. */
const WORDS = new Set(['', '–', 'all', 'others', 'all others', 'not known', 'nothing more']);

/** A recorded text, told apart from words of the page and from the same text without blanks around it. */
export const quotedIfUnclear = (text) => (WORDS.has(text.toLowerCase()) || text !== text.trim() ? `“${text}”` : text);

/** What a line of a breakdown is called. */
export function valueName({ value, is_all: isAll, is_other: isOther }) {
  if (isAll) return 'all';
  if (isOther) return 'others';
  return value === null ? 'not known' : quotedIfUnclear(value);
}

/** A long text by its beginning and its end, with a mark between them; whoever shows it gives the whole as title. */
export function shortened(text) {
  const letters = [...text];
  if (letters.length <= LONGEST) return text;
  return `${letters.slice(0, LONGEST - END - 1).join('')}…${letters.slice(-END).join('')}`;
}
