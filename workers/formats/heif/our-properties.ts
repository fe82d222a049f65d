// What items say of themselves in a container of our own: what their decoder must know, and what it insists on.
import { ascii, lettersOf } from "../bytes/ascii.ts";
import type { Box } from "./boxes.ts";
import type { PictureItem } from "./pictures.ts";
import { box, fullBox } from "./write.ts";

/** How an item is shown (`clap`, `irot`, `imir`) is the plan's to say. */
const decoding: ReadonlySet<string> = new Set(["ispe", "av1C", "hvcC", "a1op", "a1lx", "lsel"]);
/** What a decoder may not overlook. */
const essential: ReadonlySet<string> = new Set(["av1C", "hvcC", "a1op", "lsel"]);
const isEssentialBit = 0x8000;

const alphaName = lettersOf("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0");

/** Each box once, whoever shares it: a profile of a megabyte may be that of four thousand tiles. */
export class OurProperties {
  readonly boxes: Uint8Array[] = [];
  readonly #places = new Map<string, number>();
  readonly #meta: Uint8Array;
  readonly #items: ReadonlyMap<number, PictureItem>;

  constructor(meta: Uint8Array, items: readonly PictureItem[]) {
    this.#meta = meta;
    this.#items = new Map(items.map((item) => [item.id, item]));
  }

  /** The places of an item's boxes in `boxes`, from 1, as `ipma` tells them in two bytes. */
  of(item: PictureItem): readonly number[] {
    const seen = new Set<string>();
    const kept = item.properties.filter((property) => {
      const { type } = property;
      // Of two of a kind the first counts.
      if (seen.has(type) || !(decoding.has(type) || this.#isCoded(property))) return false;
      seen.add(type);
      return true;
    });
    const places = kept.map(({ type, start, end }) => {
      const place = this.#place(`${type} ${start}`, () => box(type, this.#meta.subarray(start, end)));
      return essential.has(type) ? place | isEssentialBit : place;
    });
    if (item.isAlpha) places.push(this.#place("alpha", () => fullBox("auxC", 0, 0, alphaName)));
    const depths = this.#depthsOf(item);
    if (depths) places.push(this.#place(`pixi ${depths}`, () => fullBox("pixi", 0, 0, depths)));
    return places;
  }

  #place(key: string, make: () => Uint8Array): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.boxes.push(make()));
    return this.boxes.length;
  }

  /** Colours by numbers; a profile is not the decoder's. */
  #isCoded({ type, start }: Box): boolean {
    return type === "colr" && ascii(this.#meta, start, start + 4) === "nclx";
  }

  /** The number of channels and the bits of each, which libavif will not do without; null where it is no AV1. */
  #depthsOf(item: PictureItem): Uint8Array | null {
    let leaf: PictureItem | undefined = item;
    while (leaf && leaf.parts.length > 0) leaf = this.#items.get(leaf.parts[0] ?? 0);
    const coding = leaf?.properties.find(({ type, start, end }) => type === "av1C" && end - start >= 4);
    if (!coding) return null;
    // AV1 codec configuration, section 2.3.3.
    const flags = this.#meta[coding.start + 2] ?? 0;
    const depth = flags & 0x40 ? (flags & 0x20 ? 12 : 10) : 8;
    return item.isAlpha || flags & 0x10 ? Uint8Array.of(1, depth) : Uint8Array.of(3, depth, depth, depth);
  }
}
