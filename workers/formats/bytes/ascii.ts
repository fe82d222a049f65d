// Names inside binary headers: four-letter codes and signatures.

export function ascii(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, bytes.length)));
}

export function startsWith(bytes: Uint8Array, text: string): boolean {
  return bytes.length >= text.length && ascii(bytes, 0, text.length) === text;
}

export const lettersOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
