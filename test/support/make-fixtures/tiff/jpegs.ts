// TIFFs whose strips or tiles are JPEGs (Adobe's technical note 2), with the tables in each or in front of all.
import sharp, { type Sharp } from "sharp";
import { type TiffSpec, writeTiff } from "./write.ts";

export interface JpegWish {
  readonly width: number;
  readonly height: number;
  readonly colours: "YCbCr" | "RGB" | "gray" | "inks";
  readonly tile?: readonly [width: number, height: number];
  readonly rowsPerStrip?: number;
  readonly hasSharedTables?: boolean;
  readonly profile?: Uint8Array;
  readonly isBig?: boolean;
}

const photometrics = { YCbCr: 6, RGB: 2, gray: 1, inks: 5 } as const;

/** The kinds that there are. */
export const jpegTiffs: readonly (readonly [name: string, wish: Omit<JpegWish, "width" | "height">])[] = [
  ["YCbCr in one strip", { colours: "YCbCr" }],
  ["YCbCr in strips of 16 rows", { colours: "YCbCr", rowsPerStrip: 16 }],
  ["YCbCr in tiles", { colours: "YCbCr", tile: [64, 48] }],
  ["YCbCr in tiles with shared tables", { colours: "YCbCr", tile: [64, 48], hasSharedTables: true }],
  ["YCbCr in one strip with shared tables", { colours: "YCbCr", hasSharedTables: true }],
  ["gray in one strip", { colours: "gray" }],
  ["gray in strips with shared tables", { colours: "gray", rowsPerStrip: 24, hasSharedTables: true }],
  ["inks in one strip", { colours: "inks" }],
  ["inks in tiles with shared tables", { colours: "inks", tile: [64, 64], hasSharedTables: true }],
  ["BigTIFF, YCbCr in tiles", { colours: "YCbCr", tile: [48, 48], isBig: true }],
];

/** `source` is anything that sharp reads, at least as large. */
export async function jpegTiff(source: Uint8Array, wish: JpegWish): Promise<Buffer> {
  const { width, height, colours, tile, rowsPerStrip = height } = wish;
  const [across, down] = tile ?? [width, rowsPerStrip];
  const pieces: Buffer[] = [];
  for (let top = 0; top < height; top += down) {
    for (let left = 0; left < width; left += across) {
      const size = { width: Math.min(across, width - left), height: Math.min(down, height - top) };
      const part = sharp(source)
        .extract({ left, top, ...size })
        .removeAlpha();
      const whole = tile
        ? part.extend({ right: across - size.width, bottom: down - size.height, extendWith: "copy" })
        : part;
      pieces.push(await jpegOf(sharp(await whole.png().toBuffer()), colours));
    }
  }
  const tables = wish.hasSharedTables ? tablesOf(pieces[0] ?? Buffer.alloc(0)) : undefined;
  const samples = colours === "gray" ? 1 : colours === "inks" ? 4 : 3;
  const spec: TiffSpec = {
    width,
    height,
    values: [],
    samples,
    bits: 8,
    photometric: photometrics[colours],
    compression: 7,
    pieces: tables ? pieces.map(withoutTables) : pieces,
    ...(tile ? { tile } : { rowsPerStrip }),
    ...(wish.isBig ? { isBig: true } : {}),
    tags: {
      ...(tables ? { 347: tables } : {}),
      ...(wish.profile ? { 34675: wish.profile } : {}),
      ...(colours === "YCbCr" ? { 530: [2, 2] } : {}),
    },
  };
  return writeTiff(spec);
}

async function jpegOf(picture: Sharp, colours: JpegWish["colours"]): Promise<Buffer> {
  const options = {
    quality: 95,
    chromaSubsampling: colours === "YCbCr" ? "4:2:0" : "4:4:4",
    optimiseCoding: false,
  };
  if (colours === "gray") return bare(await picture.toColourspace("b-w").jpeg(options).toBuffer());
  if (colours === "inks") return bare(await picture.toColourspace("cmyk").jpeg(options).toBuffer());
  return bare(await picture.jpeg(options).toBuffer());
}

const START = 2;
const isNote = (marker: number) => marker >= 0xe0;
const isTable = (marker: number) => marker === 0xdb || marker === 0xc4;

function split(jpeg: Buffer): { readonly segments: readonly Buffer[]; readonly scan: Buffer } {
  const segments: Buffer[] = [];
  let at = START;
  while (jpeg[at + 1] !== 0xda) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    segments.push(jpeg.subarray(at, end));
    at = end;
  }
  return { segments, scan: jpeg.subarray(at) };
}

const markerOf = (segment: Buffer) => segment[1] ?? 0;
const soi = Buffer.from([0xff, 0xd8]);

/** As a TIFF has it: nothing in it says what its numbers mean. (Inks are then upside down, for libvips as for us.) */
function bare(jpeg: Buffer): Buffer {
  const { segments, scan } = split(jpeg);
  return Buffer.concat([soi, ...segments.filter((segment) => !isNote(markerOf(segment))), scan]);
}

function tablesOf(jpeg: Buffer): Buffer {
  const tables = split(jpeg).segments.filter((segment) => isTable(markerOf(segment)));
  return Buffer.concat([soi, ...tables, Buffer.from([0xff, 0xd9])]);
}

function withoutTables(jpeg: Buffer): Buffer {
  const { segments, scan } = split(jpeg);
  return Buffer.concat([soi, ...segments.filter((segment) => !isTable(markerOf(segment))), scan]);
}
