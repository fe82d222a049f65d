// JPEGs in a TIFF (Adobe's technical note 2): each strip or tile is one, and all share their tables. The kernel reads them.
import { joined } from "../../../formats/bytes/byte-reader.ts";
import { Seeking } from "../../../formats/bytes/seeking.ts";
import type { Bytes } from "../../../formats/bytes/source.ts";
import { Damage } from "../../../formats/damage.ts";
import { sharedTables, type WholeJpeg, wholeJpeg } from "../../../formats/jpeg/abbreviated.ts";
import { photometrics } from "../../../formats/tiff/colours.ts";
import type { Place, TiffPicture } from "../../../formats/tiff/picture.ts";
import { jpegPieceBytes } from "../../plan/tiff-memory.ts";
import { kernelBeside, orRefuse } from "../codecs/kernel.ts";

/** Tables and a frame header take less by far. */
const HEAD_BYTES = 131_072;

/** What kinds of pictures JPEGs in TIFFs are. */
export function refuseOddJpeg({ photometric, samples, isPlanar, bits }: TiffPicture): void {
  const { whiteIsZero, blackIsZero, rgb, inks, ycc } = photometrics;
  const wanted = new Map<number, number>([
    [whiteIsZero, 1],
    [blackIsZero, 1],
    [rgb, 3],
    [ycc, 3],
    [inks, 4],
  ]);
  if (isPlanar || bits !== 8 || wanted.get(photometric) !== samples)
    throw new Damage("it holds JPEGs of a kind that is not supported", { code: "unsupported" });
}

/** Each JPEG brings colours by the profile of all, and reads it again: of a thousand tiles of a printed page that is half a second. */
const MOST_PROFILE_BYTES = 128 << 20;
/** Press profiles have 0.6 MB, and are held twice while they are read: nothing else of a TIFF of JPEGs takes the room that Zstandard's window has. */
const MOST_PIECE_PROFILE_BYTES = 2 << 20;

/** With what all pieces share, looked at once. */
function withShared(picture: TiffPicture): TiffPicture {
  const { jpegTables, profile, photometric, places } = picture;
  const isRead = places.length === 1 || photometric === photometrics.inks;
  const most = places.length === 1 ? Number.POSITIVE_INFINITY : MOST_PIECE_PROFILE_BYTES;
  const fits = profile && isRead && profile.length <= Math.min(most, MOST_PROFILE_BYTES / places.length);
  return {
    ...picture,
    jpegTables: jpegTables && sharedTables(jpegTables),
    profile: fits ? profile : undefined,
  };
}

/** The only strip as a file of its own, which the kernel shrinks while it reads. */
export async function onlyJpeg(picture: TiffPicture, bytes: Bytes): Promise<ReadableStream<Uint8Array>> {
  const [place] = picture.places;
  if (!place) throw new Damage("parts of it are missing");
  return (await openPiece(withShared(picture), place, new Seeking(bytes))).stream;
}

/** Rows of RGBA: all rows of a strip or of a row of tiles at a time. */
export async function* jpegRows(picture: TiffPicture, bytes: Bytes): AsyncGenerator<Uint8ClampedArray, void> {
  const { width, height, piece, places } = picture;
  const across = Math.ceil(width / piece.width);
  const file = new Seeking(bytes);
  const shared = withShared(picture);
  // One for all.
  const pixels = new Uint8ClampedArray(width * Math.min(piece.height, height) * 4);
  try {
    for (let y = 0, index = 0; y < height; y += piece.height) {
      const rows = Math.min(piece.height, height - y);
      const strip = pixels.subarray(0, width * rows * 4);
      for (let column = 0; column < across; column++, index++) {
        const place = places[index];
        if (place) await drawPiece(shared, place, file, { strip, rows, x: column * piece.width });
      }
      if (picture.photometric === photometrics.whiteIsZero) invert(strip);
      yield strip;
    }
  } finally {
    await file.close();
  }
}

interface Room {
  readonly strip: Uint8ClampedArray;
  readonly rows: number;
  readonly x: number;
}

async function drawPiece(
  picture: TiffPicture,
  place: Place,
  file: Seeking,
  { strip, rows, x }: Room,
): Promise<void> {
  const { width, piece } = picture;
  const { stream, ...found } = await openPiece(picture, place, file);
  // The attack: a JPEG of 65500 x 65500 in a tile of 64 x 64. The last strip may be as short as what is left.
  if (found.width !== piece.width || found.height < rows || found.height > piece.height)
    throw new Damage("a part of it is of another size than it should be");
  const size = { width: found.width, height: found.height };
  const shape = { stored: size, window: { x: 0, y: 0, ...size }, size };
  const count = Math.min(piece.width, width - x);
  let y = 0;
  const take = (made: Uint8Array) => {
    for (let at = 0; at < made.length && y < rows; at += size.width * 4, y++)
      strip.set(made.subarray(at, at + count * 4), (y * width + x) * 4);
  };
  const limit = { memoryBytes: 1.25 * jpegPieceBytes(piece) + 2 * (picture.profile?.length ?? 0) };
  orRefuse(await kernelBeside.renderRows({ kind: "jpeg", stream }, shape, take, limit));
}

interface OpenPiece {
  readonly width: number;
  readonly height: number;
  readonly stream: ReadableStream<Uint8Array>;
}

async function openPiece(picture: TiffPicture, { offset, length }: Place, file: Seeking): Promise<OpenPiece> {
  const { photometric, jpegTables: tables, profile } = picture;
  await file.seek(offset);
  const transform = photometric === photometrics.inks ? null : photometric === photometrics.ycc ? 1 : 0;
  const shared = { tables, transform, profile } as const;
  let head: Uint8Array = new Uint8Array(0);
  let whole: WholeJpeg | undefined;
  while (!whole) {
    const more = await file.next(Math.min(length, HEAD_BYTES) - head.length);
    if (more) head = joined(head, more);
    if (more && head.length < Math.min(length, HEAD_BYTES) && !hasScan(head)) continue;
    whole = wholeJpeg(head, shared);
  }
  let left = length - head.length;
  const waiting = [whole.front, head.subarray(whole.scanAt)];
  const next = async () => {
    const bytes = left > 0 ? await file.next(Math.min(left, HEAD_BYTES)) : null;
    left -= bytes?.length ?? 0;
    // Whoever reads a stream may take its memory away.
    return bytes?.slice();
  };
  // Nothing is fetched before it is asked for: another piece may be the next.
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = waiting.shift() ?? (await next());
        if (bytes) controller.enqueue(bytes);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return { width: whole.width, height: whole.height, stream };
}

/** Whether a scan's marker is there: only markers and tables come before it. */
function hasScan(head: Uint8Array): boolean {
  for (let at = head.indexOf(0xff); at >= 0; at = head.indexOf(0xff, at + 1))
    if (head[at + 1] === 0xda) return true;
  return false;
}

function invert(strip: Uint8ClampedArray): void {
  for (let at = 0; at < strip.length; at++) if ((at & 3) !== 3) strip[at] = 255 - (strip[at] ?? 0);
}
