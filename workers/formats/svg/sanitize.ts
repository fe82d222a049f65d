// Makes an uploaded SVG safe to serve: parses it as XML and writes out only what is known to draw.
// It stays a picture; scripts, handlers, links, foreign documents, and anything loaded from elsewhere do not come along.
import { SaxesParser, type SaxesTagNS } from "saxes";
import {
  allowedElements,
  animationElements,
  isAllowedAttribute,
  namespaces,
  unwrappedElements,
} from "./sanitize/allowed.ts";
import { isSafeValue, sanitizeDeclarations, sanitizeStyleSheet } from "./sanitize/css.ts";
import { plainEntities } from "./sanitize/entities.ts";
import { isSafeReference } from "./sanitize/references.ts";

export type SanitizedSvg =
  | { readonly ok: true; readonly svg: string }
  | { readonly ok: false; readonly reason: string };

/** Browsers recurse over the tree; drawing programs nest some dozens. */
const MAX_DEPTH = 256;
const PIECE = 65_536;

/** How an open element is being treated. */
type Treatment = "kept" | "unwrapped" | "dropped";

/** `text` is the whole file. The result has no prologue, comments or document type, and is well-formed XML 1.0. */
export function sanitizeSvg(text: string): SanitizedSvg {
  const out: string[] = [];
  const open: Treatment[] = [];
  let styleText: string | null = null;
  let rootNamespace = "";
  let failure: string | null = null;
  const fail = (reason: string) => {
    failure ??= reason;
  };

  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    defaultXMLVersion: "1.0",
    forceXMLVersion: true,
  });
  parser.on("error", () => fail("The SVG is not well-formed XML."));
  parser.on("doctype", (doctype) => {
    const entities = plainEntities(doctype, text);
    if (entities) Object.assign(parser.ENTITIES, entities);
    else fail("The SVG declares too many entities.");
  });

  parser.on("opentag", (tag) => {
    if (open.length === 0) {
      if (tag.local !== "svg" || (tag.uri !== namespaces.svg && tag.uri !== ""))
        fail("The file's root is not <svg>.");
      rootNamespace = tag.uri;
    }
    if (open.length >= MAX_DEPTH) fail("The SVG is nested too deeply.");
    const treatment =
      open.at(-1) === "dropped" || styleText !== null ? "dropped" : treatmentOf(tag, rootNamespace);
    open.push(treatment);
    if (treatment !== "kept") return;
    out.push(`<${tag.local}${open.length === 1 ? rootDeclarations : ""}${attributesOf(tag)}>`);
    if (tag.local === "style") styleText = "";
  });
  parser.on("closetag", ({ local }) => {
    const treatment = open.pop();
    if (treatment !== "kept") return;
    if (styleText !== null) out.push(escapeText(sanitizeStyleSheet(styleText)));
    styleText = null;
    out.push(`</${local}>`);
  });
  const addText = (content: string) => {
    if (open.length === 0 || open.at(-1) === "dropped") return;
    if (styleText === null) out.push(escapeText(content));
    else styleText += content;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);

  for (let at = 0; at < text.length && failure === null; at += PIECE)
    parser.write(text.slice(at, at + PIECE));
  if (failure === null) parser.close();
  if (failure === null && out.length === 0) fail("The file's root is not <svg>.");
  return failure === null ? { ok: true, svg: out.join("") } : { ok: false, reason: failure };
}

const rootDeclarations = ` xmlns="${namespaces.svg}" xmlns:xlink="${namespaces.xlink}"`;

function treatmentOf(tag: SaxesTagNS, rootNamespace: string): Treatment {
  // Without a namespace browsers show a tree of text; the writer meant a picture.
  if (tag.uri !== namespaces.svg && !(tag.uri === "" && rootNamespace === "")) return "dropped";
  if (unwrappedElements.has(tag.local)) return "unwrapped";
  if (!allowedElements.has(tag.local)) return "dropped";
  if (!animationElements.has(tag.local)) return "kept";
  // The attack: <set attributeName="href" to="javascript:…">, an attribute that arrives after the check.
  return isAllowedAttribute(tag.attributes.attributeName?.value.trim() ?? "") ? "kept" : "dropped";
}

function attributesOf(tag: SaxesTagNS): string {
  let kept = "";
  for (const { uri, local, value } of Object.values(tag.attributes)) {
    const safe = safeAttribute(tag.local, uri, local, value);
    if (safe) kept += ` ${safe.name}="${escapeAttribute(safe.value)}"`;
  }
  return kept;
}

function safeAttribute(element: string, uri: string, local: string, value: string) {
  if (uri === namespaces.xlink)
    return local === "href" && isSafeReference(element, value) ? { name: "xlink:href", value } : null;
  if (uri === namespaces.xml)
    return local === "space" || local === "lang" ? { name: `xml:${local}`, value } : null;
  if (uri !== "") return null;
  if (local === "href") return isSafeReference(element, value) ? { name: local, value } : null;
  if (local === "style") {
    const declarations = sanitizeDeclarations(value);
    return declarations === "" ? null : { name: local, value: declarations };
  }
  return isAllowedAttribute(local) && isSafeValue(value) ? { name: local, value } : null;
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};
const escapeText = (text: string): string => text.replace(/[&<>\r]/g, (letter) => escapes[letter] ?? "");
const escapeAttribute = (text: string): string =>
  text.replace(/[&<>"\t\n\r]/g, (letter) => escapes[letter] ?? "");
