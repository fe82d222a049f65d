// The one use of a document type that is common and harmless: names for namespaces, as Illustrator writes them.
import { SvgRefusal } from "./limits.ts";

/** `<!ENTITY ns_svg "http://www.w3.org/2000/svg">`: a value with a reference inside is how entity bombs are built. */
const declaration = /<!ENTITY\s+([A-Za-z_][\w.-]{0,63})\s+(?:"([^"&%<]{0,128})"|'([^'&%<]{0,128})')\s*>/g;
const MAX_DECLARED = 64;
const MAX_REFERENCES = 10_000;

/** Follows the references of a file: where entities are declared there may only be so many, so that they can't swell it. */
export class References {
  #count = 0;
  #hasEntities = false;

  /** Call with each part of the file before it is parsed. */
  count(text: string): void {
    for (let at = text.indexOf("&"); at !== -1; at = text.indexOf("&", at + 1)) this.#count++;
    this.#check();
  }

  /** The plain-text entities that a document type declares. Throws a SvgRefusal when they would swell the file. */
  declare(doctype: string): Record<string, string> {
    const found: Record<string, string> = {};
    let count = 0;
    for (const [, name = "", double, single] of doctype.matchAll(declaration)) {
      found[name] = double ?? single ?? "";
      if (++count > MAX_DECLARED) throw tooMany();
    }
    this.#hasEntities = count > 0;
    this.#check();
    return found;
  }

  #check(): void {
    if (this.#hasEntities && this.#count > MAX_REFERENCES) throw tooMany();
  }
}

const tooMany = () => new SvgRefusal("The SVG declares or uses too many entities.");
