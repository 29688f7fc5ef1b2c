/** Runs all until each is done, or one fails: the others are ended then, and its error thrown. */
export async function together(
  tasks: readonly ((signal: AbortSignal) => Promise<void>)[],
  signal: AbortSignal,
): Promise<void> {
  const ended = new AbortController();
  const within = AbortSignal.any([signal, ended.signal]);
  const failures: unknown[] = [];
  await Promise.all(
    tasks.map(async (task) => {
      try {
        await task(within);
      } catch (error) {
        failures.push(error);
        ended.abort();
      }
    }),
  );
  if (failures.length > 0) throw failures[0];
}
