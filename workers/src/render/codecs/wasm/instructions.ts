// Passes over WebAssembly instructions one by one: what of a function's bytes is an instruction, and what is its operand
// (core specification, section 5.4). As far as Rust's compiler writes them; anything else is refused, not guessed.
import type { WasmReader } from "./leb.ts";

export const MEMORY_SIZE = 0x3f;
export const MEMORY_GROW = 0x40;

/** How many numbers follow an instruction; others are told below. */
function operandsOf(opcode: number): number | undefined {
  if (opcode === 0x02 || opcode === 0x03 || opcode === 0x04) return 1; // a block's type
  if (opcode === 0x0c || opcode === 0x0d || opcode === 0x10) return 1; // br, br_if, call
  if (opcode === 0x11) return 2; // call_indirect
  if (opcode >= 0x20 && opcode <= 0x26) return 1; // locals, globals, tables
  if (opcode >= 0x28 && opcode <= 0x3e) return 2; // loads and stores: alignment, offset
  if (opcode === MEMORY_SIZE || opcode === MEMORY_GROW) return 1;
  if (opcode === 0x41 || opcode === 0x42) return 1; // i32.const, i64.const
  if (opcode === 0xd0 || opcode === 0xd2) return 1; // ref.null, ref.func
  const isPlain =
    opcode <= 0x01 ||
    opcode === 0x05 ||
    opcode === 0x0b ||
    opcode === 0x0f ||
    opcode === 0x1a ||
    opcode === 0x1b ||
    (opcode >= 0x45 && opcode <= 0xc4) ||
    opcode === 0xd1;
  return isPlain ? 0 : undefined;
}

/** After 0xfc: saturating conversions, then memory and table in bulk. */
const bulkOperands = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

/** Reads one instruction and answers its opcode. Throws at one that is not known here. */
export function passInstruction(reader: WasmReader): number {
  const opcode = reader.byte();
  if (opcode === 0x43) reader.skip(4);
  else if (opcode === 0x44) reader.skip(8);
  else if (opcode === 0x0e) skipNumbers(reader, reader.unsigned() + 1);
  else if (opcode === 0x1c) skipNumbers(reader, reader.unsigned());
  else skipNumbers(reader, opcode === 0xfc ? bulkOperands[reader.unsigned()] : operandsOf(opcode));
  return opcode;
}

function skipNumbers(reader: WasmReader, count: number | undefined): void {
  if (count === undefined) throw new Error("The module has an instruction that is not known here.");
  for (let number = 0; number < count; number++) reader.skipNumber();
}
