// Labels and metadata as they lie in their columns: JSON objects of strings.
import * as z from "zod";

const pairsSchema = z.record(z.string(), z.string());
export type Pairs = z.infer<typeof pairsSchema>;

export function parsePairs(json: string): Pairs {
  return pairsSchema.parse(JSON.parse(json));
}
