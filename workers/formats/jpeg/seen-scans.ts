// What the segments of a JPEG say of its scans, so that each scan's data can be followed to their end.
import { defineCodes, type HuffmanCodes } from "./huffman.ts";
import { isFrameHeader, markers } from "./markers.ts";
import { ScanEnd, type ScanFrame, scanFrame } from "./scan-end.ts";
import { standardTables } from "./standard-tables.ts";

export class SeenScans {
  readonly #codes: HuffmanCodes = new Map();
  #frame: ScanFrame | null = null;
  /** Of a progressive picture only its earlier scans together tell where one ends. */
  #isProgressive = false;
  #interval = 0;
  #scan: ScanEnd | null = null;
  readonly #scanned = new Set<number>();

  constructor() {
    defineCodes(this.#codes, standardTables);
  }

  segment(marker: number, body: Uint8Array): void {
    if (marker === markers.huffmanTables) defineCodes(this.#codes, body);
    else if (marker === markers.restartInterval) this.#interval = (body[0] ?? 0) * 256 + (body[1] ?? 0);
    else if (marker === markers.startOfScan) this.#begin(body);
    else if (isFrameHeader(marker)) {
      this.#frame = scanFrame(body);
      this.#isProgressive = marker === 0xc2;
    }
  }

  #begin(header: Uint8Array): void {
    const isKnown = this.#frame && !this.#isProgressive;
    this.#scan = isKnown && this.#frame ? ScanEnd.of(header, this.#frame, this.#codes, this.#interval) : null;
    for (let index = 0; index < (header[0] ?? 0); index++) this.#scanned.add(header[1 + 2 * index] ?? 0);
  }

  /** How many of these bytes, the next of the scan's data, belong to it. */
  take(bytes: Uint8Array): number {
    return this.#scan ? this.#scan.take(bytes) : bytes.length;
  }

  /** Every component has had its scan, and the last one is over. */
  get isComplete(): boolean {
    const components = this.#frame?.components ?? [];
    return this.#scan?.isReached === true && components.every(({ id }) => this.#scanned.has(id));
  }
}
