// What an uploaded SVG may hold: drawing, and nothing that runs, loads or reads.

/** Elements that only draw. Everything else is left out with all that is inside it. */
export const drawingElements: ReadonlySet<string> = new Set(
  `svg g defs symbol use switch title desc metadata path rect circle ellipse line polyline polygon
   text tspan textPath linearGradient radialGradient stop clipPath mask pattern marker image style
   filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
   feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
   feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
   feTurbulence`.split(/\s+/),
);

/** A link that may be drawn without what is behind it: its children stay. */
export const transparentElements: ReadonlySet<string> = new Set(["a"]);

const linkAttributes: ReadonlySet<string> = new Set(["href", "xlink:href", "src"]);
const namespaceAttributes: ReadonlyMap<string, string> = new Map([
  ["xmlns", "http://www.w3.org/2000/svg"],
  ["xmlns:xlink", "http://www.w3.org/1999/xlink"],
]);
const embeddedPicture = /^data:image\/(png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*$/;

/** Whether an attribute stays. Handlers, foreign namespaces, and links to anywhere but this drawing go. */
export function isSafeAttribute(element: string, name: string, value: string): boolean {
  if (/^on/i.test(name)) return false;
  if (name.startsWith("xmlns")) return namespaceAttributes.get(name) === value;
  if (name.includes(":") && name !== "xlink:href" && !name.startsWith("xml:")) return false;
  if (name === "xml:base") return false;
  if (linkAttributes.has(name)) {
    return value.startsWith("#") || (element === "image" && embeddedPicture.test(value));
  }
  return isSafeCss(value);
}

/** CSS that loads nothing. Escapes are refused, because they could spell `url(` otherwise. */
export function isSafeCss(css: string): boolean {
  if (/@import|expression\(|javascript:|image\(|image-set\(|src\(/i.test(css)) return false;
  if (/url\((?!\s*["']?#)/i.test(css)) return false;
  return !/\\/.test(css);
}
