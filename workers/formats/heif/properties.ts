// What a HEIF's `iprp` box says of its items: sizes, turns, profiles, what is alpha (ISO/IEC 23008-12, section 9.3).
import { ascii } from "../bytes/ascii.ts";
import { Damage } from "../damage.ts";
import { type Box, boxesIn, readAllAssociations } from "./boxes.ts";

export interface Properties {
  /** Of whatever item. */
  readonly all: readonly Box[];
  /** Of one item, in the order in which they apply. */
  of(id: number): readonly Box[];
}

/** `holder` is the `iprp` box of a buffer. */
export function readProperties(bytes: Uint8Array, holder: Box | undefined): Properties {
  if (!holder) return { all: [], of: () => [] };
  const inside = boxesIn(bytes, holder.start, holder.end);
  const container = only(inside, "ipco");
  const all = container ? boxesIn(bytes, container.start, container.end) : [];
  const places = inside.filter(({ type }) => type === "ipma").map((box) => readAllAssociations(bytes, box));
  return {
    all,
    of: (id) => places.flatMap((one) => one.get(id) ?? []).flatMap((place) => all[place - 1] ?? []),
  };
}

/** Readers differ in which of two they believe. */
export function only(boxes: readonly Box[], type: string): Box | undefined {
  const found = boxes.filter((box) => box.type === type);
  if (found.length > 1) throw new Damage(`it has two ${type} boxes`);
  return found[0];
}

/** ISO/IEC 23008-12, section 6.5.8, and what older writers call it. */
export const isAlphaType = (bytes: Uint8Array, { type, start, end }: Box) =>
  type === "auxC" && /alpha|auxid:1(?!\d)/.test(ascii(bytes, start + 4, Math.min(end, start + 68)));

/** An ICC profile, which stands behind four letters (ISO/IEC 14496-12, section 12.1.5). */
export const isProfile = (bytes: Uint8Array, { type, start }: Box) =>
  type === "colr" && ["prof", "rICC"].includes(ascii(bytes, start, start + 4));
