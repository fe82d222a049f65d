// The name that limit-growth.ts and whoever holds an instance have in common.

/** A global: the pages that the memory may have, as an unsigned i32. */
export const LIMIT_EXPORT = "memory_limit_pages";
