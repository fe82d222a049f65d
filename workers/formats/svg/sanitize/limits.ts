// What one SVG may be made of. Generous for drawings; without it a file of 10 MB takes hundreds to take apart.

export interface SvgLimits {
  /** Elements, runs of text, comments and instructions. A map of a city has some 100,000. */
  readonly maxNodes: number;
  /** Browsers recurse over the tree; drawing programs nest some dozens. */
  readonly maxDepth: number;
  /** Elements and prefixed attributes, each times its depth: the parser asks every ancestor for a namespace. */
  readonly maxLookups: number;
  /** Of one element. */
  readonly maxAttributes: number;
  /** Characters of a namespace's name: the parser joins it to the name of each attribute. */
  readonly maxNamespace: number;
  /** Line ends, references and the like inside one text, attribute or comment: each costs the parser a string. */
  readonly maxCuts: number;
  /** Rules, declarations and comments of all style sheets and `style` attributes. */
  readonly maxStylePieces: number;
}

export const svgLimits: SvgLimits = {
  maxNodes: 500_000,
  maxDepth: 256,
  maxLookups: 20_000_000,
  maxAttributes: 256,
  maxNamespace: 2_048,
  maxCuts: 250_000,
  maxStylePieces: 250_000,
};

/** The file can't be kept. The message is for its sender. */
export class SvgRefusal extends Error {
  override readonly name = "SvgRefusal";
}

/** The file is markup of another kind: an HTML page, a feed, a script. */
export class NoSvg extends SvgRefusal {}

/** Counts down from a limit and refuses what comes when nothing is left. */
export class Countdown {
  readonly #reason: string;
  #left: number;

  constructor(limit: number, reason: string) {
    this.#left = limit;
    this.#reason = reason;
  }

  take(count = 1): void {
    this.#left -= count;
    if (this.#left < 0) throw new SvgRefusal(this.#reason);
  }
}
