// Builds an EXIF block as a camera writes it: two directories, GPS, maker strings and an embedded thumbnail.

export interface Camera {
  readonly orientation: number;
  readonly thumbnail?: Uint8Array;
  readonly littleEndian?: boolean;
}

/** Strings that a tool which claims to remove metadata must not leave behind. */
export const secrets = {
  make: "Fixturecam",
  model: "Secretmodel 7",
  serial: "SERIAL-0042-PRIVATE",
  artist: "Ada Example",
  copyright: "(c) Ada Example",
  description: "hidden description",
} as const;

type Value =
  | readonly ["ascii", string]
  | readonly ["short" | "long", number]
  | readonly ["rational", readonly number[]];
type Directory = Readonly<Record<number, Value>>;

const typeCodes = { ascii: 2, short: 3, long: 4, rational: 5 } as const;

/** A TIFF structure without the "Exif\0\0" in front: 47.6205 N, 12.3476 E, the orientation asked for. */
export function buildExif({ orientation, thumbnail, littleEndian = false }: Camera): Uint8Array {
  const writer = new TiffWriter(littleEndian);
  const exif = writer.directory({
    36867: ["ascii", "2026:05:01 09:30:00"],
    42033: ["ascii", secrets.serial],
  });
  const gps = writer.directory({
    1: ["ascii", "N"],
    2: ["rational", [47, 37, 13.8]],
    3: ["ascii", "E"],
    4: ["rational", [12, 20, 51.36]],
  });
  const picture = thumbnail ? writer.blob(thumbnail) : 0;
  const second = thumbnail
    ? writer.directory({ 259: ["short", 6], 513: ["long", picture], 514: ["long", thumbnail.length] })
    : 0;
  const first = writer.directory(
    {
      270: ["ascii", secrets.description],
      271: ["ascii", secrets.make],
      272: ["ascii", secrets.model],
      274: ["short", orientation],
      315: ["ascii", secrets.artist],
      33432: ["ascii", secrets.copyright],
      34665: ["long", exif],
      34853: ["long", gps],
    },
    second,
  );
  return writer.finish(first);
}

class TiffWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 8;
  readonly #little: boolean;

  constructor(littleEndian: boolean) {
    this.#little = littleEndian;
  }

  /** Appends bytes at an even offset and says which. */
  blob(bytes: Uint8Array): number {
    const offset = this.#length;
    const padded = new Uint8Array(bytes.length + (bytes.length & 1));
    padded.set(bytes);
    this.#parts.push(padded);
    this.#length += padded.length;
    return offset;
  }

  directory(entries: Directory, next = 0): number {
    const rows = Object.entries(entries).map(([tag, value]) => ({
      tag: Number(tag),
      ...this.#encode(value),
    }));
    const table = new DataView(new ArrayBuffer(2 + rows.length * 12 + 4));
    table.setUint16(0, rows.length, this.#little);
    rows.forEach(({ tag, type, count, bytes }, index) => {
      const at = 2 + index * 12;
      table.setUint16(at, tag, this.#little);
      table.setUint16(at + 2, type, this.#little);
      table.setUint32(at + 4, count, this.#little);
      if (bytes.length > 4) table.setUint32(at + 8, this.blob(bytes), this.#little);
      else new Uint8Array(table.buffer).set(bytes, at + 8);
    });
    table.setUint32(2 + rows.length * 12, next, this.#little);
    return this.blob(new Uint8Array(table.buffer));
  }

  finish(first: number): Uint8Array {
    const header = new DataView(new ArrayBuffer(8));
    header.setUint16(0, this.#little ? 0x4949 : 0x4d4d);
    header.setUint16(2, 42, this.#little);
    header.setUint32(4, first, this.#little);
    return Buffer.concat([new Uint8Array(header.buffer), ...this.#parts]);
  }

  #encode(value: Value): { type: number; count: number; bytes: Uint8Array } {
    const type = typeCodes[value[0]];
    if (value[0] === "ascii") {
      const bytes = Buffer.from(`${value[1]}\0`, "latin1");
      return { type, count: bytes.length, bytes };
    }
    if (value[0] === "rational") {
      const view = new DataView(new ArrayBuffer(value[1].length * 8));
      value[1].forEach((number, index) => {
        view.setUint32(index * 8, Math.round(number * 100), this.#little);
        view.setUint32(index * 8 + 4, 100, this.#little);
      });
      return { type, count: value[1].length, bytes: new Uint8Array(view.buffer) };
    }
    const view = new DataView(new ArrayBuffer(value[0] === "short" ? 2 : 4));
    if (value[0] === "short") view.setUint16(0, value[1], this.#little);
    else view.setUint32(0, value[1], this.#little);
    return { type, count: 1, bytes: new Uint8Array(view.buffer) };
  }
}
