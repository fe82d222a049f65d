// The names that limit-growth.ts and whoever holds an instance have in common.

/** A global: the pages that the memory may have, as an unsigned i32. */
export const LIMIT_EXPORT = "memory_limit_pages";
/** A global: the pages that the module takes its memory to have; what the memory has beyond them is given out again. */
export const SIZE_EXPORT = "memory_size_pages";
