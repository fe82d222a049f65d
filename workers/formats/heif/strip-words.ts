// Words in an AVIF's or HEIC's description: titles, dates and tags as properties, names of items and of programs. Lengths stay.
import { ascii } from "../bytes/ascii.ts";
import { type Box, boxesIn } from "./boxes.ts";

/** What decides how an item is decoded and shown (ISO/IEC 23008-12, section 6.5, and the codecs' own). All else tells something. */
const shownProperties: ReadonlySet<string> = new Set([
  ...["ispe", "pixi", "colr", "pasp", "clap", "irot", "imir", "iscl", "rloc", "auxC"],
  ...["av1C", "hvcC", "lhvC", "avcC", "vvcC", "evcC", "jpgC", "j2kH", "uncC", "cmpd"],
  ...["a1op", "a1lx", "lsel", "oinf", "tols", "subs"],
  ...["clli", "mdcv", "cclv", "amve", "reve", "ndwt"],
]);

/** `holder` is the `iprp` box. Properties are told by their number, so that each keeps its place. */
export function blankProperties(body: Uint8Array, holder: Box): void {
  const container = boxesIn(body, holder.start, holder.end).find(({ type }) => type === "ipco");
  if (!container) return;
  for (const property of boxesIn(body, container.start, container.end))
    if (!shownProperties.has(property.type)) body.fill(0, property.start, property.end);
}

/** Before the name stand a version, a number, what it handles, and what is reserved (ISO/IEC 14496-12, section 8.4.3). */
const HANDLER_NAME_AT = 24;

/** `hdlr`: the name of a program. */
export function blankHandler(body: Uint8Array, { start, end }: Box): void {
  body.fill(0, Math.min(start + HANDLER_NAME_AT, end), end);
}

const SPACE = 0x20;
/** These have a type behind their name, by which readers find them. */
const typedItems: ReadonlySet<string> = new Set(["mime", "uri "]);

/** `iinf`: each item has a name (ISO/IEC 14496-12, section 8.11.6). */
export function blankItemNames(body: Uint8Array, information: Box): void {
  const wide = body[information.start] !== 0;
  for (const { type, start, end } of boxesIn(body, information.start + (wide ? 8 : 6), information.end)) {
    const version = body[start] ?? 0;
    if (type !== "infe" || version < 2) continue;
    const typeAt = start + (version === 2 ? 8 : 10);
    const nameAt = typeAt + 4;
    const zero = body.indexOf(0, nameAt);
    const nameEnd = zero === -1 || zero > end ? end : zero;
    if (typedItems.has(ascii(body, typeAt, nameAt))) body.fill(SPACE, nameAt, nameEnd);
    else body.fill(0, Math.min(nameAt, end), end);
  }
}
