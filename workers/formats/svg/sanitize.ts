// Makes an uploaded SVG safe to serve: parses it as XML and writes out only what is known to draw, while it still arrives.
// It stays a picture; scripts, handlers, links, foreign documents, and anything loaded from elsewhere do not come along.
import type { SaxesTagNS } from "saxes";
import {
  allowedElements,
  animationElements,
  isAllowedAttribute,
  keptAs,
  namespaces,
} from "./sanitize/allowed.ts";
import { safeAttributes } from "./sanitize/attributes.ts";
import { BoundedParser } from "./sanitize/bounded-parser.ts";
import { sanitizeStyleSheet } from "./sanitize/css.ts";
import { References } from "./sanitize/entities.ts";
import { Countdown, NoSvg, type SvgLimits, svgLimits } from "./sanitize/limits.ts";
import { escapeAttribute, escapeText, SvgWriter } from "./sanitize/writer.ts";

/** The limits are @public: docs/limits.md is written from them. */
export { NoSvg, SvgRefusal, svgLimits } from "./sanitize/limits.ts";

/** The name that an open element is written under; null = it is dropped, and so is what is in it. */
type Written = string | null;

/** Takes the file's text in order and gives safe text back: no prologue, comments or document type, well-formed XML 1.0. */
export class SvgSanitizer {
  readonly #parser: BoundedParser;
  readonly #references = new References();
  readonly #stylePieces: Countdown;
  readonly #writer = new SvgWriter();
  readonly #open: Written[] = [];
  #styleText: string | null = null;
  #rootNamespace = "";

  constructor(limits: SvgLimits = svgLimits) {
    this.#stylePieces = new Countdown(limits.maxStylePieces, "The SVG's styles have too many rules.");
    this.#parser = new BoundedParser(limits, {
      onDoctype: (doctype) => this.#references.declare(doctype),
      onOpen: (tag) => this.#openTag(tag),
      onClose: (isSelfClosing) => this.#closeTag(isSelfClosing),
      onText: (text) => this.#addText(text),
    });
  }

  /** Characters that wait for the end of their tag, text or comment: what is held in memory. */
  get heldCharacters(): number {
    return this.#parser.heldCharacters + (this.#styleText?.length ?? 0);
  }

  /** The next part of the file, cut anywhere. Throws a SvgRefusal. */
  *write(text: string): Generator<string> {
    this.#references.count(text);
    for (const _ of this.#parser.write(text)) yield* this.#writer.drain();
  }

  /** The file is complete. Throws a SvgRefusal where it is not whole. */
  *end(): Generator<string> {
    this.#parser.close();
    yield* this.#writer.drain();
  }

  #openTag(tag: SaxesTagNS): void {
    const isRoot = this.#open.length === 0;
    if (isRoot) {
      if (tag.local !== "svg" || (tag.uri !== namespaces.svg && tag.uri !== ""))
        throw new NoSvg("The file's root is not <svg>.");
      this.#rootNamespace = tag.uri;
    }
    const parent = this.#open.at(-1);
    const isInside = parent === null || this.#styleText !== null;
    const written = !isInside && isKept(tag, this.#rootNamespace) ? keptAs(tag.local, parent) : null;
    this.#open.push(written);
    if (written === null) return;
    this.#writer.write(`<${written}${isRoot ? rootDeclarations : ""}`);
    for (const { name, value } of safeAttributes(tag, this.#stylePieces)) {
      this.#writer.write(` ${name}="`);
      if (typeof value === "string") this.#writer.write(value, escapeAttribute);
      else this.#writer.writeParts(value);
      this.#writer.write('"');
    }
    this.#writer.write(tag.isSelfClosing ? "/>" : ">");
    if (tag.local === "style") this.#styleText = "";
  }

  #closeTag(isSelfClosing: boolean): void {
    const written = this.#open.pop() ?? null;
    if (written === null) return;
    if (this.#styleText !== null)
      this.#writer.write(sanitizeStyleSheet(this.#styleText, this.#stylePieces), escapeText);
    this.#styleText = null;
    // An empty element stays as short as it was: `<g></g>` would swell a drawing of many by half.
    if (!isSelfClosing) this.#writer.write(`</${written}>`);
  }

  #addText(content: string): void {
    if (this.#open.length === 0 || this.#open.at(-1) === null) return;
    if (this.#styleText === null) this.#writer.write(content, escapeText);
    else this.#styleText += content;
  }
}

const rootDeclarations = ` xmlns="${namespaces.svg}" xmlns:xlink="${namespaces.xlink}"`;

function isKept(tag: SaxesTagNS, rootNamespace: string): boolean {
  // Without a namespace browsers show a tree of text; the writer meant a picture.
  if (tag.uri !== namespaces.svg && !(tag.uri === "" && rootNamespace === "")) return false;
  if (!allowedElements.has(tag.local)) return false;
  if (!animationElements.has(tag.local)) return true;
  // The attack: <set attributeName="href" to="javascript:…">, an attribute that arrives after the check.
  return isAllowedAttribute(tag.attributes.attributeName?.value.trim() ?? "");
}
