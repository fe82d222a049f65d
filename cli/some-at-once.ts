/** Does the work for each item, at most so many at a time; the first that throws ends it. */
export async function someAtOnce<T>(
  items: Iterator<T> | AsyncIterator<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const worker = async () => {
    for (let next = await items.next(); !next.done; next = await items.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
