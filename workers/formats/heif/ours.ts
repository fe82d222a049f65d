// The picture of an AVIF or HEIC in a container of our own, for decoders: they differ in what they want of a stranger's (`pixi`, the
// order of items, nothing behind the end), and what is not the picture need not come near them.
import { lettersOf } from "../bytes/ascii.ts";
import { Damage } from "../damage.ts";
import { idatOf, metaOf } from "./coded.ts";
import { OurProperties } from "./our-properties.ts";
import { refuseOverlong } from "./overlong.ts";
import { type PictureItem, pictureItems } from "./pictures.ts";
import { box, fullBox, uint16, uint32 } from "./write.ts";

/**
 * The pieces of a file, one after another: a head, and views of `file`. Cuts, turns, profiles and whatever else is no coded picture
 * stay behind. Throws `Damage` where there is no picture.
 */
export function inOurContainer(file: Uint8Array, format: "avif" | "heic"): readonly Uint8Array[] {
  const meta = metaOf(file);
  refuseOverlong(meta, file.length);
  const items = inOrder(pictureItems(meta));
  const media = new Media();
  const places = items.map((item) => media.placeOf(item, item.method === 0 ? file : idatOf(meta, item)));
  const fileType = box("ftyp", lettersOf(format), uint32(0), lettersOf(`mif1${format}miaf`));
  const description = new Description(meta, items);
  const start = fileType.length + description.at(places, 0).length + 8;
  const head = [fileType, description.at(places, start), uint32(8 + media.length), lettersOf("mdat")];
  return [...head, ...media.pieces];
}

/** The primary item first, and of a grid the tiles in the order of their places: some decoders go by the numbers of items. */
function inOrder(items: readonly PictureItem[]): readonly PictureItem[] {
  const [primary] = items;
  if (!primary) throw new Damage("it has no picture");
  const byId = new Map(items.map((item) => [item.id, item]));
  const ordered = new Set([primary]);
  // A set gives what is added while it is walked, too.
  for (const { parts, alphas } of ordered) {
    for (const id of [...parts, ...alphas]) {
      const item = byId.get(id);
      if (item) ordered.add(item);
    }
  }
  return [...ordered];
}

interface Place {
  /** In the media box's body. */
  readonly offset: number;
  readonly length: number;
}

/** All items' bytes, each once: tiles that look alike may share theirs. */
class Media {
  readonly pieces: Uint8Array[] = [];
  length = 0;
  readonly #known = new Map<string, Place>();

  /** `bytes` is what the item's extents lie in. */
  placeOf({ method, extents }: PictureItem, bytes: Uint8Array): Place {
    const key = `${method}: ${extents.map(({ offset, length }) => `${offset}+${length}`).join()}`;
    const known = this.#known.get(key);
    if (known) return known;
    const offset = this.length;
    for (const extent of extents) {
      const end = extent.length === 0 ? bytes.length : extent.offset + extent.length;
      if (end > bytes.length) throw new Damage("a picture is cut off");
      const piece = bytes.subarray(extent.offset, end);
      this.pieces.push(piece);
      this.length += piece.length;
    }
    const place = { offset, length: this.length - offset };
    this.#known.set(key, place);
    return place;
  }
}

/** The `meta` box; as long wherever the items lie. */
class Description {
  readonly #items: readonly PictureItem[];
  readonly #numbers: ReadonlyMap<number, number>;
  readonly #properties: Uint8Array;

  constructor(meta: Uint8Array, items: readonly PictureItem[]) {
    this.#items = items;
    this.#numbers = new Map(items.map(({ id }, at) => [id, at + 1]));
    const properties = new OurProperties(meta, items);
    const associated = items.flatMap((item, at) => {
      const places = properties.of(item);
      return [uint16(at + 1), Uint8Array.of(places.length), ...places.map(uint16)];
    });
    const associations = fullBox("ipma", 0, 1, uint32(items.length), ...associated);
    this.#properties = box("iprp", box("ipco", ...properties.boxes), associations);
  }

  at(places: readonly Place[], mediaStart: number): Uint8Array {
    const count = uint16(this.#items.length);
    const infos = this.#items.map(({ type }, at) =>
      fullBox("infe", 2, 0, uint16(at + 1), uint16(0), lettersOf(`${type}\0`)),
    );
    const locations = places.flatMap(({ offset, length }, at) => [
      ...[uint16(at + 1), uint16(0), uint16(1)],
      ...[uint32(mediaStart + offset), uint32(length)],
    ]);
    const references = this.#references();
    return fullBox(
      "meta",
      0,
      0,
      fullBox("hdlr", 0, 0, uint32(0), lettersOf("pict"), new Uint8Array(13)),
      fullBox("pitm", 0, 0, uint16(1)),
      fullBox("iloc", 0, 0, Uint8Array.of(0x44, 0), count, ...locations),
      fullBox("iinf", 0, 0, count, ...infos),
      ...(references.length > 0 ? [fullBox("iref", 0, 0, ...references)] : []),
      this.#properties,
    );
  }

  #references(): Uint8Array[] {
    const numbered = (ids: readonly number[]) => ids.flatMap((id) => this.#numbers.get(id) ?? []);
    const reference = (type: string, from: number, to: readonly number[]) =>
      to.length === 0 ? [] : [box(type, uint16(from), uint16(to.length), ...to.map(uint16))];
    return this.#items.flatMap(({ parts, alphas, isPremultiplied }, at) => [
      ...reference("dimg", at + 1, numbered(parts)),
      ...numbered(alphas).flatMap((alpha) => reference("auxl", alpha, [at + 1])),
      ...(isPremultiplied ? reference("prem", at + 1, numbered(alphas)) : []),
    ]);
  }
}
