// Which packings of TIFF are read, and what reads them.
import { Damage } from "../../../formats/damage.ts";
import type { TiffPicture } from "../../../formats/tiff/picture.ts";
import { inflaters, orRefuse } from "../codecs/kernel.ts";
import { MemoryError } from "../memory-error.ts";
import { groupingOf } from "./subsampled.ts";
import { Deflate, inflaterBytes } from "./unpack/deflate.ts";
import { Fax } from "./unpack/fax.ts";
import { Lzw } from "./unpack/lzw.ts";
import { PackBits, Plain } from "./unpack/plain.ts";
import type { Unpacker } from "./unpack/unpacker.ts";
import { Zstd } from "./unpack/zstd.ts";

const deflates: readonly number[] = [8, 32_946];

/** Gives `work` as many unpackers as the picture has planes to read. */
export async function withUnpackers<Result>(
  picture: TiffPicture,
  planes: number,
  work: (unpackers: readonly Unpacker[]) => Promise<Result>,
): Promise<Result> {
  if (deflates.includes(picture.compression)) return withInflaters(planes, [], work);
  return work(Array.from({ length: planes }, () => unpackerOf(picture, planes)));
}

/** Each needs a kernel of its own. */
async function withInflaters<Result>(
  more: number,
  open: readonly Unpacker[],
  work: (unpackers: readonly Unpacker[]) => Promise<Result>,
): Promise<Result> {
  if (more === 0) return work(open);
  return orRefuse(
    await inflaters.use(inflaterBytes, async (kernel) => {
      if (kernel.inflateOpen() === 0) throw new MemoryError();
      return { ok: true, value: await withInflaters(more - 1, [...open, new Deflate(kernel)], work) };
    }),
  );
}

function unpackerOf(picture: TiffPicture, planes: number): Unpacker {
  const { compression, faxOptions, bits, samples, piece } = picture;
  const fax = (kind: ConstructorParameters<typeof Fax>[0]) => {
    if (bits !== 1 || samples !== 1) throw new Damage("its fax has more than two colours");
    return new Fax(kind, piece.width);
  };
  switch (compression) {
    case 1:
      return new Plain();
    case 2:
      return fax({ kind: "runs", alignBits: 8 });
    case 3:
      return fax({ kind: "group 3", isTwoDimensional: (faxOptions & 1) === 1 });
    case 4:
      return fax({ kind: "group 4" });
    case 5:
      return new Lzw();
    case 32_771:
      return fax({ kind: "runs", alignBits: 16 });
    case 32_773:
      return new PackBits();
    case 50_000:
      return new Zstd(groupingOf(picture).bytes(piece.width) * piece.height, planes);
    default:
      throw new Damage("it is packed in a way that is not supported", { code: "unsupported" });
  }
}
