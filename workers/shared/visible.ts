// Whether a name shows anything: what nobody sees can't be read, and a link of it can't be clicked.

/** Letters, numbers, signs; not those that Unicode lets programs ignore, fillers among them, and not the blank of Braille. */
const SEEN = /[[\p{L}\p{N}\p{P}\p{S}]--[\p{Default_Ignorable_Code_Point}\u2800]]/v;

export const isVisible = (text: string): boolean => SEEN.test(text);
