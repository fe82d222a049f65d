// Rebuilds an SVG from what is known to be harmless: it is parsed as XML and only drawing is written again.
import { SaxesParser } from "saxes";
import { invalid } from "../../validation.ts";
import { drawingElements, isSafeAttribute, isSafeCss, transparentElements } from "./safe-svg-rules.ts";

/**
 * The same drawing without scripts, handlers, animation, foreign content and links to elsewhere. Comments, doctypes and
 * processing instructions go too; an entity that a doctype declared is an error, so nothing can be expanded.
 */
export function safeSvg(source: string): string {
  const parser = new SaxesParser();
  const written: string[] = [];
  /** How deep inside an element that was left out. */
  let skipping = 0;
  let isStyle = false;
  parser.on("error", (cause) => {
    throw invalid({ file: ["The SVG is not well-formed XML."] }, cause);
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (skipping > 0 || !isKnown(name)) {
      skipping++;
      return;
    }
    if (transparentElements.has(name)) return;
    isStyle = name === "style";
    const kept = Object.entries(attributes).filter(([key, value]) => isSafeAttribute(name, key, value));
    written.push(`<${name}${kept.map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join("")}>`);
  });
  parser.on("closetag", ({ name }) => {
    if (skipping > 0) {
      skipping--;
      return;
    }
    isStyle = false;
    if (!transparentElements.has(name)) written.push(`</${name}>`);
  });
  const write = (text: string) => {
    if (skipping === 0 && !(isStyle && !isSafeCss(text))) written.push(escapeXml(text));
  };
  parser.on("text", write);
  parser.on("cdata", write);
  parser.write(source).close();
  return written.join("").trim();
}

function isKnown(name: string): boolean {
  return drawingElements.has(name) || transparentElements.has(name);
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
