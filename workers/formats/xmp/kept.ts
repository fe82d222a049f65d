// An XMP packet written anew with what an uploader allowed: known properties of known vocabularies, and nothing else.
import { SaxesParser, type SaxesTagNS } from "saxes";
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";

/** Longer packets hold pictures, or the history of an edit. */
export const MAX_XMP_BYTES = 65_536;

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XML = "http://www.w3.org/XML/1998/namespace";

/** Vocabularies that describe a picture, its maker and its rights, by namespace: the prefix that they are written with. */
const vocabularies: ReadonlyMap<string, string> = new Map([
  ["http://purl.org/dc/elements/1.1/", "dc"],
  ["http://ns.adobe.com/xap/1.0/", "xmp"],
  ["http://ns.adobe.com/xap/1.0/rights/", "xmpRights"],
  ["http://ns.adobe.com/photoshop/1.0/", "photoshop"],
  ["http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/", "Iptc4xmpCore"],
  ["http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "Iptc4xmpExt"],
  ["http://ns.adobe.com/tiff/1.0/", "tiff"],
  ["http://ns.adobe.com/exif/1.0/", "exif"],
  ["http://cipa.jp/exif/1.0/", "exifEX"],
  ["http://ns.adobe.com/exif/1.0/aux/", "aux"],
  ["http://ns.useplus.org/ldf/xmp/1.0/", "plus"],
  ["http://creativecommons.org/ns#", "cc"],
]);

/** Names of properties and parts of them that tell a place, wherever they stand. Rather one too many. */
const placeNames =
  /gps|location|city|country|state(?!ment)|province|region|address|adr|latitude|longitude|altitude|geo|place|coverage/i;
/** Second pictures, and what nobody can read. */
const otherNames = /thumbnail|makernote|ancestors|textlayers/i;

const structure: ReadonlySet<string> = new Set(["Bag", "Seq", "Alt", "li", "value", "Description"]);
const MAX_TEXT = 4_096;

/** UTF-8 without padding; null where the packet can't be read, or nothing of it may stay. */
export function keptXmp(packet: Uint8Array, kept: MetadataKept): Uint8Array | null {
  if (kept === "none" || kept === "copyright" || packet.length > MAX_XMP_BYTES) return null;
  const written = propertiesOf(packet, kept === "keep_with_location");
  if (!written) return null;
  // As short as can be: in some formats it must fit where the old packet was.
  const used = [...vocabularies].filter(([, prefix]) => written.prefixes.has(prefix));
  const names = used.map(([uri, prefix]) => ` xmlns:${prefix}="${uri}"`).join("");
  const text = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${RDF}"${names}>${written.text}</rdf:RDF></x:xmpmeta>`;
  return new TextEncoder().encode(text);
}

interface Written {
  readonly text: string;
  readonly prefixes: ReadonlySet<string>;
}

/** The packet's descriptions, written with our prefixes; null where there is none that says something. */
function propertiesOf(packet: Uint8Array, isPlaceAllowed: boolean): Written | null {
  const parser = new SaxesParser({ xmlns: true });
  const writer = new Writer(isPlaceAllowed);
  let isDamaged = false;
  parser.on("error", () => {
    isDamaged = true;
  });
  parser.on("opentag", (tag) => writer.open(tag));
  parser.on("text", (text) => writer.text(text));
  parser.on("cdata", (text) => writer.text(text));
  parser.on("closetag", () => writer.close());
  try {
    // Some writers pad with zeros.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false })
      .decode(packet)
      .replace(/\0+$/, "")
      .trim();
    parser.write(text).close();
  } catch {
    return null;
  }
  return isDamaged || !writer.hasSaid ? null : { text: writer.written, prefixes: writer.prefixes };
}

class Writer {
  written = "";
  hasSaid = false;
  readonly prefixes = new Set<string>();
  readonly #isPlaceAllowed: boolean;
  /** The names to close with; null for elements that are left out with all that is in them. */
  readonly #open: (string | null)[] = [];
  #isInside = false;

  constructor(isPlaceAllowed: boolean) {
    this.#isPlaceAllowed = isPlaceAllowed;
  }

  open(tag: SaxesTagNS): void {
    const isLeftOut = this.#isInside && this.#open.at(-1) === null;
    if (!this.#isInside && tag.uri === RDF && tag.local === "RDF") {
      this.#isInside = true;
      this.#open.length = 0;
      this.#open.push("");
      return;
    }
    const name = this.#isInside && !isLeftOut ? this.#nameOf(tag.uri, tag.local) : null;
    this.#open.push(name);
    if (name !== null) this.written += `<${name}${this.#attributes(tag)}>`;
  }

  text(text: string): void {
    const name = this.#open.at(-1);
    if (!name || text.trim() === "" || text.length > MAX_TEXT) return;
    this.written += escaped(text);
    this.hasSaid = true;
  }

  close(): void {
    const name = this.#open.pop();
    if (name) this.written += `</${name}>`;
    if (this.#open.length === 0) this.#isInside = false;
  }

  #attributes(tag: SaxesTagNS): string {
    return Object.values(tag.attributes)
      .map(({ uri, local, value }) => {
        if (value.length > MAX_TEXT) return "";
        if (uri === XML && local === "lang") return ` xml:lang="${escaped(value)}"`;
        if (uri === RDF) return rdfAttribute(local, value);
        const name = vocabularies.has(uri) ? this.#nameOf(uri, local) : null;
        if (name === null) return "";
        this.hasSaid = true;
        return ` ${name}="${escaped(value)}"`;
      })
      .join("");
  }

  #nameOf(uri: string, local: string): string | null {
    if (uri === RDF) return structure.has(local) ? `rdf:${local}` : null;
    const prefix = vocabularies.get(uri);
    if (!prefix || otherNames.test(local)) return null;
    if (placeNames.test(local) && !this.#isPlaceAllowed) return null;
    this.prefixes.add(prefix);
    return `${prefix}:${local}`;
  }
}

function rdfAttribute(local: string, value: string): string {
  if (local === "about") return ' rdf:about=""';
  if (local === "resource") return ` rdf:resource="${escaped(value)}"`;
  return local === "parseType" && value === "Resource" ? ' rdf:parseType="Resource"' : "";
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
