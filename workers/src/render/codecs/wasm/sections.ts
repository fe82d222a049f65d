// A WebAssembly module as its sections (core specification, section 5.5).
import { joined, unsigned, WasmReader } from "./leb.ts";

export const sectionIds = {
  type: 1,
  import: 2,
  function: 3,
  memory: 5,
  global: 6,
  export: 7,
  code: 10,
} as const;

export interface Section {
  readonly id: number;
  readonly body: Uint8Array;
}

const PREAMBLE_BYTES = 8;

export function readSections(module: Uint8Array): Section[] {
  const reader = new WasmReader(module, PREAMBLE_BYTES);
  const sections: Section[] = [];
  while (reader.at < module.length) {
    const id = reader.byte();
    sections.push({ id, body: reader.take(reader.unsigned()) });
  }
  return sections;
}

export function writeSections(module: Uint8Array, sections: readonly Section[]): Uint8Array {
  const parts = sections.flatMap(({ id, body }) => [[id], unsigned(body.length), body]);
  return joined([module.subarray(0, PREAMBLE_BYTES), ...parts]);
}

/** The sections with one body changed. Throws where the module has no such section. */
export function withBody(
  sections: readonly Section[],
  id: number,
  change: (body: Uint8Array) => Uint8Array,
): Section[] {
  if (!sections.some((section) => section.id === id)) throw new Error(`The module has no section ${id}.`);
  return sections.map((section) => (section.id === id ? { id, body: change(section.body) } : section));
}

/** The section's vector with one entry more. */
export function withEntry(body: Uint8Array, entry: readonly number[]): Uint8Array {
  const reader = new WasmReader(body);
  const count = reader.unsigned();
  return joined([unsigned(count + 1), body.subarray(reader.at), entry]);
}

export function countIn(body: Uint8Array): number {
  return new WasmReader(body).unsigned();
}
