// TIFF points to its profile from the first directory (ICC.1:2022, annex B.4).

const PROFILE_TAG = 34_675;

export function tiffProfile(file: Uint8Array): Uint8Array | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  const count = view.getUint16(directory, little);
  for (let entry = 0; entry < count; entry++) {
    const at = directory + 2 + entry * 12;
    if (view.getUint16(at, little) !== PROFILE_TAG) continue;
    const start = view.getUint32(at + 8, little);
    return file.subarray(start, start + view.getUint32(at + 4, little));
  }
  return undefined;
}
