// The test pictures inside workerd, which has no disk: the bundler hands them over as data URLs.

const files = import.meta.glob<string>("../fixtures/*.{jpg,png,gif,webp,avif,heic,bmp,ico,tiff,svg}", {
  query: "?inline",
  import: "default",
});

export async function fixtureBytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const load = files[`../fixtures/${name}`];
  if (!load) throw new Error(`There is no test picture ${name}.`);
  const dataUrl = await load();
  const [head = "", body = ""] = [
    dataUrl.slice(0, dataUrl.indexOf(",")),
    dataUrl.slice(dataUrl.indexOf(",") + 1),
  ];
  // SVGs come as text, everything else as base64.
  if (head.endsWith("base64")) return Uint8Array.from(Uint8Array.fromBase64(body));
  return Uint8Array.from(new TextEncoder().encode(decodeURIComponent(body)));
}
