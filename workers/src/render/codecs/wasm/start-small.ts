// Rewrites an Emscripten module so that it starts with the memory that it needs at once, not with the 16 MB of its linker's default.
//
// The heap begins where the stack does, which the first global points at, and grows when it must. Idle instances are counted
// in the isolate's one budget, and those of five codecs at 16 MB each would leave no room for pictures.
import { joined, unsigned, WasmReader } from "./leb.ts";
import { readSections, sectionIds, withBody, writeSections } from "./sections.ts";

const PAGE_BYTES = 65_536;
const I32_CONST = 0x41;

export function startSmall(module: Uint8Array): Uint8Array {
  const sections = readSections(module);
  const globals = sections.find(({ id }) => id === sectionIds.global)?.body;
  if (!globals) throw new Error("The module has no stack.");
  // One page more: the allocator's own beginnings.
  const pages = Math.ceil(firstNumber(globals) / PAGE_BYTES) + 1;
  return writeSections(
    module,
    withBody(sections, sectionIds.memory, (old) => startingWith(old, pages)),
  );
}

/** What the first global starts as: the address at which the stack begins, to grow downwards. */
function firstNumber(globals: Uint8Array): number {
  const reader = new WasmReader(globals);
  reader.unsigned();
  reader.skip(2);
  if (reader.byte() !== I32_CONST) throw new Error("The module's first global is no stack pointer.");
  return reader.unsigned();
}

/** The one memory's limits (core specification, section 5.3.7). */
function startingWith(memories: Uint8Array, pages: number): Uint8Array {
  const reader = new WasmReader(memories);
  const [count, flags, before] = [reader.unsigned(), reader.byte(), reader.unsigned()];
  if (count !== 1 || before < pages) throw new Error("The module has another memory than was expected.");
  return joined([[count, flags], unsigned(pages), memories.subarray(reader.at)]);
}
