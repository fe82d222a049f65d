// Which attributes of an element may stay, and with which values.
import type { SaxesTagNS } from "saxes";
import { isAllowedAttribute, namespaces } from "./allowed.ts";
import { isSafeValue, sanitizeDeclarations } from "./css.ts";
import type { Countdown } from "./limits.ts";
import { isSafeReference } from "./references.ts";

export interface SafeAttribute {
  readonly name: string;
  readonly value: string;
}

/** `stylePieces` counts the declarations of a `style`. */
export function* safeAttributes(tag: SaxesTagNS, stylePieces: Countdown): Generator<SafeAttribute> {
  for (const { uri, local, value } of Object.values(tag.attributes)) {
    const name = safeName(tag.local, uri, local, value);
    if (name === null) continue;
    const safe = name === "style" ? sanitizeDeclarations(value, stylePieces) : value;
    if (name !== "style" || safe !== "") yield { name, value: safe };
  }
}

function safeName(element: string, uri: string, local: string, value: string): string | null {
  if (uri === namespaces.xlink)
    return local === "href" && isSafeReference(element, value) ? "xlink:href" : null;
  if (uri === namespaces.xml) return local === "space" || local === "lang" ? `xml:${local}` : null;
  if (uri !== "") return null;
  if (local === "href") return isSafeReference(element, value) ? local : null;
  if (local === "style") return local;
  return isAllowedAttribute(local) && isSafeValue(value) ? local : null;
}
