// The XML parser, held to limits while it reads: of what it must keep until a tag, a text or a comment is over, and of how many there are.
import { SaxesParser, type SaxesTagNS } from "saxes";
import { Countdown, NoSvg, type SvgLimits, SvgRefusal } from "./limits.ts";

/** Characters at a time: what stands behind a limit is at most this much. */
const PIECE = 16_384;

/** Where the parser cuts the text of an attribute, and of anything else. */
const cutsOfTag = /[&\n\r\t]/g;
const cutsOfOthers = /[&\n\r\t\-\]?"'<]/g;

/** Names for a style or a namespace are known; those that stand for mark-up, or for one another, are how a file is made to swell. */
const UNKNOWN_ENTITY =
  "The SVG uses an entity (&name;) that is not declared in it, or stands for mark-up, other entities or a long text. Save it with the entities written out.";

export interface SvgEvents {
  readonly onDoctype: (doctype: string) => Readonly<Record<string, string>>;
  readonly onOpen: (tag: SaxesTagNS) => void;
  readonly onClose: (isSelfClosing: boolean) => void;
  readonly onText: (text: string) => void;
}

type Parser = SaxesParser<{ xmlns: true }>;

export class BoundedParser {
  readonly #parser: Parser;
  readonly #limits: SvgLimits;
  readonly #nodes: Countdown;
  readonly #lookups: Countdown;
  #depth = 0;
  #attributes = 0;
  #isInTag = false;
  #hasElements = false;
  #hasEnded = false;
  #cuts = 0;
  #heldCharacters = 0;

  constructor(limits: SvgLimits, events: SvgEvents) {
    this.#limits = limits;
    this.#nodes = new Countdown(limits.maxNodes, `The SVG has more than ${limits.maxNodes} parts.`);
    this.#lookups = new Countdown(
      limits.maxLookups,
      "The SVG has too many parts that are nested too deeply.",
    );
    this.#parser = new SaxesParser({
      xmlns: true,
      position: false,
      defaultXMLVersion: "1.0",
      forceXMLVersion: true,
    });
    this.#listen(this.#parser, events);
  }

  /** What the parser holds because it is not over yet. */
  get heldCharacters(): number {
    return this.#heldCharacters;
  }

  /** Short texts at a time; yields after each. Throws a SvgRefusal. */
  *write(text: string): Generator<undefined> {
    for (let at = 0; at < text.length; at += PIECE) {
      const piece = text.slice(at, at + PIECE);
      this.#hasEnded = false;
      this.#parser.write(piece);
      this.#count(piece);
      yield;
    }
  }

  close(): void {
    this.#parser.close();
  }

  #listen(parser: Parser, { onDoctype, onOpen, onClose, onText }: SvgEvents): void {
    parser.on("error", ({ message }) => {
      const reason = message.includes("undefined entity")
        ? UNKNOWN_ENTITY
        : "The SVG is not well-formed XML.";
      // What breaks before its first element never was an SVG: `<?php`, half of an HTML page.
      throw this.#hasElements ? new SvgRefusal(reason) : new NoSvg(reason);
    });
    parser.on("doctype", (doctype) => {
      this.#endNode();
      Object.assign(parser.ENTITIES, onDoctype(doctype));
    });
    parser.on("comment", () => this.#endNode());
    parser.on("processinginstruction", () => this.#endNode());
    parser.on("opentagstart", () => {
      this.#endNode();
      this.#isInTag = true;
      this.#hasElements = true;
      this.#attributes = 0;
      if (++this.#depth > this.#limits.maxDepth) throw new SvgRefusal("The SVG is nested too deeply.");
      this.#lookups.take(this.#depth);
    });
    parser.on("attribute", ({ prefix, name, value }) => this.#checkAttribute(prefix, name, value));
    parser.on("opentag", (tag) => {
      this.#isInTag = false;
      this.#hasEnded = true;
      onOpen(tag);
    });
    parser.on("closetag", ({ isSelfClosing }) => {
      this.#hasEnded = true;
      this.#depth--;
      onClose(isSelfClosing);
    });
    const text = (content: string) => {
      this.#endNode();
      onText(content);
    };
    parser.on("text", text);
    parser.on("cdata", text);
  }

  #endNode(): void {
    this.#hasEnded = true;
    this.#nodes.take();
  }

  /** The attack: one element with a million attributes, or a namespace of 9 MB that 200 of them are joined to. */
  #checkAttribute(prefix: string, name: string, value: string): void {
    this.#hasEnded = true;
    const { maxAttributes, maxNamespace } = this.#limits;
    if (++this.#attributes > maxAttributes)
      throw new SvgRefusal(`An element of the SVG has more than ${maxAttributes} attributes.`);
    if (prefix !== "") this.#lookups.take(this.#depth);
    const isNamespace = prefix === "xmlns" || name === "xmlns";
    if (isNamespace && value.length > maxNamespace)
      throw new SvgRefusal("The SVG has a namespace that is too long.");
  }

  #count(piece: string): void {
    if (this.#hasEnded) {
      this.#cuts = 0;
      this.#heldCharacters = 0;
      return;
    }
    this.#heldCharacters += piece.length;
    this.#cuts += piece.match(this.#isInTag ? cutsOfTag : cutsOfOthers)?.length ?? 0;
    if (this.#cuts > this.#limits.maxCuts)
      throw new SvgRefusal("The SVG has a text or a value of too many lines or references.");
  }
}
