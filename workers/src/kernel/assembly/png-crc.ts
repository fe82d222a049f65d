// CRC-32 of PNG chunks (PNG 3rd edition, Annex D), eight bytes a step.
//
// Slicing: table t gives the effect of a byte that lies t bytes before the end of the step, so eight
// lookups are independent of each other (Kounavis and Berry, "A systematic approach to building high
// performance software-based CRC generators", 2005).

const TABLES = memory.data(8 * 256 * 4, 16);
let ready = false;

function fillTables(): void {
  for (let i: u32 = 0; i < 256; i++) {
    let c = i;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >> 1) : c >> 1;
    store<u32>(TABLES + (i << 2), c);
  }
  for (let i: u32 = 0; i < 256; i++) {
    let c = load<u32>(TABLES + (i << 2));
    for (let t: u32 = 1; t < 8; t++) {
      c = load<u32>(TABLES + ((c & 255) << 2)) ^ (c >> 8);
      store<u32>(TABLES + (t << 10) + (i << 2), c);
    }
  }
  ready = true;
}

@inline
function step(table: u32, byte: u32): u32 {
  return load<u32>(TABLES + (table << 10) + ((byte & 255) << 2));
}

/** The CRC so far (0 at the start) carried over `length` more bytes. */
export function pngCrc(crc: u32, from: usize, length: i32): u32 {
  if (!ready) fillTables();
  let c = ~crc;
  let p = from;
  const end = from + <usize>max(length, 0);
  for (; p + 8 <= end; p += 8) {
    const low = load<u32>(p) ^ c;
    const high = load<u32>(p, 4);
    c = step(7, low) ^ step(6, low >> 8) ^ step(5, low >> 16) ^ step(4, low >> 24)
      ^ step(3, high) ^ step(2, high >> 8) ^ step(1, high >> 16) ^ step(0, high >> 24);
  }
  for (; p < end; p++) c = step(0, c ^ load<u8>(p)) ^ (c >> 8);
  return ~c;
}
