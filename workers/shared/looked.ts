// What a first look at an original's pixels finds: asked by the API, answered by src.
import type { Size } from "../../schema/facts.ts";

/** An original by what the API knows of it: its row may not be there yet. */
export interface LookQuestion {
  readonly storage: string;
  readonly id: string;
  readonly bytes: number;
  /** What the plain URL answers. */
  readonly format: string;
  /** As the row holds them: JSON. */
  readonly facts: string;
  /** Asked by the operator, whose bill it is: counted in no budget. */
  readonly isOperators?: true;
}

export interface Placeholder {
  /** Base64. */
  readonly thumbhash: string;
  /** `#rrggbb` */
  readonly color: string;
}

/** What the URLs of an image answer, in pixels: of the plain one, and of each named size. */
export interface AnsweredSizes {
  readonly plain: Size;
  readonly small: Size;
  readonly medium: Size;
  readonly large: Size;
}

/** What renders start from in place of an original that is slow to decode. It stands as the original is stored, in sRGB. */
export interface Master extends Size {
  /** Of the engine that made it: another may read the original otherwise. */
  readonly engine: number;
  readonly format: "jpg" | "png";
  /** Length of its file. */
  readonly bytes: number;
}

export type Looked =
  | {
      readonly outcome: "shown";
      /** The engine's number: a newer one may see more. */
      readonly engine: number;
      /** The file is broken, and shown as far as it goes. */
      readonly isDamaged: boolean;
      readonly placeholder: Placeholder;
      readonly sizes: AnsweredSizes;
      /** Made while it was looked at; absent where the original serves as well. */
      readonly master?: Master;
      /** The bucket has not taken the master: another look is worth its while. */
      readonly isMasterOwed?: true;
    }
  | {
      /** `unreadable`: not for us, now and later. `garbage`: nobody finds a row of a picture in it. */
      readonly outcome: "unreadable" | "garbage";
      readonly engine: number;
      /** A sentence for people. */
      readonly reason: string;
    }
  /** There is no time for it now, which says nothing of the picture. `afterSeconds`: nor will there be any before. */
  | { readonly outcome: "later"; readonly afterSeconds?: number }
  /** Our own fault, or the bucket's: nothing is known of the picture. An attempt that counts. */
  | { readonly outcome: "failed" };
