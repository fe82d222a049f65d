// Where things lie in R2: an original, and below its key what was made of it.
import { imageIdSchema, storageSchema } from "../../schema/ids.ts";

/** Whose an object is. */
export interface Owner {
  readonly storage: string;
  readonly id: string;
}

/** The R2 key of an image's original: `{storage}/{id}`. */
export function originalKey(storage: string, id: string): string {
  return `${storage}/${id}`;
}

/** What was made of an original begins with this; it goes with the original. */
export function madeOf({ storage, id }: Owner): string {
  return `${originalKey(storage, id)}/`;
}

/** A render that is kept: of which engine, and under the name of its version. */
export function keptRenderKey(owner: Owner, engine: number, version: string): string {
  return `${madeOf(owner)}v/${engine}/${version}`;
}

/** What renders of an original start from, as this engine reads it. */
export function masterKey(owner: Owner, engine: number): string {
  return `${madeOf(owner)}m/${engine}`;
}

/** The engine that made a kept render or a master; undefined for any other object. */
export function engineOfMade(key: string): number | undefined {
  const [, ofRender, ofMaster] = /^[^/]+\/[^/]+\/(?:v\/(\d+)\/[^/]+|m\/(\d+))$/.exec(key) ?? [];
  const engine = ofRender ?? ofMaster;
  return engine === undefined ? undefined : Number(engine);
}

export const isMaster = (key: string): boolean => /^[^/]+\/[^/]+\/m\/\d+$/.test(key);

/** Whose original a key is, or whose picture it was made of; undefined for an object that is not ours. */
export function ownerOf(key: string): Owner | undefined {
  const [storage, id, kind] = key.split("/");
  const isOurs = storageSchema.safeParse(storage).success && imageIdSchema.safeParse(id).success;
  const isKnown = kind === undefined || engineOfMade(key) !== undefined;
  return isOurs && isKnown && storage && id ? { storage, id } : undefined;
}

/**
 * In the order of owners the last place of which nothing lies behind a key, except what belongs to this place. Any key: letters and digits, of
 * which ours are made, come after the slash.
 */
export function placeOf(key: string): Owner {
  const [, storage = "", id = ""] = /^([^\0-/]*)(?:\/([^\0-/]*))?/.exec(key) ?? [];
  return { storage, id };
}
