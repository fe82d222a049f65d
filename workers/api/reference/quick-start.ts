// The quick start, step by step with the deployment's own addresses: shown at /docs, and at the head of llms.txt.
import { SAMPLE, SAMPLE_FILENAME } from "../../../schema/sample.ts";
import { buildImageUrl } from "../../shared/image-url.ts";
import type { Origins } from "../origins.ts";
import type { Call } from "./examples/call.ts";
import { exampleImage } from "./examples/image.ts";
import { exampleOf } from "./examples/index.ts";

export interface QuickStep {
  readonly title: string;
  /** Sentences; words in backticks are code. */
  readonly text: string;
  /** To paste into a terminal. */
  readonly shell?: string;
  readonly call?: Call;
  /** Addresses to open, and what they show. */
  readonly addresses?: readonly { readonly url: string; readonly shows: string }[];
}

/** Who reads it: somebody with an account, or somebody who may get one at `signUpUrl`; null = not by themselves. */
export type QuickStartReader = "member" | { readonly signUpUrl: string | null };

export function quickStart(origins: Origins, reader: QuickStartReader): readonly QuickStep[] {
  const sample = buildImageUrl(origins.src, SAMPLE);
  const url = exampleImage(origins, {}, SAMPLE.storage).url;
  return [
    {
      title: "Take a picture",
      text: `Any will do, as \`${SAMPLE_FILENAME}\` in the folder where you are. This is one:`,
      shell: `curl -o ${SAMPLE_FILENAME} ${sample}`,
    },
    {
      title: "Upload it, without an account",
      text: "The answer's `url` is the picture and `page_url` its page, for anybody who has the link. Without a key a picture lives for at most 30 days.",
      call: exampleOf("upload-without-key", origins),
    },
    {
      title: "Get a key",
      text: `With a key pictures are yours: they stay, and you list, change and delete them. ${whereKeysAre(origins, reader)} Keep it where your program reads it:`,
      shell: "export EDGEPIX_KEY=img_live_…",
    },
    {
      title: "Upload it with the key",
      text: "With what you want to know of it later.",
      call: exampleOf("upload", origins),
    },
    {
      title: "Transform it by its address",
      text: "Add parameters, or change the extension. Nothing has to be made beforehand, and a picture never changes under its address.",
      addresses: [
        { url: `${url}?size=s`, shows: "short side 320 pixels" },
        { url: `${url.replace(/jpg$/, "webp")}?w=400`, shows: "400 pixels wide, as WebP" },
        { url: `${url}?w=300&h=300&fit=cover&gravity=auto`, shows: "a square around what catches the eye" },
      ],
    },
  ];
}

function whereKeysAre({ page }: Origins, reader: QuickStartReader): string {
  const abilities = "with the abilities `read` and `write`";
  if (reader === "member") return `Make one ${abilities} at ${page}/keys.`;
  if (reader.signUpUrl) return `Sign up at ${reader.signUpUrl} and make a key ${abilities}.`;
  return "Whoever runs this host makes one for you: `npm run keys -- create --name you --abilities read,write`.";
}
