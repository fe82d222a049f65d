// The table of image URL parameters in Markdown, from the same rows that parse them.
import type { parameterDocs } from "../../../schema/transform.ts";

export function parameterTable(parameters: typeof parameterDocs): string {
  const rows = parameters.map(({ name, aliases = [], values, byDefault = "", effect }) => {
    const names = [name, ...aliases].map((one) => `\`${one}\``).join(" ");
    return `| ${names} | ${cell(values)} | ${cell(byDefault)} | ${cell(effect)} |`;
  });
  return ["| parameter | values | default | effect |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** Keeps a text within its column. */
export function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
