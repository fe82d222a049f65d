// Which attributes of an element may stay, and with which values.
import type { SaxesTagNS } from "saxes";
import { isAllowedAttribute, namespaces } from "./allowed.ts";
import { isSafeValue, sanitizeDeclarations } from "./css.ts";
import type { Countdown } from "./limits.ts";
import { safeReference } from "./references.ts";

export interface SafeAttribute {
  readonly name: string;
  /** In parts where it is long: those need no escape. */
  readonly value: string | Iterable<string>;
}

/** `stylePieces` counts the declarations of a `style`. */
export function* safeAttributes(tag: SaxesTagNS, stylePieces: Countdown): Generator<SafeAttribute> {
  for (const { uri, local, value } of Object.values(tag.attributes)) {
    const name = safeName(uri, local, value);
    // What was a link leads nowhere, not even into the same file.
    if (name === null || (tag.local === "a" && local === "href")) continue;
    const safe = safeValue(tag.local, name, value, stylePieces);
    if (safe !== null) yield { name, value: safe };
  }
}

function safeName(uri: string, local: string, value: string): string | null {
  if (uri === namespaces.xlink) return local === "href" ? "xlink:href" : null;
  if (uri === namespaces.xml) return local === "space" || local === "lang" ? `xml:${local}` : null;
  if (uri !== "") return null;
  if (local === "href" || local === "style") return local;
  return isAllowedAttribute(local) && isSafeValue(value) ? local : null;
}

function safeValue(element: string, name: string, value: string, stylePieces: Countdown) {
  if (name === "href" || name === "xlink:href") return safeReference(element, value);
  return name === "style" ? sanitizeDeclarations(value, stylePieces) || null : value;
}
