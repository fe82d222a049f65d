// Rewrites a module so that whoever holds an instance can say how far its memory may grow, and that it is as small again as it was.
//
// A memory's own maximum holds for its whole life, and an instance serves one job after another. So every `memory.grow` becomes a call of a
// new function that looks at a new global first, which is exported and can be set before each job: past it growing fails, as it does where
// there is no more memory.
// Nor does a memory shrink: a cleared instance, whose allocator knows nothing of the pages that it had, would ask for as many anew with each
// picture. So its size is a second global, which may lie below the memory's own: what is there already is given out again.
// Workers may not compile at run time, so this is done when the project is built.
import { MEMORY_GROW, MEMORY_SIZE, passInstruction } from "./instructions.ts";
import { joined, signed, unsigned, WasmReader } from "./leb.ts";
import { LIMIT_EXPORT, SIZE_EXPORT } from "./limit-export.ts";
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
const I32_CONST = 0x41;
/** What a 32-bit memory may have at most, until somebody says less. */
const MOST_PAGES = [0x41, 0x80, 0x80, 0x04];

export function limitGrowth(module: Uint8Array): Uint8Array {
  const sections = readSections(module);
  const body = (id: number) => sections.find((section) => section.id === id)?.body ?? Uint8Array.of(0);
  const imported = importCounts(body(sectionIds.import));
  const type = countIn(body(sectionIds.type));
  const guard = imported.functions + countIn(body(sectionIds.function));
  const limit = imported.globals + countIn(body(sectionIds.global));
  const size = limit + 1;
  const startPages = signed(startPagesOf(body(sectionIds.memory)));

  const changes: readonly (readonly [number, (old: Uint8Array) => Uint8Array])[] = [
    [sectionIds.type, (old) => withEntry(old, [0x60, 1, I32, 1, I32])],
    [sectionIds.function, (old) => withEntry(old, unsigned(type))],
    [sectionIds.global, (old) => withEntry(old, [I32, MUTABLE, ...MOST_PAGES, END])],
    [sectionIds.global, (old) => withEntry(old, [I32, MUTABLE, I32_CONST, ...startPages, END])],
    [sectionIds.export, (old) => withEntry(old, exportOf(LIMIT_EXPORT, limit))],
    [sectionIds.export, (old) => withEntry(old, exportOf(SIZE_EXPORT, size))],
    [sectionIds.code, (old) => withEntry(rewritten(old, guard, size), guardBody(limit, size))],
  ];
  return writeSections(
    module,
    changes.reduce<Section[]>((all, [id, change]) => withBody(all, id, change), sections),
  );
}

/**
 * `(pages) => {
 *   if (pages > limit || size + pages > limit) return -1; // the sum could wrap around
 *   pages += size;
 *   if (pages > memory.size && memory.grow(pages - memory.size) === -1) return -1;
 *   [pages, size] = [size, pages]; return pages;
 * }`
 */
function guardBody(limit: number, size: number): number[] {
  const isPast = [0x23, ...unsigned(limit), 0x4b]; // global.get; i32.gt_u
  const sum = [0x23, ...unsigned(size), 0x20, 0, 0x6a]; // global.get; local.get 0; i32.add
  const code = [
    ...[0x20, 0, ...isPast, ...sum, ...isPast, 0x72, ...fails], // local.get 0; i32.or
    ...[...sum, 0x22, 0, MEMORY_SIZE, 0, 0x4b, 0x04, VOID], // local.tee 0; i32.gt_u; if
    ...[0x20, 0, MEMORY_SIZE, 0, 0x6b, MEMORY_GROW, 0, 0x41, 0x7f, 0x46, ...fails], // i32.sub; i32.const -1; i32.eq
    END,
    ...[0x23, ...unsigned(size), 0x20, 0, 0x24, ...unsigned(size)], // global.get; local.get 0; global.set
    END,
  ];
  return [...unsigned(code.length + 1), 0, ...code];
}

const VOID = 0x40;
/** `if (…) return -1`. */
const fails = [0x04, VOID, 0x41, 0x7f, 0x0f, END];

/** The code section with every `memory.grow` a call of `guard`, and every `memory.size` a look at that global. */
function rewritten(code: Uint8Array, guard: number, size: number): Uint8Array {
  const instead = new Map([
    [MEMORY_GROW, [0x10, ...unsigned(guard)]],
    [MEMORY_SIZE, [0x23, ...unsigned(size)]],
  ]);
  const reader = new WasmReader(code);
  const count = reader.unsigned();
  const parts: ArrayLike<number>[] = [unsigned(count)];
  for (let index = 0; index < count; index++) {
    const body = withOthers(reader.take(reader.unsigned()), instead);
    parts.push(unsigned(body.length), body);
  }
  return joined(parts);
}

function withOthers(body: Uint8Array, instead: ReadonlyMap<number, readonly number[]>): Uint8Array {
  const reader = new WasmReader(body);
  for (let locals = reader.unsigned(); locals > 0; locals--) {
    reader.skipNumber();
    reader.skip(1);
  }
  const parts: ArrayLike<number>[] = [];
  let copied = 0;
  while (reader.at < body.length) {
    const at = reader.at;
    const other = instead.get(passInstruction(reader));
    if (!other) continue;
    parts.push(body.subarray(copied, at), other);
    copied = reader.at;
  }
  return joined([...parts, body.subarray(copied)]);
}

function exportOf(text: string, global: number): number[] {
  const name = new TextEncoder().encode(text);
  return [name.length, ...name, GLOBAL, ...unsigned(global)];
}

/** The pages that the one memory starts with (section 5.5.8). */
function startPagesOf(memories: Uint8Array): number {
  const reader = new WasmReader(memories);
  if (reader.unsigned() !== 1) throw new Error("The module has another memory than was expected.");
  reader.skip(1);
  return reader.unsigned();
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
