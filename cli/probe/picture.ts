// A picture of its own for each probe: whose bytes were seen before, some cache might know.
import { deflateSync } from "node:zlib";
import { writeChunk } from "../../workers/formats/png/chunks.ts";

const WIDTH = 480;
const HEIGHT = 360;

/** A PNG of soft colours and a little grain, so that it renders as a photograph does. */
export function drawPicture(): Uint8Array<ArrayBuffer> {
  const [red = 0, green = 0, blue = 0] = crypto.getRandomValues(new Uint8Array(3));
  const grain = crypto.getRandomValues(new Uint8Array(WIDTH * HEIGHT * 0.25));
  const rows = new Uint8Array(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const noise = ((grain[(y * WIDTH + x) % grain.length] ?? 0) & 15) - 8;
      const at = y * (1 + WIDTH * 3) + 1 + x * 3;
      rows[at] = shade(red + x / 4 + noise);
      rows[at + 1] = shade(green + y / 3 + noise);
      rows[at + 2] = shade(blue + (x + y) / 6 + noise);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head.set([8, 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const end = writeChunk("IEND", new Uint8Array());
  return Uint8Array.from(
    Buffer.concat([signature, writeChunk("IHDR", head), writeChunk("IDAT", deflateSync(rows)), end]),
  );
}

/** Up and down again between 40 and 215: no colour jumps. */
const shade = (value: number) => 40 + Math.abs((((Math.round(value) % 350) + 350) % 350) - 175);
