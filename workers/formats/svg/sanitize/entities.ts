// The one use of a document type that is common and harmless: names for namespaces, as Illustrator writes them.

/** `<!ENTITY ns_svg "http://www.w3.org/2000/svg">`: a value with a reference inside is how entity bombs are built. */
const declaration = /<!ENTITY\s+([A-Za-z_][\w.-]{0,63})\s+(?:"([^"&%<]{0,128})"|'([^'&%<]{0,128})')\s*>/g;
const MAX_DECLARED = 64;
const MAX_REFERENCES = 10_000;

/** The plain-text entities that a document type declares; null when they would swell the file. */
export function plainEntities(doctype: string, svg: string): Record<string, string> | null {
  const found: Record<string, string> = {};
  let count = 0;
  for (const [, name = "", double, single] of doctype.matchAll(declaration)) {
    found[name] = double ?? single ?? "";
    if (++count > MAX_DECLARED) return null;
  }
  if (count === 0) return found;
  let references = 0;
  for (let at = svg.indexOf("&"); at !== -1; at = svg.indexOf("&", at + 1))
    if (++references > MAX_REFERENCES) return null;
  return found;
}
