// The languages that examples are written in.
import type { Call } from "./call.ts";
import { curl } from "./curl.ts";
import { javascript } from "./javascript.ts";
import { python } from "./python.ts";

export interface Language {
  readonly id: "curl" | "javascript" | "python";
  readonly label: string;
  /** As `x-codeSamples` name it. */
  readonly openApiName: string;
  readonly write: (call: Call, apiOrigin: string) => string;
}

export const languages: readonly Language[] = [
  { id: "curl", label: "curl", openApiName: "Shell", write: curl },
  { id: "javascript", label: "JavaScript", openApiName: "JavaScript", write: javascript },
  { id: "python", label: "Python", openApiName: "Python", write: python },
];
