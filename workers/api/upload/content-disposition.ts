// What Content-Disposition says: the name of a form's field and of its file (RFC 6266, RFC 7578, RFC 8187).

export interface Disposition {
  readonly name: string | undefined;
  readonly filename: string | undefined;
}

/** Reads the header as browsers, curl and old clients write it. Nonsense is read as absent. */
export function parseDisposition(header: string): Disposition {
  return {
    name: parameter(header, "name"),
    filename: extendedFilename(header) ?? parameter(header, "filename"),
  };
}

/** `name="a \"b\".jpg"` or `name=a.jpg`. Browsers write a quote as %22, curl as \" . */
function parameter(header: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|;)\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]*))`, "i").exec(header);
  if (!match) return undefined;
  return match[1]?.replace(/\\(["\\])/g, "$1").replaceAll("%22", '"') ?? match[2];
}

/** `filename*=UTF-8''na%C3%AFve.jpg`, which wins over the plain one. */
function extendedFilename(header: string): string | undefined {
  const encoded = /(?:^|;)\s*filename\*=utf-8'[^']*'([^;\s]*)/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
