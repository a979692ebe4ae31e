/** Calls of `act` per second when so many callers each wait for their last call before the next. */
export const closedLoop = async (act: () => Promise<unknown>, callers: number, seconds: number): Promise<number> => {
  const start = performance.now();
  const end = start + seconds * 1000;
  let calls = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < end) {
      await act();
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return (calls / (performance.now() - start)) * 1000;
};
