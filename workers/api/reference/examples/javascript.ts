// A call in JavaScript, for Node 20, Deno and Bun; in a browser the file comes from an <input>.
import { SAMPLE_FILENAME } from "../../../../schema/sample.ts";
import { type Call, headersOf } from "./call.ts";

const VARIABLE = /\$\{process\.env\.\w+\}/;

export function javascript(call: Call, apiOrigin: string): string {
  const { method, path, query, body } = call;
  const url = apiOrigin + path;
  const headers = headersOf(call, (name) => `\${process.env.${name}}`).map(
    ([name, value]) => `    ${keyOf(name)}: ${textOf(value)},`,
  );
  const options = [
    ...(method === "GET" ? [] : [`  method: "${method}",`]),
    ...(headers.length > 0 ? ["  headers: {", ...headers, "  },"] : []),
    ...(body?.kind === "json" ? [`  body: JSON.stringify(${literal(body.value)}),`] : []),
    ...(body?.kind === "file" ? ["  body: form,"] : []),
  ];
  return [
    ...(body?.kind === "file" ? formOf(body.fields ?? {}) : []),
    ...(query ? [`const query = new URLSearchParams(${literal(query)});`] : []),
    `const answer = await fetch(${query ? `\`${url}?\${query}\`` : `"${url}"`}, {`,
    ...options,
    "});",
    "console.log(await answer.json());",
  ].join("\n");
}

function formOf(fields: Readonly<Record<string, string>>): readonly string[] {
  return [
    'import { openAsBlob } from "node:fs";',
    "",
    "const form = new FormData();",
    `form.append("file", await openAsBlob("${SAMPLE_FILENAME}"), "${SAMPLE_FILENAME}");`,
    ...Object.entries(fields).map(([name, value]) => `form.append("${name}", ${quoted(value)});`),
    "",
  ];
}

/** JSON with the keys as people write them. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, inner]) => `${keyOf(key)}: ${literal(inner)}`);
  return pairs.length > 0 ? `{ ${pairs.join(", ")} }` : "{}";
}

const keyOf = (name: string) => (/^\w+$/.test(name) ? name : JSON.stringify(name));
const quoted = (text: string) => (text.includes('"') ? `'${text}'` : `"${text}"`);
const textOf = (text: string) => (VARIABLE.test(text) ? `\`${text}\`` : `"${text}"`);
