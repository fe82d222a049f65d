// Matches of DEFLATE: bytes repeated from a little earlier, by vectors where they don't overlap. May write 16 bytes past the end.

export function copyMatch(to: usize, distance: usize, length: usize): void {
  const end = to + length;
  let from = to - distance;
  if (distance >= 16) {
    do {
      v128.store(to, v128.load(from));
      to += 16;
      from += 16;
    } while (to < end);
  } else if (distance == 1) {
    const run = i8x16.splat(load<u8>(from));
    do {
      v128.store(to, run);
      to += 16;
    } while (to < end);
  } else if (distance >= 8) {
    do {
      store<u64>(to, load<u64>(from));
      to += 8;
      from += 8;
    } while (to < end);
  } else {
    do store<u8>(to++, load<u8>(from++)); while (to < end);
  }
}
