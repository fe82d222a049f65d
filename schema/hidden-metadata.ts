// What an image's answers may carry of the metadata that nobody sees: its uploader allows it, its URL asks for it.

/** What the uploader allows, from nothing to everything. `keep` is everything but where the picture was taken. */
export const hiddenMetadataLevels = ["strip", "copyright", "keep", "keep_with_location"] as const;
export type HiddenMetadata = (typeof hiddenMetadataLevels)[number];

/** What a URL may ask for with `metadata`. */
export const metadataWishes = ["none", "copyright", "keep"] as const;
export type MetadataWish = (typeof metadataWishes)[number];

/** What an answer carries in the end. */
export type MetadataKept = "none" | "copyright" | "keep" | "keep_with_location";

/** What was asked for, cut to what was allowed. To ask for `keep` is to ask for all that is allowed. */
export function metadataKept(wish: MetadataWish = "none", allowed: HiddenMetadata): MetadataKept {
  if (wish === "none" || allowed === "strip") return "none";
  return wish === "copyright" ? "copyright" : allowed;
}
