// Rewrites a module so that whoever holds an instance can say how far its memory may grow.
//
// A memory's own maximum holds for its whole life, and an instance serves one job after another. So every `memory.grow` becomes a call of a
// new function that looks at a new global first, which is exported and can be set before each job: past it growing fails, as it does where
// there is no more memory. Workers may not compile at run time, so this is done when the project is built.
import { MEMORY_GROW, passInstruction } from "./instructions.ts";
import { joined, unsigned, WasmReader } from "./leb.ts";
import { LIMIT_EXPORT } from "./limit-export.ts";
import {
  countIn,
  readSections,
  type Section,
  sectionIds,
  withBody,
  withEntry,
  writeSections,
} from "./sections.ts";

const I32 = 0x7f;
const MUTABLE = 1;
const GLOBAL = 3;
const END = 0x0b;
/** What a 32-bit memory may have at most, until somebody says less. */
const MOST_PAGES = [0x41, 0x80, 0x80, 0x04];

export function limitGrowth(module: Uint8Array): Uint8Array {
  const sections = readSections(module);
  const body = (id: number) => sections.find((section) => section.id === id)?.body ?? Uint8Array.of(0);
  const imported = importCounts(body(sectionIds.import));
  const type = countIn(body(sectionIds.type));
  const guard = imported.functions + countIn(body(sectionIds.function));
  const limit = imported.globals + countIn(body(sectionIds.global));
  const name = new TextEncoder().encode(LIMIT_EXPORT);

  const changes: readonly (readonly [number, (old: Uint8Array) => Uint8Array])[] = [
    [sectionIds.type, (old) => withEntry(old, [0x60, 1, I32, 1, I32])],
    [sectionIds.function, (old) => withEntry(old, unsigned(type))],
    [sectionIds.global, (old) => withEntry(old, [I32, MUTABLE, ...MOST_PAGES, END])],
    [sectionIds.export, (old) => withEntry(old, [name.length, ...name, GLOBAL, ...unsigned(limit)])],
    [sectionIds.code, (old) => withEntry(callingInstead(old, guard), guardBody(limit))],
  ];
  return writeSections(
    module,
    changes.reduce<Section[]>((all, [id, change]) => withBody(all, id, change), sections),
  );
}

/** `(pages) => pages > limit || memory.size + pages > limit ? -1 : memory.grow(pages)`: the sum could wrap around. */
function guardBody(limit: number): number[] {
  const isPast = [0x23, ...unsigned(limit), 0x4b]; // global.get; i32.gt_u
  const code = [
    ...[0x20, 0, ...isPast], // local.get 0
    ...[0x3f, 0, 0x20, 0, 0x6a, ...isPast], // memory.size; local.get 0; i32.add
    ...[0x72, 0x04, I32], // i32.or; if
    ...[0x41, 0x7f, 0x05], // i32.const -1; else
    ...[0x20, 0, MEMORY_GROW, 0, END, END],
  ];
  return [...unsigned(code.length + 1), 0, ...code];
}

/** The code section with every `memory.grow` a call of `guard`. */
function callingInstead(code: Uint8Array, guard: number): Uint8Array {
  const reader = new WasmReader(code);
  const count = reader.unsigned();
  const parts: ArrayLike<number>[] = [unsigned(count)];
  for (let index = 0; index < count; index++) {
    const body = withCalls(reader.take(reader.unsigned()), guard);
    parts.push(unsigned(body.length), body);
  }
  return joined(parts);
}

function withCalls(body: Uint8Array, guard: number): Uint8Array {
  const reader = new WasmReader(body);
  for (let locals = reader.unsigned(); locals > 0; locals--) {
    reader.skipNumber();
    reader.skip(1);
  }
  const parts: ArrayLike<number>[] = [];
  let copied = 0;
  while (reader.at < body.length) {
    const at = reader.at;
    if (passInstruction(reader) !== MEMORY_GROW) continue;
    parts.push(body.subarray(copied, at), [0x10, ...unsigned(guard)]);
    copied = reader.at;
  }
  return joined([...parts, body.subarray(copied)]);
}

/** What is imported counts before what is defined (section 5.5.5). */
function importCounts(imports: Uint8Array): { functions: number; globals: number } {
  const reader = new WasmReader(imports);
  let [functions, globals] = [0, 0];
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.skip(reader.unsigned());
    reader.skip(reader.unsigned());
    const kind = reader.byte();
    if (kind === 0) {
      functions++;
      reader.skipNumber();
    } else if (kind === GLOBAL) {
      globals++;
      reader.skip(2);
    } else throw new Error("The module imports what is not known here.");
  }
  return { functions, globals };
}
