// JSON that strangers send: how deep it goes is looked at before anything is made of it.

/** Deeper than any body of the API. A million brackets are a megabyte of text, and fifty of objects. */
export const MAX_JSON_DEPTH = 32;

/** The value that `text` holds. Throws a SyntaxError where it is no JSON, or nested deeper than anything we read. */
export function parseShallowJson(text: string): unknown {
  if (isTooDeep(text)) throw new SyntaxError(`The JSON is nested deeper than ${MAX_JSON_DEPTH} levels.`);
  return JSON.parse(text);
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

/** Whether brackets stand in too many others; those inside of strings don't count. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (isInString) {
      if (sign === BACKSLASH) at++;
      else if (sign === QUOTE) isInString = false;
    } else if (sign === QUOTE) isInString = true;
    else if (opening.has(sign)) {
      if (++depth > MAX_JSON_DEPTH) return true;
    } else if (closing.has(sign)) depth--;
  }
  return false;
}
