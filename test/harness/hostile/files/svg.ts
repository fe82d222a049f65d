// SVGs: text that grows, nests or runs.

export const svg = (inside: string, attributes = "") =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"${attributes}>${inside}</svg>`);

export const nested = (depth: number) => svg("<g>".repeat(depth) + "</g>".repeat(depth));

/** Each level is ten of the one below. */
export function laughs(levels: number): Buffer {
  const entities = Array.from(
    { length: levels },
    (_, level) => `<!ENTITY b${level} "${(level ? `&b${level - 1};` : "ha").repeat(10)}">`,
  );
  return Buffer.concat([
    Buffer.from(`<!DOCTYPE svg [${entities.join("")}]>`),
    svg(`<text>&b${levels - 1};</text>`),
  ]);
}

/** Each level shows the one below ten times: cheap to read, endless to draw. */
export const uses = (levels: number) =>
  svg(
    Array.from(
      { length: levels },
      (_, level) =>
        `<g id="u${level}">${(level ? `<use href="#u${level - 1}"/>` : "<rect/>").repeat(10)}</g>`,
    ).join(""),
  );

/** An attribute's quotes each become six bytes, if they are written anew. */
export const swelling = (bytes: number) => svg(`<text x='${'"'.repeat(bytes)}'/>`);
