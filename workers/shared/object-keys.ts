// Where an original lies in R2.

/** The R2 key of an image's original: `{storage}/{id}`. */
export function originalKey(storage: string, id: string): string {
  return `${storage}/${id}`;
}
